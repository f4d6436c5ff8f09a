import type { Tokenizer } from './tokenizer';

/** Blanks and undecodable bytes at the end: more tokens may make characters of them, or show them to be the end. */
const UNSETTLED = /[\s\ufffd]+$/;

/** Turns tokens into text as they come, up to the stop; what is not settled yet is held back. */
export class TextStream {
  readonly tokens: number[] = [];
  private answer = '';
  private emitted = 0;

  constructor(
    private readonly tokenizer: Pick<Tokenizer, 'decode'>,
    private readonly stop: string,
    private readonly onText?: (text: string) => void,
  ) {}

  /** The answer so far, without surrounding blanks. */
  get text(): string {
    return this.answer.trim();
  }

  /** Adds a token; true if the stop has come. */
  push(token: number): boolean {
    this.tokens.push(token);
    const decoded = this.tokenizer.decode(this.tokens);
    const end = decoded.indexOf(this.stop);
    this.answer = (end < 0 ? decoded : decoded.slice(0, end)).trimStart();
    this.emit(this.answer.replace(UNSETTLED, ''));
    return end >= 0;
  }

  /** Emits what was held back; nothing more may be pushed. */
  end(): void {
    this.emit(this.text);
  }

  private emit(text: string): void {
    if (text.length <= this.emitted) return;
    this.onText?.(text.slice(this.emitted));
    this.emitted = text.length;
  }
}
