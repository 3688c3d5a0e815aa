// A block of cells from a spreadsheet: read, its headings recognised, put into the rows.

import { isLocked, isUsed } from "./grid-store.js";

const NOTHING = /^[-—–/／]+$/; // how people say "not counted"
const TOTALS = /^(合计|总计|小计|totals?)[^\p{L}\p{N}]*$/iu;

// Tab-separated text as a spreadsheet copies it: quoted where a cell holds a line break.
export function cellsOf(text) {
  const rows = [[]];
  const pattern = /(?:"((?:[^"]|"")*)"(?=[\t\r\n]|$)|([^\t\r\n]*))(\t|\r\n|\n|\r|$)/gy;
  for (const [whole, quoted, bare, end] of text.matchAll(pattern)) {
    if (!whole && pattern.lastIndex >= text.length && !rows.at(-1).length) break;
    rows.at(-1).push((quoted?.replaceAll('""', '"').replace(/\r\n?/g, "\n") ?? bare).trim());
    if (end === "") break;
    if (end !== "\t") rows.push([]);
  }
  while (rows.length && rows.at(-1).every((cell) => cell === "")) rows.pop();
  return rows;
}

export function asText(rows) {
  const quoted = (cell) => (/[\t\n"]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  return rows.map((row) => row.map(quoted).join("\t")).join("\r\n");
}

// Where the headings stand and which field each column is; undefined if there are none. Of headings
// in two lines it is the one that says more.
export function headingsOf(rows, known) {
  const found = rows.slice(0, 5).map((row, place) => {
    const fields = row.map((cell) => known.get(plain(cell)));
    const unknown = row.filter((cell, column) => cell && !fields[column]);
    return { place, fields, unknown, size: fields.filter(Boolean).length };
  });
  const best = Math.max(...found.map(({ size }) => size));
  return best >= 2 ? found.find(({ size }) => size === best) : undefined;
}

// 清运生活垃圾（吨） and 清运生活垃圾 are the same column.
export function plain(text) {
  return text.normalize("NFKC").replace(/\(.*?\)/g, "").replace(/[\s*:：]/g, "").toLowerCase();
}

// Put the block in, as one step to undo. {rows, cells, unknown, merged}: how much was written, and
// whether a merged number was left out; {tooMany}: nothing, for so many rows there is no room.
export function paste(grid, block, at) {
  const headings = headingsOf(block, grid.headings);
  const body = block.slice(headings ? headings.place + 1 : 0)
    .filter((row) => row.some((cell, column) => cell && !row.merged?.has(column)) && !(headings && TOTALS.test(row.find(Boolean))));
  const targets = rowsFor(grid, body.length, headings ? undefined : at?.row);
  if (!targets) return { tooMany: body.length };
  const group = Symbol("paste");
  let [cells, merged] = [0, false];
  const put = (row, field, texts, column) => {
    if (!field) return;
    let value = texts[column] ?? "";
    const number = field === "participants" || field.startsWith("measure-");
    if (number && value && texts.merged?.has(column)) [value, merged] = ["", true];
    grid.store.set(row, field, number && NOTHING.test(value) ? "" : inOneLine(field, value), group);
    cells += value ? 1 : 0;
  };
  const write = headings ? byHeading : byPlace;
  write(grid, targets, headings?.fields ?? at?.field ?? "day", body, put);
  return { rows: body.length, cells, unknown: headings?.unknown ?? [], merged };
}

// Only a note has lines. Lines of a list are its items.
function inOneLine(field, value) {
  if (field === "note") return value;
  return value.replace(/\s*\n\s*/g, ["communities", "partners"].includes(field) ? "、" : " ");
}

// Zeros of a sheet with a column for everything say nothing about another type's figures.
function byHeading(grid, rows, fields, body, put) {
  const type = fields.indexOf("type");
  body.forEach((texts, line) => {
    const row = rows[line];
    if (type >= 0) put(row, "type", texts, type);
    const kind = grid.typeOf(row);
    texts.forEach((value, column) => {
      const field = fields[column];
      const other = field?.startsWith("measure-") && kind && !kind.measures.includes(field.slice(8));
      if (field !== "type" && !(other && /^[0０]?$/.test(value))) put(row, field, texts, column);
    });
  });
}

// The types first: which columns there are depends on them.
function byPlace(grid, rows, first, body, put) {
  const type = grid.fields.indexOf("type") - grid.fields.indexOf(first);
  if (type >= 0) body.forEach((texts, line) => put(rows[line], "type", texts, type));
  const fields = grid.columnsInUse().map((column) => column.field);
  const start = fields.indexOf(first);
  body.forEach((texts, line) =>
    texts.forEach((_, offset) => offset !== type && put(rows[line], fields[start + offset], texts, offset)),
  );
}

// The rows a block is written into: from a row on those that are open, then new ones; undefined if
// the month has no room for them.
function rowsFor(grid, count, from) {
  const { store } = grid;
  const open = store.shown.filter((row) => !isLocked(row));
  const start = from ? Math.max(open.indexOf(from), 0) : lastFilled(open) + 1;
  const rows = open.slice(start, start + count);
  if (count - rows.filter(isUsed).length > store.room) return undefined;
  while (rows.length < count) rows.push(store.add());
  return rows;
}

function lastFilled(rows) {
  return rows.findLastIndex(isUsed);
}
