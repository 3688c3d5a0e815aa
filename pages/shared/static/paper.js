// Copy the page's text, print the page: two buttons.

import { make } from "./dom.js";

const SHOWN = 4000; // milliseconds that the word about the copy stays

export default function show({ parentElement, data }) {
  const { text, labels } = data;
  const said = make("span", { className: "paper-said", role: "status" });
  const button = (label, onclick) => make("button", { type: "button", textContent: label, onclick });
  const copied = async () => {
    said.textContent = (await copy(text)) ? labels.copied : labels.failed;
    setTimeout(() => (said.textContent = ""), SHOWN);
  };
  const row = make(
    "div", { className: "paper-buttons" },
    button(labels.copy, copied), button(labels.print, () => window.print()), said,
  );
  parentElement.querySelector(".paper-buttons")?.remove();
  parentElement.append(row);
}

// Without https a browser offers no clipboard, so the older way has to do.
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = make("textarea", { value: text, readOnly: true });
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  }
}
