// The rows of one sheet: what is saved, what was typed since, and what can be undone.

const BLANK = { version: 0, state: "empty", problems: {}, question: "", asks: [], mark: "", number: "", type_code: "",
  day: "", reason: "", amounts: {}, rivals: {}, discarded: false };

// What is said about a row, not in it: that its odd figures are right, or what is to be followed up.
const ANSWERS = ["sure", "follow"];

export class Store {
  constructor(place) {
    this.place = place; // person, csrf, community, month, address, most
    this.rows = new Map(); // key → row
    this.past = []; // steps to undo, the last one at the end
    this.watchers = new Set();
    this.loaded = false;
  }

  get shown() {
    return [...this.rows.values()].filter((row) => !row.discarded);
  }

  get filled() {
    return this.shown.filter(hasText);
  }

  // What the totals count.
  get counted() {
    return this.filled.filter((row) => row.state !== "void");
  }

  get unsaved() {
    let count = 0;
    for (const row of this.rows.values()) {
      const waiting = Math.max(pendingCells(row).length, Object.keys(row.decided).length);
      count += waiting + (isMoved(row) ? 1 : 0);
    }
    return count;
  }

  // How many rows the month can still have.
  get room() {
    return this.place.most - this.shown.filter(isUsed).length;
  }

  tell(row, gone) {
    for (const watcher of this.watchers) watcher(row, gone);
  }

  // A row of this browser; the server hears of it with its first text.
  add(key = newKey()) {
    const row = { ...BLANK, key, seen: {}, cells: {}, decided: {}, seenDiscarded: false, refused: "" };
    this.rows.set(key, row);
    return row;
  }

  // A row that somebody else began stands before those in which nothing was typed yet.
  join(key) {
    const blank = this.shown.filter((row) => !isUsed(row));
    const row = this.add(key);
    for (const one of blank) {
      this.rows.delete(one.key);
      this.rows.set(one.key, one);
    }
    return row;
  }

  // There is always a row to go on in, until the month is full.
  spare() {
    const last = this.shown.at(-1);
    if (last && !last.version && !pendingCells(last).length) return last;
    return this.room > 0 ? this.add() : undefined;
  }

  set(row, field, text, group) {
    const before = row.cells[field] ?? "";
    if (isLocked(row) || before === text) return;
    const first = !hasText(row);
    row.cells[field] = text;
    row.refused = "";
    this.note({ row, field, before, after: text, first }, group);
    this.tell(row);
  }

  discard(row, discarded = true, group = Symbol("discard")) {
    if (isLocked(row) || row.discarded === discarded) return;
    row.discarded = discarded;
    this.note({ row, discarded }, group);
    this.tell(row);
  }

  // Typing in one cell, or one paste, is one step.
  note(step, group) {
    const last = this.past.at(-1);
    if (group !== undefined && last?.group === group) {
      const same = last.steps.find((one) => one.row === step.row && one.field === step.field);
      if (same && step.field) same.after = step.after;
      else last.steps.push(step);
    } else {
      this.past.push({ group, steps: [step] });
      if (this.past.length > 200) this.past.shift();
    }
  }

  // Take back the last step; what somebody else has changed since stays, and rows that begin with
  // the step go. The rows it touched.
  undo() {
    const { steps = [] } = this.past.pop() ?? {};
    for (const { row, field, before, after, discarded, first } of steps.toReversed()) {
      if (isLocked(row)) continue;
      row.refused = "";
      if (field === undefined) row.discarded = !discarded;
      else if ((row.cells[field] ?? "") === after) row.cells[field] = before;
      if (first && !hasText(row)) row.discarded = true;
      this.tell(row);
    }
    return steps.map((step) => step.row);
  }

  // The row as the server has it. `sent`: what this answer acknowledges, field → text.
  take(answer, sent = {}) {
    const row = this.rows.get(answer.key) ?? this.join(answer.key);
    if (answer.version < row.version) return row;
    const { key, cells: standing, discarded, ...facts } = answer;
    const cells = asSeen(answer, this.place.person);
    for (const [field, mark] of Object.entries(row.decided)) {
      if (facts.rivals[field]?.mark !== mark) delete row.decided[field];
    }
    for (const field of new Set([...Object.keys(cells), ...Object.keys(row.cells)])) {
      this.takeCell(row, field, cells[field] ?? "", sent[field]);
    }
    row.standing = standing;
    const gone = this.loaded && discarded && !row.discarded ? this.shown.indexOf(row) + 1 : 0;
    if (row.discarded === row.seenDiscarded) row.discarded = discarded;
    row.seenDiscarded = discarded;
    Object.assign(row, facts);
    if (gone) this.note({ row, discarded: true }); // by somebody else: it can be taken back here, too
    this.tell(row, gone);
    return row;
  }

  takeCell(row, field, theirs, sent) {
    const seen = row.seen[field] ?? "";
    const mine = row.cells[field] ?? "";
    if (sent !== undefined) {
      row.seen[field] = theirs;
      if (mine === sent) row.cells[field] = theirs;
    } else if (!(field in row.decided) && (mine === seen || mine === theirs)) {
      row.seen[field] = theirs;
      row.cells[field] = theirs;
    }
  }

  // Which text a cell that two have typed into is to have; of a record only the others are let go.
  decide(row, field, text) {
    row.decided[field] = row.rivals[field].mark;
    row.refused = "";
    if (!isLocked(row)) {
      const before = row.cells[field] ?? "";
      row.seen[field] = row.standing[field] ?? "";
      row.cells[field] = text;
      if (text !== before) this.note({ row, field, before, after: text }, Symbol("decide"));
    }
    this.tell(row);
  }
}

// The row's texts as the person sees them: their own where it does not stand in the cell.
function asSeen({ cells, rivals, number }, person) {
  if (number) return cells;
  const own = Object.entries(rivals).flatMap(([field, { versions }]) =>
    versions.filter((one) => one.person === person).map((one) => [field, one.text]),
  );
  return { ...cells, ...Object.fromEntries(own) };
}

// What waits to be saved: [field, text].
export function pendingCells(row) {
  return Object.entries(row.cells).filter(
    ([field, text]) => text !== (row.seen[field] ?? "") || (field in row.decided && !isLocked(row)),
  );
}

// What the server is to hear of a row: field → [seen, text], and of what was decided the mark.
export function changesOf(row) {
  const cells = pendingCells(row).map(([field, text]) => [field, [row.seen[field] ?? "", text]]);
  const told = Object.entries(row.decided).map(([field, mark]) => [`other-${field}`, [mark, ""]]);
  return Object.fromEntries([...cells, ...told]);
}

// Whether the server has yet to hear that a row was taken out or put back.
export function isMoved(row) {
  return row.version > 0 && row.discarded !== row.seenDiscarded;
}

export function hasText(row) {
  return Object.entries(row.cells).some(([field, text]) => text && !ANSWERS.includes(field));
}

// The cells that wait for the decision whose text they are to have.
export function tornFields(row) {
  return Object.keys(row.rivals).filter((field) => !(field in row.decided));
}

// Whether the row counts among those of the month.
export function isUsed(row) {
  return row.version > 0 || hasText(row);
}

// Whether the row waits for the person in this way; what two have typed into goes before all else.
export function isOpen(row, state) {
  return tornFields(row).length ? state === "conflict" : row.state === state && !isLocked(row);
}

export function isLocked(row) {
  return row.number !== "";
}

// crypto.randomUUID is missing where the office has no https.
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// What a cell counts in the totals: as the server has read it, and while it is typed if it is a
// plain number; NaN if it is none.
export function amount(row, field) {
  const text = row.cells[field] ?? "";
  if (text === (row.seen[field] ?? "")) return row.amounts[field] ?? NaN;
  const figures = text.normalize("NFKC").replaceAll(",", "").trim();
  return figures && /^\d+(\.\d+)?$/.test(figures) ? Number(figures) : NaN;
}
