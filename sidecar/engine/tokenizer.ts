import { join } from 'node:path';
import { Tokenizer as HuggingFaceTokenizer } from '@huggingface/tokenizers';
import * as z from 'zod';
import { readJson } from './config';
import { ModelError, messageOf } from './errors';
import { files } from './layout';

/** Text to token ids and back, by the model's `tokenizer.json`. */
export class Tokenizer {
  private constructor(
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
      const definition = z.looseObject({ model: z.looseObject({ type: z.string() }) }).parse(json);
      return new Tokenizer(new HuggingFaceTokenizer(definition, {}), vocabulary);
    } catch (error) {
      throw new ModelError(`${file} is not a tokenizer that can be read: ${messageOf(error)}`);
    }
  }

  /**
   * No begin or end token is added.
   * @throws ModelError if the tokenizer belongs to a model with a larger vocabulary.
   */
  encode(text: string): number[] {
    const { ids } = this.tokenizer.encode(text, { add_special_tokens: false });
    const largest = ids.reduce((most, id) => Math.max(most, id), -1);
    if (largest >= this.vocabulary) {
      throw new ModelError(
        `${files.tokenizer} does not fit the model: it knows token ${largest}, the model only ${this.vocabulary}.`,
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
