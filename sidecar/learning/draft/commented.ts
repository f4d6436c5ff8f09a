/** What a line of a comment begins with. */
const COMMENT = /^\s*(?:\/\/|#(?![\w[{])|\/\*|\*|--\s|;+\s|%+\s)/;
/** A line of code that tells nothing by itself: what opens a block, a declaration without a value, a call. */
const CODE =
  /[{(]\s*$|^\s*(?:\w+ )*(?:func|fn|def|class|interface|struct|impl|enum|type) \w+\s*[={(<:]|^\s*(?:\w+ )*(?:const|let|var) \w+ ?=.*[({].*[)}];?\s*$|^\s*[\w.:]+\(.*\);\s*$/;

/** The lines of a comment without the code that it stands above, if any. */
export function withoutCodeBelow(lines: readonly string[]): readonly string[] {
  const isCode = (line: string): boolean => !COMMENT.test(line) && CODE.test(line);
  return lines.some((line) => COMMENT.test(line)) ? lines.filter((line) => !isCode(line)) : lines;
}
