/** What a line of a comment begins with. */
const COMMENT = /^\s*(?:\/\/|#(?![\w[{])|\/\*|\*|--\s|;+\s|%+\s)/;
/** A line that is code and tells nothing by itself: a declaration, a call, what opens a block. */
const CODE =
  /[{(]\s*$|\)\s*;?\s*$|^\s*(?:\w+ )*(?:func|fn|def|class|interface|struct|impl|enum|type|let|const|var)\b|\w::\w|^\s*\w[\w<>:, ]* \w+;\s*$/;

/** The lines of a comment without the code that it stands above, if any. */
export function withoutCodeBelow(lines: readonly string[]): readonly string[] {
  const isCode = (line: string): boolean => !COMMENT.test(line) && CODE.test(line);
  return lines.some((line) => COMMENT.test(line)) ? lines.filter((line) => !isCode(line)) : lines;
}
