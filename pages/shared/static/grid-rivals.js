// What two people typed into one cell: the server keeps both texts, and every browser asks.

import { make } from "./dom.js";
import { say } from "./grid-row.js";

const SHORT = 60;

// The question under the row, with a button for every text there is.
export function question(grid, row, field) {
  const { words } = grid;
  const quoted = (text = "") => (text.length > SHORT ? `${text.slice(0, SHORT)}…` : text) || words.blank;
  const button = (label, text) => {
    const node = make("button", { type: "button", textContent: label });
    node.addEventListener("click", () => grid.decide(row, field, text));
    return node;
  };
  const { versions } = row.rivals[field];
  const isOwn = ({ person }) => person === grid.place.person;
  const others = versions.map((one) => say(isOwn(one) ? words.typedByYou : words.typedBy,
    { name: one.name, text: quoted(one.text) }));
  const now = row.standing[field] ?? "";
  const values = { column: grid.labelOf(field), now: quoted(now), others: others.join(words.also) };
  const ask = (sentence, ...buttons) => make("p", { className: "clash" }, say(sentence, values),
    make("span", {}, ...buttons));
  if (row.number) return ask(words.late, button(words.letGo));
  return ask(words.clash, button(words.keepNow, now), ...versions.map((one) =>
    button(isOwn(one) ? words.mine : say(words.takeOf, { name: one.name }), one.text)));
}
