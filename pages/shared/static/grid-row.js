// One row of the grid: its fields, its state, and under it what is to be said about it.

import { make } from "./dom.js";
import { question } from "./grid-rivals.js";
import { isLocked, pendingCells, tornFields } from "./grid-store.js";

const SIGNS = { draft: "○", invalid: "!", ask: "?", ready: "✓", submitted: "↑", approved: "✓",
  returned: "↩", void: "–", conflict: "≠" };

export function say(words, values = {}) {
  return words.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

export class RowView {
  constructor(grid, row) {
    this.grid = grid;
    this.row = row;
    this.inputs = new Map();
    this.inside = false;
    this.left = row.version > 0;
    this.node = make("tbody", { className: "row" });
    this.node.dataset.key = row.key;
    this.main = make("tr", { className: "main" });
    this.notes = make("tr", { className: "notes", hidden: true });
    this.node.append(this.main, this.notes);
    this.build();
  }

  build() {
    this.chip = make("span", { className: "chip" });
    this.record = make("a", { className: "record", target: "_blank" });
    this.saving = make("span", { className: "unsaved" });
    this.number = make("span", { className: "number" });
    const head = make("th", { scope: "row", className: "state" }, this.number, this.chip, this.record,
      this.saving);
    this.remove = make("button", { type: "button", className: "remove", textContent: "✕",
      title: this.grid.words.remove });
    this.remove.addEventListener("click", () => this.grid.discard(this.row));
    this.end = make("td", { className: "end" }, this.remove);
    this.main.append(head, this.end);
    this.note = make("td");
    this.notes.append(this.note);
    this.arrange();
  }

  // The columns come in one order, so a cell that stays is not moved: somebody may be writing in it.
  arrange() {
    const { columns } = this.grid;
    const wanted = new Set(columns.map(({ field }) => field));
    for (const [field, input] of this.inputs) {
      if (wanted.has(field)) continue;
      input.parentNode.remove();
      this.inputs.delete(field);
    }
    let next = this.end;
    for (const column of columns.toReversed()) {
      const cell = this.inputs.get(column.field)?.parentNode ?? this.cell(column);
      if (next.previousSibling !== cell) next.before(cell);
      next = cell;
    }
    this.note.colSpan = columns.length + 2;
    this.update();
  }

  cell(column) {
    const cell = make("td", { className: column.kind });
    cell.dataset.field = column.field;
    cell.dataset.label = column.label;
    const input = make(column.field === "note" ? "textarea" : "input", {
      autocomplete: "off", spellcheck: false, maxLength: 2200 });
    if (column.kind === "number") input.inputMode = "decimal";
    if (column.choices) {
      input.setAttribute("role", "combobox");
      input.setAttribute("aria-expanded", "false");
      input.setAttribute("aria-autocomplete", "list");
    }
    this.inputs.set(column.field, input);
    cell.append(input);
    if (column.field === "day") {
      this.day = make("span", { className: "read", ariaHidden: "true" });
      cell.append(this.day);
    }
    return cell;
  }

  update() {
    const { row, grid } = this;
    const inside = this.main.contains(document.activeElement);
    this.left ||= this.inside && !inside;
    this.inside = inside;
    const locked = isLocked(row);
    const place = grid.store.shown.indexOf(row) + 1;
    this.number.textContent = place;
    const kind = grid.typeOf(row);
    const waiting = new Set(pendingCells(row).map(([field]) => field));
    const torn = tornFields(row);
    for (const [field, input] of this.inputs) {
      const text = row.cells[field] ?? "";
      const column = grid.column(field);
      const label = say(grid.words.cell, { row: place, column: column.label });
      if (input.ariaLabel !== label) input.ariaLabel = label;
      if (input.value !== text && !(grid.composing && input === document.activeElement)) {
        input.value = text;
      }
      const idle = Boolean(column.measure) && !kind?.measures.includes(column.measure) && !text;
      input.parentNode.classList.toggle("idle", idle);
      input.disabled = idle;
      input.readOnly = locked;
      const wrong = !waiting.has(field) && !this.isTyped(field) && (field in row.problems || torn.includes(field));
      input.parentNode.classList.toggle("wrong", wrong);
      input.setAttribute("aria-invalid", wrong);
      input.parentNode.classList.toggle("odd", Boolean(row.question) && row.asks.some((ask) => ask.field === field && !this.isEarly(ask)));
      input.parentNode.classList.toggle("waiting", waiting.has(field));
    }
    this.day.textContent = waiting.has("day") ? "" : row.day;
    this.remove.hidden = locked || !(row.version || waiting.size);
    this.node.classList.toggle("locked", locked);
    this.node.classList.toggle("blank", !row.version && !waiting.size);
    this.showState(waiting.size);
    this.showNotes();
  }

  // Who has begun the row has not come to every cell yet: it is not asked why one of them is blank
  // before they have left it once.
  isEarly({ field }) {
    return this.inside && !this.left && !this.row.cells[field]?.trim();
  }

  // A text that is being written is not complained of.
  isTyped(field) {
    return this.grid.keys?.editing && this.inputs.get(field) === document.activeElement;
  }

  showState(waiting) {
    const { row, grid } = this;
    const early = row.state === "ask" && row.asks.every((ask) => this.isEarly(ask));
    const known = early ? "draft" : row.state;
    const state = tornFields(row).length ? "conflict" : row.version ? known : "empty";
    this.node.dataset.state = state;
    const sign = SIGNS[state] ?? "";
    const shown = state === "empty" ? "" : `${sign} ${grid.words.states[state]}`;
    if (this.chip.textContent !== shown) this.chip.textContent = shown;
    this.chip.className = `chip ${state}`;
    this.record.hidden = !row.number;
    this.record.textContent = row.number;
    this.record.href = grid.place.record + row.number;
    const word = grid.sync.link === "saving" || grid.sync.link === "ok" ? "saving" : "unsaved";
    this.saving.textContent = waiting ? grid.words[word] : "";
    this.saving.hidden = !waiting;
  }

  showNotes() {
    const { row, grid } = this;
    const lines = [];
    const torn = tornFields(row);
    for (const field of torn) lines.push(question(grid, row, field));
    for (const [field, sentence] of Object.entries(row.problems)) {
      if (!torn.includes(field) && !this.isTyped(field)) lines.push(this.line(`${grid.labelOf(field)}`, sentence, field));
    }
    if (row.asks.some((ask) => !this.isEarly(ask))) lines.push(...this.questions());
    if (row.refused && row.refused !== row.question) lines.push(this.line("", row.refused));
    if (row.reason) lines.push(this.line(grid.words.reason, row.reason));
    const mark = JSON.stringify([lines.map((line) => line.textContent), row.cells.sure]);
    if (mark === this.said) {
      const shown = this.note.querySelector(".answer input");
      if (shown && shown !== document.activeElement) shown.value = row.cells.follow ?? "";
      return;
    }
    this.said = mark;
    this.note.replaceChildren(make("div", { className: "lines" }, ...lines));
    this.notes.hidden = !lines.length;
  }

  line(label, sentence, field) {
    const line = make("p", {}, label && make("b", { textContent: `${label} ` }), sentence);
    if (field && this.inputs.has(field)) {
      line.className = "leads";
      line.addEventListener("click", () => this.inputs.get(field).focus());
    }
    return line;
  }

  // What is odd about the row, line by line, and under it the answer: right, or to be followed up.
  questions() {
    const { row, grid } = this;
    const { words } = grid;
    const lines = row.asks.map(({ field, sentence }) => this.line("", sentence, field));
    const sure = row.cells.sure === row.mark;
    const button = make("button", { type: "button", textContent: sure ? words.unsure : words.ask });
    button.addEventListener("click", () => grid.confirm(row, !sure));
    const follow = make("input", { maxLength: 200, placeholder: words.follow, ariaLabel: words.follow,
      autocomplete: "off", value: row.cells.follow ?? "" });
    follow.addEventListener("input", ({ target }) => grid.type(row, "follow", target.value, 300, follow));
    const said = sure ? [make("b", { textContent: `✓ ${words.confirmed}` })] : [];
    return [...lines, make("p", { className: "answer" }, ...said, button, ...(sure ? [] : [follow]))];
  }
}
