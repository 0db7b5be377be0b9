// The canonical frame of a draw (docs/draws.md): read strictly, so that one frame has one text.
const CELL = /"((?:[^"]|"")*)"(,|$)/y;
const ID = /^[!-~]{1,64}$/;
const COLUMN = /^[a-z][a-z0-9_]{0,39}$/;
const CONTROL = /[\u0000-\u001f\u007f\u2028\u2029]/;

function cellsOf(line) {
  const cells = [];
  for (let at = 0; at <= line.length;) {
    CELL.lastIndex = at;
    const found = CELL.exec(line);
    if (!found || CONTROL.test(found[1])) return null;
    cells.push(found[1].replaceAll('""', '"'));
    at = CELL.lastIndex;
    if (!found[2]) return at === line.length ? cells : null;
  }
  return null;
}

// Returns the rows in their order; throws with the number of the first line that is not canonical.
export function readFrame(text) {
  const lines = text.split("\n");
  if (lines.length < 3 || lines.pop() !== "") throw new Error("frame: no rows, or no end of the last line");
  const columns = cellsOf(lines[0]);
  const ordered = columns && columns.every((name, k) => COLUMN.test(name) && (k < 2 || columns[k - 1] < name));
  if (!ordered || columns[0] !== "id" || columns.indexOf("id", 1) > 0) throw new Error("frame: line 1 is not canonical");
  let before = "";
  return lines.slice(1).map((line, k) => {
    const cells = cellsOf(line);
    if (!cells || cells.length !== columns.length || !ID.test(cells[0]) || !(cells[0] > before)) {
      throw new Error(`frame: line ${k + 2} is not canonical`);
    }
    before = cells[0];
    return Object.fromEntries(columns.map((name, place) => [name, cells[place]]));
  });
}
