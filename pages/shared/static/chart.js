// A chart's card: the finding as its title, the figure or its table, and where it comes from.

import { make } from "./dom.js";
import { downloadCsv, downloadPng } from "./download.js";
import { forget, watch } from "./drawing.js";

const CONFIG = { displayModeBar: false, scrollZoom: false, doubleClick: false };
const AXIS = { exponentformat: "none", separatethousands: true }; // 12,000 and never 12k
const HOVER = { font: { family: "inherit" } };
const DEFAULTS = { layout: { dragmode: false, hoverlabel: HOVER, xaxis: AXIS, yaxis: AXIS } };
const TARGET = /^[a-z]+:/; // what a click leads to, as in "community:c03"

export class Chart {
  constructor(host) {
    this.host = host;
    this.node = make("article");
    this.figure = make("div", { className: "figure", role: "img" });
    this.figure.onkeydown = (event) => this.key(event);
    this.spoken = make("p", { className: "spoken", ariaLive: "polite" });
    this.asTable = false;
    watch(this);
  }

  show(card) {
    const text = JSON.stringify([card, this.host.labels]);
    if (text === this.text) return;
    this.waiting = card.figure !== "" && (this.waiting || card.figure !== this.card?.figure);
    Object.assign(this, { text, card });
    this.node.className = `chart ${card.width}`;
    this.node.style.cssText = `--height: ${card.height}px; --least: ${card.least}px`;
    this.figure.ariaLabel = card.alt;
    this.figure.classList.toggle("waiting", this.waiting);
    this.lay();
  }

  lay() {
    const { card, asTable } = this;
    const text = (tag, className, textContent) => make(tag, { className, textContent });
    const room = card.least ? make("div", { className: "room" }, this.figure) : this.figure;
    const figure = card.figure ? room : text("p", "empty", card.empty);
    this.node.replaceChildren(
      text("h3", "", card.title), text("p", "subtitle", card.subtitle),
      asTable ? this.table() : figure, this.spoken,
      ...card.notes.map((note) => text("p", "note", note)),
      make(
        "footer", {}, text("span", "source", card.source),
        make("span", { className: "actions" }, ...this.buttons()),
      ),
    );
  }

  buttons() {
    const { card, asTable, host, host: { labels } } = this;
    const button = (label, name, onclick) =>
      make("button", { textContent: label, ariaLabel: `${name}:${card.title}`, onclick });
    const flip = () => {
      this.asTable = !asTable;
      this.lay();
      this.node.querySelector("footer button").focus();
    };
    const notes = () => host.open(`note:${card.code}`);
    const found = [];
    if (card.table.rows.length) {
      const label = asTable ? labels.chart : labels.table;
      found.push(button(label, label, flip), button("CSV", labels.csv, () => downloadCsv(card)));
    }
    if (labels.note && card.series.length) found.push(button(labels.note, labels.note, notes));
    if (card.figure) found.push(button("PNG", labels.png, () => downloadPng(card, this.figure)));
    return found;
  }

  table() {
    const { alt, table } = this.card;
    const isNumber = (place) => table.rows.some((values) => typeof values[place] === "number");
    const classes = table.columns.map((_, place) => (isNumber(place) ? "number" : ""));
    const row = (values, tag) =>
      make("tr", {}, ...values.map((value, place) =>
        make(tag, { textContent: value ?? "—", className: classes[place] })));
    const head = make("thead", {}, row(table.columns, "th"));
    const body = make("tbody", {}, ...table.rows.map((values) => row(values, "td")));
    const sheet = make("table", {}, head, body);
    return make("div", { className: "sheet", tabIndex: 0, role: "region", ariaLabel: alt }, sheet);
  }

  draw() {
    const { card, figure } = this;
    const { Plotly } = window;
    const listening = Boolean(figure.on);
    this.waiting = false;
    try {
      const { data, layout } = JSON.parse(card.figure);
      Plotly.react(figure, data, { template: DEFAULTS, ...layout, autosize: true }, CONFIG);
      if (!listening) this.listen();
    } catch (error) {
      console.error(error);
      Plotly?.purge(figure);
      figure.textContent = this.host.labels.failed;
    }
    this.stops = stops(figure.data ?? []);
    this.at = -1;
    figure.tabIndex = this.stops.length ? 0 : -1;
    figure.classList.remove("waiting");
  }

  listen() {
    const { figure } = this;
    figure.on("plotly_click", ({ points }) => this.go(points));
    figure.on("plotly_hover", ({ points }) => {
      figure.classList.toggle("leads", Boolean(target(points)));
    });
    figure.on("plotly_unhover", () => figure.classList.remove("leads"));
  }

  go(points) {
    const found = target(points);
    if (found) this.host.open(found);
  }

  // Arrow keys walk over the points that lead somewhere, Enter goes there.
  key(event) {
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const { figure, stops } = this;
    if (event.key === "Enter" && this.at >= 0) this.go([stops[this.at]]);
    if (!by || !stops?.length) return;
    event.preventDefault();
    const count = stops.length;
    this.at = this.at < 0 && by < 0 ? count - 1 : (this.at + by + count) % count;
    const { curveNumber, pointNumber } = stops[this.at];
    window.Plotly.Fx.hover(figure, [{ curveNumber, pointNumber }]);
    clearTimeout(this.saying);
    this.saying = setTimeout(() => this.say(), 100); // Plotly may show the words a moment later
  }

  say() {
    const lines = [...this.figure.querySelectorAll(".hoverlayer text")]
      .flatMap((text) => (text.children.length ? [...text.children] : text));
    this.spoken.textContent = lines.map((line) => line.textContent).join(" ").trim();
  }

  // The figure takes the size of its box, now or when the box has come to rest.
  fit(now) {
    const { figure } = this;
    if (!figure.on || !figure.offsetWidth) return;
    const { width, height } = figure._fullLayout;
    const off = Math.abs(figure.offsetWidth - width) + Math.abs(figure.offsetHeight - height);
    if (off < 2) return;
    if (now) window.Plotly.relayout(figure, { autosize: true });
    else window.Plotly.Plots.resize(figure);
  }

  forget() {
    forget(this);
    window.Plotly?.purge(this.figure);
    this.node.remove();
  }
}

const target = (points) =>
  points.map((point) => point.customdata).flat().find((value) => TARGET.test(value));

// The points that lead somewhere; those of a heat map stand in rows.
function stops(data) {
  const of = (curveNumber) => (customdata, pointNumber) =>
    Array.isArray(customdata)
      ? customdata.map((cell, column) => of(curveNumber)(cell, [pointNumber, column]))
      : { curveNumber, pointNumber, customdata };
  return data
    .flatMap(({ customdata = [] }, curve) => customdata.flatMap(of(curve)))
    .filter((point) => target([point]));
}
