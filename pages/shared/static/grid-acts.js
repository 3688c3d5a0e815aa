// What the grid's buttons do: submit, undo, remove, decide, as last month; and what they say of it.

import { make } from "./dom.js";
import { say } from "./grid-row.js";
import { isLocked, isOpen, pendingCells, tornFields } from "./grid-store.js";

export class Acts {
  // All rows that are ready, once everything typed is saved. Safe to press again after a cut.
  async submit() {
    const { sync, store, words } = this;
    if (this.busy) return;
    this.busy = true;
    this.later();
    try {
      for (let tries = 0; sync.batch().length && tries < 5; tries += 1) await sync.flush();
      if (sync.batch().length) return this.notice(words.saveFirst, true);
      const ready = store.shown.filter((row) => isOpen(row, "ready") && !pendingCells(row).length);
      const refusals = await sync.submit(ready, (done, all) => this.progress(done, all));
      for (const { row, refusal } of refusals) row.refused = refusal;
      for (const row of store.filled) if (isOpen(row, "draft")) row.refused = this.missing(row);
      store.past = store.past.filter(({ steps }) => steps.some(({ row }) => !isLocked(row)));
      const done = ready.length - refusals.length;
      const left = store.filled.filter((row) => !isLocked(row)).length;
      this.notice(say(left ? words.submittedSome : words.submittedAll, { done, left }));
    } catch (error) {
      this.notice(error.message && error.name === "Error" ? error.message : words.submitCut, true);
    } finally {
      this.busy = false;
      this.later();
    }
  }

  progress(done, all) {
    this.notice(say(this.words.submitting, { done, all }));
    this.message.append(make("progress", { value: done, max: all, ariaHidden: "true" }));
  }

  missing(row) {
    const blank = ["day", "type"].filter((field) => !row.cells[field]?.trim());
    return say(this.words.missing, { columns: blank.map((field) => this.labelOf(field)).join("、") });
  }

  // Of a row something is new; gone: where it stood before somebody else took it out.
  heard(row, gone) {
    this.later(row);
    if (gone) this.notice(say(this.words.gone, { row: gone }), true);
  }

  undo() {
    const [row] = this.store.undo();
    this.notice("");
    this.sync.soon(20);
    this.later();
    if (row) setTimeout(() => this.focus(row, "day"));
  }

  discard(row) {
    if (isLocked(row)) return this.notice(this.words.locked, true);
    const rows = this.store.shown;
    const next = rows[rows.indexOf(row) + 1];
    const place = rows.indexOf(row) + 1;
    this.store.discard(row);
    this.sync.soon(20);
    this.later();
    this.notice(say(this.words.removed, { row: place }));
    if (next) setTimeout(() => this.focus(next, "day"));
  }

  // The row's odd figures are right, or not so sure any more.
  confirm(row, sure = true) {
    if (!row.asks.length) return;
    this.type(row, "sure", sure ? row.mark : "", 0);
    this.notice(sure ? this.words.confirmedRow : "");
  }

  // How many rows are so, and the way to the next of them.
  leadsTo(state, text) {
    const node = make("button", { type: "button", textContent: text, className: "leads" });
    node.addEventListener("click", () => {
      const rows = this.store.filled.filter((row) => isOpen(row, state));
      const now = rows.indexOf(this.last);
      this.last = rows[(now + 1) % rows.length];
      if (!this.last) return;
      const field = tornFields(this.last)[0] ?? Object.keys(this.last.problems)[0] ?? this.last.asks[0]?.field ?? "day";
      this.focus(this.last, field);
    });
    return node;
  }

  decide(row, field, text) {
    this.store.decide(row, field, text);
    this.sync.soon(20);
  }

  addRow() {
    const row = this.store.spare();
    if (!row) return this.full(1);
    this.later();
    setTimeout(() => this.focus(row, "day"));
  }

  // Nothing of it was put in: what the month has no room for would stand in this browser only.
  full(rows) {
    const { most } = this.place;
    this.notice(say(this.words.full, { most, there: most - this.store.room, rows }), true);
  }

  pasted({ rows, cells, unknown, merged, tooMany }) {
    if (tooMany) return this.full(tooMany);
    const { words } = this;
    this.sync.soon(20);
    this.later();
    const left = unknown.length ? ` ${say(words.unknown, { columns: unknown.join(words.also) })}` : "";
    this.notice(say(words.pasted, { rows, cells }) + left + (merged ? ` ${words.merged}` : ""));
  }

  async likeLastMonth() {
    const { sync, store, words } = this;
    try {
      const { status, answer } = await sync.ask("GET", `/last-month?${sync.query()}`);
      if (status !== 200) return this.notice(answer.sentence, true);
      if (answer.rows.length > store.room) return this.full(answer.rows.length);
      const group = Symbol("as last month");
      for (const texts of answer.rows) {
        const row = store.spare();
        Object.entries(texts).forEach(([field, text]) => store.set(row, field, text, group));
      }
      sync.soon(20);
      this.later();
      this.notice(answer.rows.length ? say(words.filled, { rows: answer.rows.length }) : words.noLast);
    } catch {
      this.notice(words.troubles.offline, true);
    }
  }

  notice(text, wrong = false) {
    this.message.textContent = text;
    this.message.hidden = !text;
    this.message.classList.toggle("wrong", wrong);
  }
}
