// Saves what was typed, again and again until the server has it, and hears what others typed.

import { changesOf, isMoved, pendingCells } from "./grid-store.js";
import { pause, request } from "./line.js";

const POLL = 10_000;
const MOST = 250; // rows in one request
const SUBMITTED_AT_ONCE = 50;

export class Sync {
  constructor(store) {
    this.store = store;
    this.copy = `minyi-drafts:${["person", "community", "month"].map((name) => store.place[name]).join(":")}`;
    this.link = "loading"; // loading · ok · saving · offline · signed-out · refused
    this.sentence = "";
    this.failed = 0;
    this.oneByOne = false;
    addEventListener("online", () => this.soon(0));
    addEventListener("focus", () => this.wake());
    document.addEventListener("visibilitychange", () => (document.hidden ? this.flush() : this.wake()));
    setInterval(() => this.poll(), POLL);
  }

  // Texts are on their way a moment after the last stroke; a pause of the writer is enough.
  soon(wait = 300) {
    this.keepCopy();
    if (this.failed && wait > 0) return; // the next try is set already
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), wait);
  }

  wake() {
    if (this.link === "offline" || this.link === "signed-out") this.soon(0);
    else this.poll();
  }

  async load() {
    try {
      const { status, answer } = await this.ask("GET", `?${this.query()}&mark=`);
      if (status !== 200) return this.refuse(status, answer);
      this.mark = answer.mark;
      answer.rows.forEach((row) => this.store.take(row));
      this.bringBack();
      this.store.loaded = true;
      this.state("ok");
      if (this.store.unsaved) this.soon(0);
    } catch {
      this.retry(() => this.load());
    }
  }

  // What others did. Rows not saved yet keep what was typed in them.
  async poll(mark = this.mark ?? "") {
    const quiet = this.answers && !this.flying && !document.hidden;
    if (!quiet || !this.store.watchers.size) return;
    try {
      const { status, answer } = await this.ask("GET", `?${this.query()}&mark=${mark}`);
      if (status === 401) this.refuse(status, answer);
      if (status !== 200 || answer.unchanged || this.flying) return;
      this.mark = answer.mark;
      answer.rows.forEach((row) => this.store.take(row));
    } catch {
      // The next one, or the next save, will tell.
    }
  }

  async flush() {
    clearTimeout(this.timer);
    if (!this.store.loaded) return this.load();
    if (this.flying) return this.flying;
    const batch = this.batch();
    if (!batch.length) {
      this.oneByOne = false;
      return this.settled();
    }
    this.state(this.failed ? this.link : "saving");
    this.flying = this.send(batch).finally(() => (this.flying = undefined));
    await this.flying;
    if (this.answers && this.batch().length) this.soon(50);
    return undefined;
  }

  batch() {
    const rows = [];
    for (const row of this.store.rows.values()) {
      const cells = changesOf(row);
      const texts = Object.values(cells);
      const discarded = isMoved(row) ? row.discarded : null;
      const known = row.version > 0 || texts.some(([, text]) => text !== "");
      if (known && !row.refused && (texts.length || discarded !== null)) {
        rows.push({ key: row.key, cells, discarded });
      }
      if (rows.length === (this.oneByOne ? 1 : MOST)) break;
    }
    return rows;
  }

  async send(rows) {
    let found;
    try {
      found = await this.ask("POST", "", { rows });
    } catch {
      return this.retry(() => this.flush());
    }
    const { status, answer } = found;
    if (status !== 200) return this.refuseRows(rows, status, answer);
    this.failed = 0;
    const sent = Object.fromEntries(rows.map((row) => [row.key, row.cells]));
    for (const row of answer.rows) {
      const texts = Object.entries(sent[row.key]).map(([name, [, text]]) => [name, text]);
      this.store.take(row, Object.fromEntries(texts));
    }
    this.settled();
    return this.keepCopy();
  }

  // What can be saved is saved; what was refused is said until it is mended.
  settled() {
    const held = [...this.store.rows.values()].find((row) => row.refused && pendingCells(row).length);
    this.state(held ? "refused" : "ok", held?.refused);
  }

  get answers() {
    return this.link === "ok" || this.link === "refused";
  }

  refuseRows(rows, status, answer) {
    if (status === 401 || status >= 500) return this.refuse(status, answer);
    if (rows.length > 1) this.oneByOne = true; // so that one row holds up no other
    else this.store.rows.get(rows[0].key).refused = answer.sentence ?? String(status);
    this.failed = 0;
    this.state("refused", answer.sentence);
    this.store.tell(this.store.rows.get(rows[0].key));
    return this.soon(50);
  }

  refuse(status, answer) {
    if (status >= 500) return this.retry(() => this.flush());
    if (status === 401) return this.retry(() => this.flush(), "signed-out", answer.sentence);
    return this.state("refused", answer.sentence);
  }

  retry(again, link = "offline", sentence = "") {
    const wait = pause(this.failed);
    this.failed += 1;
    this.state(link, sentence);
    this.keepCopy();
    clearTimeout(this.timer);
    this.timer = setTimeout(again, wait);
  }

  // Submit rows that are saved. What each came to; throws if the server can't be reached.
  async submit(rows, progress) {
    const refusals = [];
    for (let first = 0; first < rows.length; first += SUBMITTED_AT_ONCE) {
      progress(first, rows.length);
      const some = rows.slice(first, first + SUBMITTED_AT_ONCE);
      const asked = { rows: some.map(({ key, version }) => ({ key, version })) };
      const { status, answer } = await this.ask("POST", "/submit", asked, 60_000);
      if (status !== 200) throw new Error(answer.sentence ?? "");
      for (const { row, refusal } of answer.rows) {
        const mine = this.store.take(row);
        if (refusal) refusals.push({ row: mine, refusal });
      }
    }
    return refusals;
  }

  ask(method, path, body, longest) {
    const { address, csrf, person, community, month } = this.store.place;
    const sent = body && { person, community, month, ...body };
    return request(method, address + path, csrf, sent, longest);
  }

  query() {
    const { community, month } = this.store.place;
    return `community=${encodeURIComponent(community)}&month=${encodeURIComponent(month)}`;
  }

  state(link, sentence = "") {
    this.link = link;
    this.sentence = sentence;
    this.store.tell();
  }

  // A copy on this device of what is not saved, for a browser that is closed while the line is cut.
  keepCopy() {
    const waiting = {};
    for (const row of this.store.rows.values()) {
      const cells = pendingCells(row).map(([name, text]) => [name, [row.seen[name] ?? "", text]]);
      if (cells.length) waiting[row.key] = Object.fromEntries(cells);
    }
    try {
      if (Object.keys(waiting).length) localStorage.setItem(this.copy, JSON.stringify(waiting));
      else localStorage.removeItem(this.copy);
    } catch {
      // Storage is off or full; the page itself still holds the texts.
    }
  }

  bringBack() {
    forgetOthers(this.store.place.person);
    let waiting = {};
    try {
      waiting = JSON.parse(localStorage.getItem(this.copy) ?? "{}");
    } catch {
      return;
    }
    for (const [key, cells] of Object.entries(waiting)) {
      const row = this.store.rows.get(key) ?? this.store.add(key);
      for (const [name, [seen, text]] of Object.entries(cells)) {
        if ((row.cells[name] ?? "") === text) continue;
        row.seen[name] = seen;
        row.cells[name] = text;
      }
    }
  }
}

// What somebody else left on this device, and on signing out one's own, is not kept.
function forgetOthers(person) {
  try {
    for (const name of Object.keys(localStorage)) {
      const left = name.startsWith("minyi-drafts:") && !name.startsWith(`minyi-drafts:${person}:`);
      if (left) localStorage.removeItem(name);
    }
  } catch {
    // Storage is off.
  }
}

document.addEventListener("submit", ({ target }) => {
  if (target.getAttribute("action") === "/account/logout") forgetOthers("nobody");
});
