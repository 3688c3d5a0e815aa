// Keyboard, selection, copy and paste of the grid; a text that an input method builds is let alone.

import { withMerged } from "./grid-merged.js";
import { isLocked } from "./grid-store.js";
import { asText, cellsOf, paste } from "./grid-paste.js";

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

export class Keys {
  constructor(grid) {
    this.grid = grid;
    const { table } = grid;
    table.addEventListener("focusin", (event) => this.enter(event));
    table.addEventListener("focusout", (event) => this.leave(event));
    table.addEventListener("pointerdown", (event) => this.press(event));
    table.addEventListener("keydown", (event) => event.isComposing || this.key(event));
    table.addEventListener("compositionstart", () => (grid.composing = true));
    table.addEventListener("compositionend", ({ target }) => {
      grid.composing = false;
      this.input(target);
    });
    table.addEventListener("input", (event) => event.isComposing || this.input(event.target));
    table.addEventListener("change", () => grid.sync.soon(20));
    this.clipboard = (event) => this.paste(event);
    table.addEventListener("copy", (event) => this.copy(event));
    document.addEventListener("paste", this.clipboard);
  }

  forget() {
    document.removeEventListener("paste", this.clipboard);
  }

  // {row, field} of an element in the grid.
  at(element) {
    const field = element?.closest?.("td[data-field]")?.dataset.field;
    const key = element?.closest?.("tbody.row")?.dataset.key;
    return field && key ? { row: this.grid.store.rows.get(key), field } : undefined;
  }

  enter({ target }) {
    const at = this.at(target);
    if (!at || !(target instanceof HTMLElement) || !("select" in target)) return;
    this.editing = false;
    this.group = Symbol("typing");
    this.before = target.value;
    if (!this.extending) this.selectTo(at, at);
    target.select();
  }

  leave({ target }) {
    this.grid.picker.close();
    const at = this.at(target);
    if (!at) return;
    this.grid.sync.soon(20);
    this.grid.later(at.row);
  }

  press(event) {
    const at = this.at(event.target);
    if (!at) return;
    if (event.shiftKey && this.anchor) {
      event.preventDefault();
      this.selectTo(this.anchor, at);
      return;
    }
    this.editing = event.target === document.activeElement;
    if (!this.editing && event.pointerType !== "touch") this.selectAtClick(event.target);
    const column = this.grid.column(at.field);
    if (column.choices && !isLocked(at.row) && "value" in event.target) {
      const { target } = event;
      const { value } = target;
      setTimeout(() => document.activeElement === target && target.value === value
        && this.grid.picker.show(target, column, true));
    }
  }

  // The first click into a cell chooses it whole, so that typing replaces, as in a spreadsheet; the
  // browser would put the caret into the text. A part that was dragged over stays chosen.
  selectAtClick(target) {
    const whole = () => "select" in target && target.selectionStart === target.selectionEnd && target.select();
    target.addEventListener("click", whole, { once: true });
  }

  input(target) {
    const at = this.at(target);
    if (!at) return;
    this.editing = true;
    this.grid.type(at.row, at.field, target.value, 300, this.group);
    const column = this.grid.column(at.field);
    if (column.choices) this.grid.picker.show(target, column);
  }

  key(event) {
    const at = this.at(event.target);
    const { grid } = this;
    const control = event.ctrlKey || event.metaKey;
    if (control && event.key === "Enter") return this.done(event, () => grid.submit());
    if (!at) return undefined;
    if (control && event.key.toLowerCase() === "z" && !event.shiftKey) return this.done(event, () => grid.undo());
    if (control && event.key.toLowerCase() === "d") return this.done(event, () => this.fillDown());
    if (control && event.key === "Delete") return this.done(event, () => grid.discard(at.row));
    if (event.altKey && event.key === "Enter") return this.done(event, () => grid.confirm(at.row));
    if (event.altKey && event.key === "ArrowDown") return this.done(event, () => this.openList(at, event.target));
    if (grid.picker.open && this.inList(event)) return undefined;
    if (event.key === "F2") return this.done(event, () => this.edit(event.target));
    if (event.key === "Escape") return this.done(event, () => this.restore(at, event.target));
    if (event.key === "Enter" && !this.hasLines(event.target)) {
      return this.done(event, () => this.move(at, event.shiftKey ? -1 : 1, 0));
    }
    if (["Delete", "Backspace"].includes(event.key) && this.block().length > 1) {
      return this.done(event, () => this.clear());
    }
    return this.arrow(event, at);
  }

  inList(event) {
    const { picker } = this.grid;
    const act = { ArrowDown: () => picker.move(1), ArrowUp: () => picker.move(-1),
      Escape: () => picker.close() }[event.key];
    if (act) return this.done(event, act);
    if (event.key === "Tab") picker.take();
    if (event.key === "Enter" && !event.ctrlKey && picker.take()) return this.done(event, () => {});
    return false;
  }

  arrow(event, at) {
    const step = STEPS[event.key];
    const inText = this.editing && step?.[0] === 0;
    if (!step || inText || this.hasLines(event.target) || event.ctrlKey || event.metaKey) return undefined;
    if (!event.shiftKey) return this.done(event, () => this.move(at, ...step));
    return this.done(event, () => {
      const end = this.neighbour(this.end ?? at, ...step);
      if (end) this.selectTo(this.anchor ?? at, end);
    });
  }

  // On a phone there is room to write a note in lines.
  hasLines(input) {
    return this.grid.narrow && input.tagName === "TEXTAREA";
  }

  done(event, act) {
    event.preventDefault();
    event.stopPropagation();
    act();
    return true;
  }

  edit(input) {
    this.editing = true;
    input.setSelectionRange(input.value.length, input.value.length);
  }

  restore(at, input) {
    this.grid.type(at.row, at.field, this.before, 20, this.group);
    this.editing = false;
    setTimeout(() => input.select());
  }

  openList(at, input) {
    const column = this.grid.column(at.field);
    if (column.choices && !isLocked(at.row)) this.grid.picker.show(input, column, true);
  }

  // The next field that way which the row has.
  neighbour({ row, field }, down, right) {
    const { grid } = this;
    const rows = grid.store.shown;
    let line = rows.indexOf(row) + down;
    let column = grid.fields.indexOf(field) + right;
    while (rows[line] && grid.fields[column]) {
      const input = grid.input(rows[line], grid.fields[column]);
      if (input && !input.disabled) return { row: rows[line], field: grid.fields[column] };
      line += down;
      column += right;
    }
    return undefined;
  }

  move(at, down, right) {
    const next = this.neighbour(at, down, right);
    if (next) this.grid.focus(next.row, next.field);
  }

  selectTo(anchor, end) {
    this.anchor = anchor;
    this.end = end;
    for (const cell of this.grid.table.querySelectorAll("td.chosen")) cell.classList.remove("chosen");
    const block = this.block();
    if (block.length < 2) return;
    for (const { row, field } of block) this.grid.input(row, field).parentNode.classList.add("chosen");
  }

  // All cells of the selection, row by row.
  block() {
    const { store, fields } = this.grid;
    if (!this.anchor) return [];
    const span = (list, one, other) => {
      const ends = [list.indexOf(one), list.indexOf(other)].sort((a, b) => a - b);
      return ends[0] < 0 ? [] : list.slice(ends[0], ends[1] + 1);
    };
    return span(store.shown, this.anchor.row, this.end.row).flatMap((row) =>
      span(fields, this.anchor.field, this.end.field).map((field) => ({ row, field })),
    );
  }

  lines() {
    const lines = new Map();
    for (const { row, field } of this.block()) {
      lines.set(row, [...(lines.get(row) ?? []), field]);
    }
    return lines;
  }

  clear() {
    const group = Symbol("clear");
    for (const { row, field } of this.block()) this.grid.type(row, field, "", 20, group);
  }

  // From the first row of the selection into the others; of one cell, from the row above.
  fillDown() {
    const { store } = this.grid;
    const [first, ...rest] = this.lines();
    if (!first) return;
    const rows = store.shown;
    const [from, fields] = rest.length ? first : [rows[rows.indexOf(first[0]) - 1], first[1]];
    const group = Symbol("fill");
    for (const row of rest.length ? rest.map(([one]) => one) : [first[0]]) {
      for (const field of from ? fields : []) {
        this.grid.type(row, field, from.cells[field] ?? "", 20, group);
      }
    }
  }

  copy(event) {
    if (this.block().length < 2) return;
    const rows = [...this.lines()].map(([row, fields]) => fields.map((field) => row.cells[field] ?? ""));
    event.clipboardData.setData("text/plain", asText(rows));
    event.preventDefault();
  }

  // A block goes into the cells; a single text into the field it is pasted into.
  paste(event) {
    const { grid } = this;
    const inside = this.at(event.target);
    const elsewhere = event.target.closest?.("input, textarea, [contenteditable]");
    if (!inside && elsewhere) return;
    const copied = (kind) => event.clipboardData?.getData(kind) ?? "";
    const text = copied("text/plain");
    const block = cellsOf(text);
    const many = block.length > 1 || block[0]?.length > 1;
    if (!text.trim() || (inside && !many && this.block().length < 2)) return;
    event.preventDefault();
    if (many) grid.pasted(paste(grid, withMerged(block, copied("text/html")), inside && { row: this.block()[0]?.row ?? inside.row,
      field: this.block()[0]?.field ?? inside.field }));
    else if (inside) {
      const group = Symbol("paste");
      for (const { row, field } of this.block()) grid.type(row, field, block[0][0], 20, group);
    }
  }
}
