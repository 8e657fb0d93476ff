import { asDict, asDicts, asString, type Dict } from '../json.js';
import { checkList, checkString, lengthOf, type Problems } from './problems.js';

const CELLS = new Set(['raw_text', 'raw_number', 'rich_text']);

/** Rows of up to 20 cells, none empty, and so much text in all. A data table also needs a caption. */
export function checkTable(
  problems: Problems,
  pointer: string,
  block: Dict,
  { maxRows, maxText }: { maxRows: number; maxText: number },
): void {
  const rows = checkList(problems, `${pointer}/rows`, block.rows, { max: maxRows });
  rows.forEach((row, index) => {
    checkList(problems, `${pointer}/rows/${index}`, row, { max: 20 }).forEach((cell, at) => {
      checkCell(problems, `${pointer}/rows/${index}/${at}`, asDict(cell));
    });
  });
  const length = rows.flatMap((row) => asDicts(row)).reduce((sum, cell) => sum + lengthOf(asString(cell.text)), 0);
  if (length > maxText) problems.add(`${pointer}/rows`, `must be less than ${maxText + 1} characters in all`);
  if (block.type === 'data_table')
    checkString(problems, `${pointer}/caption`, block.caption, { max: 3000, required: true });
}

function checkCell(problems: Problems, pointer: string, cell: Dict): void {
  if (!CELLS.has(asString(cell.type))) {
    problems.add(`${pointer}/type`, 'must be a table cell');
    return;
  }
  const isEmpty = cell.type === 'raw_text' && asString(cell.text) === '';
  if (isEmpty) problems.add(`${pointer}/text`, 'must be more than 0 characters');
}
