// A tile: one figure with its name and its change.

import { make } from "./dom.js";

export function tile(card, open) {
  const text = (tag, className, textContent) => make(tag, { className, textContent });
  const parts = card.note.split(" · ");
  const node = make(
    card.target ? "button" : "div", { className: `tile ${card.tone}` },
    text("span", "label", card.label),
    make(
      "span", { className: "value" },
      text("strong", "", card.value), text("small", "", card.unit),
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
