// A tile: one figure with its name, its change and, where there is one, its course.

import { make } from "./dom.js";

export function tile(card, open) {
  const text = (tag, className, textContent) => make(tag, { className, textContent });
  const parts = card.note.split(" · ");
  const node = make(
    card.target ? "button" : "div", { className: `tile ${card.tone}` },
    text("span", "label", card.label),
    make(
      "span", { className: "value" },
      text("strong", "", card.value), text("small", "", card.unit), sparkline(card.spark),
    ),
    // A line ends between the parts of a note, not inside one; the tone is that of the first.
    make("span", { className: "note" }, ...parts.map((part) => text("span", "", part))),
  );
  node.style.setProperty("--ems", ems(card.value) + ems(card.unit) / 2 + 0.2);
  if (card.target) node.onclick = () => open(card.target);
  if (card.hue) node.style.setProperty("--hue", card.hue);
  return node;
}

// How wide a text is, in letters' own size: a Chinese character 1, a figure about 0.58.
const ems = (text) => [...text].reduce((sum, letter) => sum + (letter > "\u2e80" ? 1 : 0.58), 0);

function sparkline(values) {
  const known = values.filter((value) => value !== null);
  if (known.length < 2) return "";
  const low = Math.min(...known);
  const range = Math.max(...known) - low || 1;
  let pen = "M"; // a missing value lifts it
  const path = values.map((value, place) => {
    const step = pen;
    pen = value === null ? "M" : "L";
    const x = 2 + (68 * place) / (values.length - 1);
    return value === null ? "" : `${step}${x} ${22 - (20 * (value - low)) / range}`;
  });
  const innerHTML = `<svg viewBox="0 0 72 24" aria-hidden="true"><path/></svg>`;
  const { content } = make("template", { innerHTML });
  content.querySelector("path").setAttribute("d", path.join(""));
  return content;
}
