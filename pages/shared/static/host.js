// The chart host: the tiles and charts of one section, and what was clicked in it.

import { Chart } from "./chart.js";
import { load, make } from "./dom.js";
import { drawWaiting } from "./drawing.js";
import { tile, wide } from "./tile.js";

const hosts = new WeakMap(); // Streamlit's container → the host in it

// Streamlit calls this at the start and whenever the cards change.
export default async function show({ parentElement, data, setTriggerValue }) {
  if (data.cards.some((card) => card.figure)) load("script", data.assets.plotly).catch(() => {});
  await load("link", data.assets.style);
  const host = hosts.get(parentElement) ?? new Host(parentElement);
  hosts.set(parentElement, host);
  host.open = (target) => setTriggerValue("target", target);
  host.show(data);
  return () => parentElement.isConnected || host.charts.forEach((chart) => chart.forget());
}

class Host {
  constructor(container) {
    this.tiles = make("div", { className: "tiles" });
    this.grid = make("div", { className: "charts" });
    this.root = make("div", { className: "minyi-host" }, this.tiles, this.grid);
    this.charts = new Map();
    container.append(this.root);
  }

  show({ cards, labels, assets }) {
    Object.assign(this, { labels, assets });
    this.showTiles(cards.filter((card) => card.kind === "tile"));
    this.showCharts(cards.filter((card) => card.kind === "chart"));
    drawWaiting();
  }

  showTiles(cards) {
    const text = JSON.stringify(cards);
    if (text === this.shownTiles) return;
    this.shownTiles = text;
    // Eight tiles stand as 4 + 4, not as 6 + 2.
    const rows = Math.ceil(cards.length / 6) || 1;
    this.tiles.style.setProperty("--columns", Math.max(Math.ceil(cards.length / rows), 3));
    this.tiles.style.setProperty("--ems", Math.max(...cards.map(wide))); // one size for all
    this.tiles.replaceChildren(...cards.map((card) => tile(card, (target) => this.open(target))));
  }

  showCharts(cards) {
    const gone = new Map(this.charts);
    for (const card of cards) {
      if (!gone.delete(card.code)) this.charts.set(card.code, new Chart(this));
      this.charts.get(card.code).show(card);
    }
    for (const [code, chart] of gone) {
      chart.forget();
      this.charts.delete(code);
    }
    const order = cards.map((card) => this.charts.get(card.code).node);
    if (order.some((node, place) => node !== this.grid.children[place])) this.grid.append(...order);
  }
}
