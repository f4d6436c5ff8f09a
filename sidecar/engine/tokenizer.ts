import { join } from 'node:path';
import { Tokenizer as HuggingFaceTokenizer } from '@huggingface/tokenizers';
import * as z from 'zod';
import { readJson } from './config';
import { ModelError, messageOf } from './errors';
import { files } from './layout';

const Definition = z.looseObject({
  model: z.looseObject({ type: z.string() }),
  added_tokens: z.array(z.looseObject({ content: z.string() })).default([]),
});
type Definition = z.infer<typeof Definition>;

/** Text to token ids and back, by the model's `tokenizer.json`. */
export class Tokenizer {
  private plainTokenizer: HuggingFaceTokenizer | undefined;

  private constructor(
    private readonly definition: Definition,
    private readonly tokenizer: HuggingFaceTokenizer,
    private readonly vocabulary: number,
  ) {}

  /**
   * @param vocabulary rows of the model's embedding; the tokenizer may not produce ids beyond it.
   * @throws ModelError if `tokenizer.json` is missing or not a tokenizer.
   */
  static async load(dir: string, vocabulary: number): Promise<Tokenizer> {
    const file = join(dir, files.tokenizer);
    const json = await readJson(file);
    try {
      const definition = Definition.parse(json);
      return new Tokenizer(definition, new HuggingFaceTokenizer(definition, {}), vocabulary);
    } catch (error) {
      throw new ModelError(`${file} is not a valid tokenizer: ${messageOf(error)}`);
    }
  }

  /**
   * No begin or end token is added.
   * @throws ModelError if the tokenizer belongs to a model with a larger vocabulary.
   */
  encode(text: string): number[] {
    return this.idsOf(this.tokenizer, text);
  }

  /** Like `encode`, but what that takes for a token of its own, such as a prompt's "system:", is text like any other. */
  encodeText(text: string): number[] {
    if (!this.hasMarkup(text)) return this.encode(text);
    this.plainTokenizer ??= new HuggingFaceTokenizer({ ...this.definition, added_tokens: [] }, {});
    return this.idsOf(this.plainTokenizer, text);
  }

  /** Whether a text has what `encode` takes for a token of its own, such as a prompt's "system:". */
  hasMarkup(text: string): boolean {
    return this.definition.added_tokens.some(({ content }) => text.includes(content));
  }

  private idsOf(tokenizer: HuggingFaceTokenizer, text: string): number[] {
    const { ids } = tokenizer.encode(text, { add_special_tokens: false });
    const largest = ids.reduce((most, id) => Math.max(most, id), -1);
    if (largest >= this.vocabulary) {
      throw new ModelError(
        `${files.tokenizer} does not match the model: it has token ${largest}, but the model has only ${this.vocabulary} tokens.`,
      );
    }
    return ids;
  }

  decode(tokens: readonly number[]): string {
    if (tokens.length === 0) return '';
    return this.tokenizer.decode([...tokens], {
      skip_special_tokens: false,
      clean_up_tokenization_spaces: false,
    });
  }
}
