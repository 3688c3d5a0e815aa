// A tile: one figure with its name and its change.

import { make } from "./dom.js";

export function tile(card, open) {
  const text = (tag, className, textContent) => make(tag, { className, textContent });
  const parts = card.note.split(" · ");
  const [about, figure] = split(card.value);
  const node = make(
    card.target ? "button" : "div", { className: `tile ${card.tone}` },
    text("span", "label", card.label),
    make(
      "span", { className: "value" },
      text("small", "", about), text("strong", "", figure), text("small", "", card.unit),
    ),
    // A line ends between the parts of a note, not inside one; the tone is that of the first.
    make("span", { className: "note" }, ...parts.map((part) => text("span", "", part))),
  );
  if (card.target) node.onclick = () => open(card.target);
  if (card.hue) node.style.setProperty("--hue", card.hue);
  return node;
}

// What one looks for is the figure: an English word of rounding before it is written smaller.
const split = (value) => value.match(/^([a-z]+ )?(.*)$/).slice(1).map((part) => part ?? "");

// How wide the value of a card is, in its letters' own size.
export function wide({ value }) {
  const [about, figure] = split(value);
  return ems(about) / 2 + ems(figure) + 0.2;
}

// A Chinese character is 1 wide, a figure about 0.58.
const ems = (text) => [...text].reduce((sum, letter) => sum + (letter > "\u2e80" ? 1 : 0.58), 0);
