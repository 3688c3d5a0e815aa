// What a person takes along: the table as CSV, the figure as a picture for slides.

import { make } from "./dom.js";

const [WIDTH, HEIGHT, EDGE] = [1600, 900, 48];
const FORMULA = /^[=+\-@\t\r]/;
const NEGATIVE = /^-\d+(\.\d+)?$/;

function save(blob, title, ending) {
  const href = URL.createObjectURL(blob);
  const download = `${title.replace(/[\\/:*?"<>|\s]+/g, " ").trim().slice(0, 80)}.${ending}`;
  make("a", { href, download }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}

export function downloadCsv({ title, table }) {
  const lines = [table.columns, ...table.rows].map((row) => row.map(cell).join(","));
  // Excel takes the file for UTF-8 by its first character.
  save(new Blob(["\ufeff" + lines.join("\r\n")], { type: "text/csv;charset=utf-8" }), title, "csv");
}

function cell(value) {
  const text = String(value ?? "");
  // A spreadsheet would run a text that begins like a formula.
  const safe = FORMULA.test(text) && !NEGATIVE.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export async function downloadPng({ title, subtitle, source, height }, figure) {
  const canvas = make("canvas", { width: WIDTH, height: HEIGHT });
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, WIDTH, HEIGHT);
  const { fontFamily } = getComputedStyle(figure);
  const style = (size, weight, colour) =>
    ({ size, colour, font: `${weight} ${size}px ${fontFamily}` });
  const under = write(pen, title, EDGE - 8, style(40, 600, "#1f2733"));
  const top = 12 + write(pen, subtitle, under, style(24, 400, "#5b6673"));
  const small = style(20, 400, "#5b6673");
  pen.font = small.font;
  const bottom = HEIGHT - EDGE + 16 - lines(pen, source).length * 28;
  write(pen, source, bottom, small);
  const room = { width: WIDTH - 2 * EDGE, height: bottom - 12 - top };
  const scale = Math.min(2, room.height / height);
  const size = { width: room.width / scale, height: room.height / scale };
  const src = await window.Plotly.toImage(figure, { format: "png", scale, ...size });
  const picture = make("img", { src });
  await picture.decode();
  pen.drawImage(picture, EDGE, top, room.width, room.height);
  canvas.toBlob((blob) => save(blob, title, "png"));
}

// Writes the text from y downwards and returns where it ends.
function write(pen, text, y, { font, size, colour }) {
  pen.font = font;
  pen.fillStyle = colour;
  const height = size * 1.4;
  const all = lines(pen, text);
  all.forEach((line, place) => pen.fillText(line, EDGE, y + size + place * height));
  return y + all.length * height;
}

// Chinese has no spaces to break at: a line may end after any of its characters, or after a word.
function lines(pen, text) {
  const found = [""];
  const width = (line) => pen.measureText(line.trimEnd()).width;
  for (const piece of text.match(/[\u2e80-\uffef]|[^\s\u2e80-\uffef]+\s*|\s+/g) ?? []) {
    const longer = found.at(-1) + piece;
    if (found.at(-1) && width(longer) > WIDTH - 2 * EDGE) found.push(piece);
    else found[found.length - 1] = longer;
  }
  return found;
}
