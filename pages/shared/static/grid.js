// The batch grid: a month of a community's activities in rows that are saved as they are typed.

import { load, make } from "./dom.js";
import { Acts } from "./grid-acts.js";
import { Calm } from "./grid-calm.js";
import { Keys } from "./grid-keys.js";
import { plain } from "./grid-paste.js";
import { Picker } from "./grid-pick.js";
import { RowView, say } from "./grid-row.js";
import { amount, isLocked, isOpen, Store } from "./grid-store.js";
import { Sync } from "./grid-sync.js";

const sheets = new Map(); // person, community, month → the store and its line to the server
const grids = new WeakMap(); // Streamlit's container → the grid in it
const MEASURE = "measure-";

// Streamlit calls this at the start and whenever the data change.
export default async function show({ parentElement, data }) {
  await load("link", data.style);
  const name = [data.place.person, data.place.community, data.place.month].join(" ");
  let grid = grids.get(parentElement);
  const same = grid?.name === name && grid.words === data.words;
  if (grid && JSON.stringify(grid.data) === JSON.stringify(data)) return undefined;
  if (!same) {
    grid?.forget();
    grid = new Grid(parentElement, name, data);
    grids.set(parentElement, grid);
  }
  return () => parentElement.isConnected || grid.forget();
}

function sheetOf(name, place) {
  if (!sheets.has(name)) {
    const store = new Store(place);
    sheets.set(name, { store, sync: new Sync(store) });
  }
  Object.assign(sheets.get(name).store.place, place);
  return sheets.get(name);
}

addEventListener("beforeunload", (event) => {
  if ([...sheets.values()].some(({ store }) => store.unsaved)) event.preventDefault();
});

class Grid extends Acts {
  constructor(container, name, data) {
    super();
    Object.assign(this, { name, data, ...data, ...sheetOf(name, data.place) });
    this.narrow = matchMedia("(max-width: 640px)").matches;
    this.kinds = new Map(data.types.flatMap((kind) => kind.names.map((one) => [plain(one), kind])));
    this.byCode = new Map(data.types.map((kind) => [kind.code, kind]));
    this.views = new Map();
    this.changed = new Set();
    this.columns = [];
    this.headings = this.knownHeadings();
    this.draw(container);
    this.picker = new Picker(this);
    this.root.append(this.picker.list);
    this.keys = new Keys(this);
    this.calm = new Calm(this);
    this.watch = (row, gone) => this.heard(row, gone);
    this.store.watchers.add(this.watch);
    if (this.store.loaded) this.sync.poll(""); // all of it: the language may be another one
    else this.sync.load();
    this.later();
  }

  forget() {
    this.store.watchers.delete(this.watch);
    for (const part of [this.keys, this.picker, this.calm]) part.forget();
    this.root.remove();
  }

  draw(container) {
    const { words } = this;
    const button = (text, act, className = "") => {
      const node = make("button", { type: "button", textContent: text, className });
      node.addEventListener("click", act);
      return node;
    };
    this.banner = make("div", { className: "banner", role: "alert", hidden: true });
    this.sendButton = button(words.submitNone, () => this.submit(), "primary");
    this.undoButton = button(words.undo, () => this.undo());
    this.likeButton = button(words.likeLast, () => this.likeLastMonth());
    this.status = make("span", { className: "status", role: "status" });
    this.counts = make("span", { className: "counts" });
    this.message = make("p", { className: "message", role: "status", hidden: true });
    this.empty = make("p", { className: "start", textContent: words.loading });
    this.head = make("thead");
    this.foot = make("tfoot");
    this.table = make("table", { ariaLabel: words.table }, this.head, this.foot);
    const add = button(words.addRow, () => this.addRow());
    this.root = make("div", { className: "minyi-grid" },
      make("div", { className: "top" }, this.banner,
        make("div", { className: "bar" }, this.sendButton, add, this.likeButton, this.undoButton,
          this.counts, this.status)),
      this.message, this.empty,
      make("div", { className: "room" }, this.table),
      make("details", { className: "help" }, make("summary", { textContent: words.helpTitle }),
        ...words.help.map(([keys, what]) => make("p", {}, make("kbd", { textContent: keys }), ` ${what}`))));
    container.append(this.root);
  }

  // One drawing for all that changed meanwhile: a paste changes thousands of cells.
  later(row) {
    if (row) this.changed.add(row);
    else this.all = true;
    this.drawing ??= setTimeout(() => this.refresh(), 0);
  }

  refresh() {
    this.drawing = undefined;
    if (!this.root.isConnected) return;
    const rows = this.all ? this.store.shown : [...this.changed];
    this.all = false;
    this.changed.clear();
    if (this.store.loaded) this.store.spare();
    this.showColumns();
    this.showRows();
    rows.forEach((row) => this.views.get(row.key)?.update());
    this.showState();
    this.picker.place();
  }

  showColumns() {
    const columns = this.columnsInUse();
    const mark = columns.map((column) => column.field).join();
    if (mark === this.shownColumns) return;
    this.shownColumns = mark;
    this.columns = columns;
    const heading = (text, unit, kind) => make("th", { scope: "col", className: kind },
      text, unit ? make("small", { textContent: unit }) : "");
    this.head.replaceChildren(make("tr", {}, heading(this.words.state, "", "state"),
      ...columns.map(({ label, unit, kind }) => heading(label, unit, kind)), heading("", "", "end")));
    this.views.forEach((view) => view.arrange());
  }

  showRows() {
    const rows = this.store.loaded ? this.store.shown : [];
    const wanted = new Set(rows.map((row) => row.key));
    for (const [key, view] of this.views) {
      if (!wanted.has(key)) {
        view.node.remove();
        this.views.delete(key);
      }
    }
    let [next, moved] = [this.foot, false];
    for (const row of rows.toReversed()) {
      if (!this.views.has(row.key)) {
        this.views.set(row.key, new RowView(this, row));
        next.before(this.views.get(row.key).node);
        moved = true;
      }
      next = this.views.get(row.key).node;
    }
    if (moved) this.later();
  }

  showState() {
    const { words, store, sync } = this;
    const { counted, filled, unsaved } = store;
    const count = (state) => filled.filter((row) => isOpen(row, state)).length;
    const ready = count("ready");
    this.sendButton.textContent = ready ? say(words.submit, { count: ready }) : words.submitNone;
    this.sendButton.disabled = !ready || Boolean(this.busy);
    this.undoButton.disabled = !store.past.length;
    const parts = ["conflict", "invalid", "ask", "draft"].filter(count)
      .map((state) => this.leadsTo(state, `${words.states[state]} ${count(state)}`));
    const gone = filled.length - counted.length;
    const sent = filled.filter(isLocked).length - gone;
    if (sent) parts.push(`${words.states.submitted} ${sent}`);
    if (gone) parts.push(`${words.states.void} ${gone}`);
    const shown = [say(words.rows, { count: filled.length }), ...parts];
    const text = shown.map((part) => part.textContent ?? part).join(" · ");
    if (this.counts.textContent !== text) {
      this.counts.replaceChildren(...shown.flatMap((part, place) => (place ? [" · ", part] : [part])));
    }
    this.likeButton.hidden = filled.length > 0;
    this.empty.hidden = store.loaded && filled.length > 0;
    this.empty.textContent = store.loaded ? words.empty : words.loading;
    const state = unsaved ? (sync.link === "ok" ? "saving" : sync.link) : sync.link === "refused" ? "ok" : sync.link;
    this.status.textContent = words.links[state] ?? "";
    this.status.className = `status ${state}`;
    const cut = ["offline", "signed-out", "refused"].includes(sync.link) && (unsaved || sync.link !== "refused");
    this.banner.hidden = !cut;
    const sentence = cut ? this.trouble(sync, unsaved) : "";
    if (this.banner.dataset.said !== sentence) {
      this.banner.dataset.said = sentence;
      this.banner.replaceChildren(sentence, ...(sync.link === "signed-out" ? [this.signIn()] : []));
    }
    this.showTotals(counted);
  }

  trouble(sync, unsaved) {
    const { words } = this;
    const waits = unsaved ? ` ${say(words.waiting, { count: unsaved })}` : "";
    return `${sync.sentence || words.troubles[sync.link]}${waits}`;
  }

  signIn() {
    return make("a", { href: "/account/login", target: "_blank", textContent: this.words.signIn });
  }

  showTotals(rows) {
    const cells = this.columns.map((column) => {
      const cell = make("td", { className: column.kind });
      if (column.kind !== "number") return cell;
      const values = rows.map((row) => amount(row, column.field)).filter(Number.isFinite);
      const sum = values.reduce((total, value) => total + value, 0);
      cell.textContent = values.length ? Number(sum.toFixed(3)).toLocaleString("en-US") : "—";
      cell.dataset.label = column.label;
      return cell;
    });
    const head = make("th", { scope: "row", className: "state", textContent: this.words.total });
    const row = make("tr", {}, head, ...cells, make("td", { className: "end" }));
    this.foot.hidden = rows.length < 2;
    if (this.foot.firstChild?.textContent !== row.textContent
      || this.foot.firstChild?.childElementCount !== row.childElementCount) this.foot.replaceChildren(row);
  }

  columnsInUse() {
    const used = new Set();
    for (const row of this.store.shown) {
      this.typeOf(row)?.measures.forEach((code) => used.add(code));
      for (const [field, text] of Object.entries(row.cells)) {
        if (text && field.startsWith(MEASURE)) used.add(field.slice(MEASURE.length));
      }
    }
    const measures = this.data.measures.filter(({ code }) => used.has(code)).map(measureColumn);
    const [note, ...rest] = this.data.columns.toReversed();
    return [...rest.toReversed(), ...measures, note].map((column) => this.withChoices(column));
  }

  withChoices(column) {
    const lists = { type: () => this.typeChoices(), communities: () => this.data.communities,
      partners: () => this.data.partners };
    return column.field in lists
      ? { ...column, choices: lists[column.field], several: column.field !== "type" } : column;
  }

  // What the person used last comes first.
  typeChoices() {
    const recent = this.data.recent.map((code) => this.byCode.get(code)).filter(Boolean)
      .map(({ label }) => ({ label, group: this.words.recent }));
    const all = this.data.types.filter(({ active }) => active)
      .map(({ label, domain }) => ({ label, group: domain, also: domain }));
    return [...recent, ...all];
  }

  knownHeadings() {
    const known = new Map();
    const names = this.data.measures.flatMap(({ code, names: own }) => own.map((one) => [one, MEASURE + code]));
    for (const [name, field] of [...names, ...this.data.headings]) known.set(plain(name), field);
    return known;
  }

  get fields() {
    return this.columns.map((column) => column.field);
  }

  column(field) {
    return this.columns.find((column) => column.field === field) ?? {};
  }

  labelOf(field) {
    const measure = this.data.measures.find(({ code }) => MEASURE + code === field);
    return measure?.label ?? this.column(field).label ?? this.words.labels[field] ?? field;
  }

  input(row, field) {
    return this.views.get(row.key)?.inputs.get(field);
  }

  focus(row, field) {
    const input = this.input(row, field);
    input?.focus();
    input?.closest("td").scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  typeOf(row) {
    const text = row.cells.type ?? "";
    if (!text) return undefined;
    return this.kinds.get(plain(text)) ?? (text === row.seen.type ? this.byCode.get(row.type_code) : undefined);
  }

  type(row, field, text, wait, group) {
    this.store.set(row, field, text, group);
    this.sync.soon(wait);
  }

  typed(input, text, wait) {
    const at = this.keys.at(input);
    if (at) this.type(at.row, at.field, text, wait, this.keys.group);
    input.value = text;
  }
}

function measureColumn({ code, label, unit }) {
  return { field: MEASURE + code, measure: code, label, unit, kind: "number" };
}
