/** What a line of a comment begins with. */
const COMMENT = /^\s*(?:\/\/|#(?![\w[{])|\/\*|\*|--\s|;+\s|%+\s)/;
/** A remark that ends with its line, unlike one that is opened and closed. */
const REMARK = /^\s*(?:\/\/|#(?![\w[{])|--\s|;+\s|%+\s)/;
/** A heading within a comment, or a text. */
const TITLE = /^\s*(?:\/\/[/!]?|\*)?\s*#{1,6}\s+\S+(?: \S+){0,4}$/;
/** A line of code that tells nothing by itself: what opens a block, a declaration without a value, a call. */
const CODE =
  /[{(]\s*$|^\s*(?:\w+ )*(?:func|fn|def|class|interface|struct|impl|enum|type) \w+\s*[={(<:]|^\s*(?:\w+ )*(?:const|let|var) \w+ ?=.*[({].*[)}];?\s*$|^\s*[\w.:]+\(.*\);\s*$/;
/** What is declared: a function with its parameters, or a type. */
const FUNCTION =
  /^\s*(?:[\w.<>[\],*&]+\s+)*(?:\([^)]*\)\s+)?(?<name>\w+)(?:<[^()]*>)?\([^=]*?\)\s*(?:(?::|->|throws)[^=]*|\([\w, *.]+\)|\w+)?\s*[;{:]?\s*$/;
const TYPE =
  /^\s*(?:(?:export|public|private|internal|pub|final|abstract|sealed|static|default|data|partial)\s+)*(?:class|interface|struct|enum|trait|record|module|package|type)\s+(?<name>\w+)(?!\s*=)/;

/** The lines of a comment without the code that it stands above, if any. */
export function withoutCodeBelow(lines: readonly string[]): readonly string[] {
  return lines.some((line) => COMMENT.test(line)) ? lines.filter((line) => !isCode(line)) : lines;
}

/** The name of what is declared below a comment. */
export function declaredBelow(lines: readonly string[]): string | undefined {
  if (!lines.some((line) => COMMENT.test(line))) return undefined;
  const code = lines.find(isCode) ?? '';
  return (FUNCTION.exec(code) ?? TYPE.exec(code))?.groups?.name;
}

/** Lines that are read as one text: remarks apart from what stands below them, both without headings. */
export function paragraphsOf(lines: readonly string[]): string[][] {
  const isRemark = (line: string): boolean => REMARK.test(line);
  const texts = lines.filter((line) => lines.length === 1 || !TITLE.test(line));
  const [remarks, others] = [texts.filter(isRemark), texts.filter((line) => !isRemark(line))];
  return [remarks, others].filter((each) => each.some((line) => line.trim() !== ''));
}

function isCode(line: string): boolean {
  return !COMMENT.test(line) && [CODE, FUNCTION, TYPE].some((form) => form.test(line));
}
