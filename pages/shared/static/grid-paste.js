// A block of cells from a spreadsheet: read, its headings recognised, put into the rows.

import { isLocked } from "./grid-store.js";

const NOTHING = /^[-—–/／]+$/; // how people say "not counted"
const TOTALS = /^(合计|总计|小计|total)/i;

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

// Where the headings stand and which field each column is; undefined if there are none.
export function headingsOf(rows, known) {
  for (const [place, row] of rows.slice(0, 5).entries()) {
    const fields = row.map((cell) => known.get(plain(cell)));
    if (fields.filter(Boolean).length >= 2) {
      const unknown = row.filter((cell, column) => cell && !fields[column]);
      return { place, fields, unknown };
    }
  }
  return undefined;
}

// 清运生活垃圾（吨） and 清运生活垃圾 are the same column.
export function plain(text) {
  return text.normalize("NFKC").replace(/\(.*?\)/g, "").replace(/[\s*:：]/g, "").toLowerCase();
}

// Put the block in, as one step to undo. {rows, cells, unknown}: how much was written.
export function paste(grid, text, at) {
  const block = cellsOf(text);
  const headings = headingsOf(block, grid.headings);
  const body = block.slice(headings ? headings.place + 1 : 0)
    .filter((row) => row.some(Boolean) && !(headings && TOTALS.test(row.find(Boolean))));
  const targets = rowsFor(grid, body.length, headings ? undefined : at?.row);
  const group = Symbol("paste");
  let cells = 0;
  const put = (row, field, value) => {
    if (!field) return;
    const number = field === "participants" || field.startsWith("measure-");
    grid.store.set(row, field, number && NOTHING.test(value) ? "" : inOneLine(field, value), group);
    cells += value ? 1 : 0;
  };
  const write = headings ? byHeading : byPlace;
  write(grid, targets, headings?.fields ?? at?.field ?? "day", body, put);
  return { rows: body.length, cells, unknown: headings?.unknown ?? [] };
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
    if (type >= 0) put(row, "type", texts[type] ?? "");
    const kind = grid.typeOf(row);
    texts.forEach((value, column) => {
      const field = fields[column];
      const other = field?.startsWith("measure-") && kind && !kind.measures.includes(field.slice(8));
      if (field !== "type" && !(other && /^[0０]?$/.test(value))) put(row, field, value);
    });
  });
}

// The types first: which columns there are depends on them.
function byPlace(grid, rows, first, body, put) {
  const type = grid.fields.indexOf("type") - grid.fields.indexOf(first);
  if (type >= 0) body.forEach((texts, line) => put(rows[line], "type", texts[type] ?? ""));
  const fields = grid.columnsInUse().map((column) => column.field);
  const start = fields.indexOf(first);
  body.forEach((texts, line) =>
    texts.forEach((value, offset) => offset !== type && put(rows[line], fields[start + offset], value)),
  );
}

// The rows a block is written into: from a row on those that are open, then new ones.
function rowsFor(grid, count, from) {
  const { store } = grid;
  const open = store.shown.filter((row) => !isLocked(row));
  const start = from ? Math.max(open.indexOf(from), 0) : lastFilled(open) + 1;
  const rows = open.slice(start, start + count);
  while (rows.length < count) rows.push(store.add());
  return rows;
}

function lastFilled(rows) {
  return rows.findLastIndex((row) => row.version || Object.values(row.cells).some(Boolean));
}
