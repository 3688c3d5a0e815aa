// Merged cells of a pasted block. The text of a spreadsheet has them once and blanks below; what was
// merged stands in the table that is on the clipboard beside it.

const squeezed = (text) => text.replace(/\s+/g, "");

// The block with what was merged down its column in every row of it. `merged` of a row: the columns
// filled so; a number among them holds for all rows together, and is not to be counted in each.
export function withMerged(block, html) {
  for (const { row, column, down, text } of mergedIn(html)) {
    if (squeezed(block[row]?.[column] ?? "") !== squeezed(text) || !text) continue;
    for (const below of block.slice(row + 1, row + down)) {
      if (below[column]) continue;
      below[column] = block[row][column];
      (below.merged ??= new Set()).add(column);
    }
  }
  return block;
}

// Every cell of the first table that goes down over more rows than one, and where it stands.
function mergedIn(html) {
  const table = html && new DOMParser().parseFromString(html, "text/html").querySelector("table");
  const [taken, found] = [new Set(), []];
  for (const [row, line] of [...(table?.rows ?? [])].entries()) {
    let column = 0;
    for (const cell of line.cells) {
      while (taken.has(`${row} ${column}`)) column += 1;
      const [down, across] = [Math.min(cell.rowSpan, 2000), Math.min(cell.colSpan, 200)];
      for (let y = 0; y < down; y += 1) {
        for (let x = 0; x < across; x += 1) taken.add(`${row + y} ${column + x}`);
      }
      if (down > 1) found.push({ row, column, down, text: cell.textContent });
      column += across;
    }
  }
  return found;
}
