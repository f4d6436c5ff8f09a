import { drawnTables } from './drawnTables';
import { nested, sections } from './nesting';
import type { Place, Places } from './place';
import { separatedTables } from './separatedTables';

/**
 * What each line of a text is: a table's head or row, a setting of a section, a nested item, or a text by itself.
 * @param isTable whether it is the text of a file that holds nothing but separated values
 */
export function placesOf(lines: readonly string[], isTable: boolean): Place[] {
  const places: Places = new Map([
    ...sections(lines),
    ...nested(lines),
    ...separatedTables(lines, isTable),
    ...drawnTables(lines),
  ]);
  return lines.map((_, n) => places.get(n) ?? { head: [] });
}
