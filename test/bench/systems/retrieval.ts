import MiniSearch from 'minisearch';

/**
 * Indexes statements for BM25 search (MiniSearch's BM25+).
 * @returns a search: the `count` best statements for a question, best first; fewer where fewer match
 */
export function indexStatements(
  statements: readonly string[],
): (question: string, count: number) => string[] {
  const index = new MiniSearch<{ id: number; statement: string }>({ fields: ['statement'] });
  index.addAll(statements.map((statement, id) => ({ id, statement })));
  return (question, count) =>
    index
      .search(question)
      .slice(0, count)
      .map(({ id }) => statements[id as number] ?? '');
}
