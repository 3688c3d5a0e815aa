// When figures are drawn: what is on screen first, one after another, and only what has changed.

import { load } from "./dom.js";

const near = new Set(); // charts on screen or a little below it
const watched = new Map(); // a figure's element → its chart
let drawing = false;

const reach = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      const chart = watched.get(target);
      if (chart) near[isIntersecting ? "add" : "delete"](chart);
    }
    drawWaiting();
  },
  { rootMargin: "300px 0px", scrollMargin: "300px 0px" },
);
const sizes = new ResizeObserver((entries) => {
  for (const { target } of entries) watched.get(target)?.fit();
});

export function watch(chart) {
  watched.set(chart.figure, chart);
  reach.observe(chart.figure);
  sizes.observe(chart.figure);
}

export function forget(chart) {
  watched.delete(chart.figure);
  near.delete(chart);
  reach.unobserve(chart.figure);
  sizes.unobserve(chart.figure);
}

export async function drawWaiting() {
  if (drawing) return;
  drawing = true;
  for (let chart; (chart = next()); ) {
    await load("script", chart.host.assets.plotly).catch(() => {}); // the chart then says so
    chart.draw();
    await new Promise((done) => setTimeout(done)); // lets clicks and scrolling through
  }
  drawing = false;
}

function next() {
  const waiting = [...near].filter((chart) => chart.waiting);
  return waiting.find(onScreen) ?? waiting[0];
}

function onScreen({ figure }) {
  const { top, bottom } = figure.getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
}

function toPaper() {
  for (const chart of window.Plotly ? watched.values() : []) {
    chart.host.root.classList.add("for-paper");
    if (chart.waiting) chart.draw();
    else chart.fit(true);
    scale(chart.figure, chart.figure._fullLayout);
  }
}

// Its pictures fill the figure's box, whatever the size of that on paper; without a size, no more.
function scale(figure, { width, height } = {}) {
  figure.style.setProperty("--drawn", width ? `${width} / ${height}` : "");
  for (const picture of figure.querySelectorAll(".main-svg")) {
    if (width) picture.setAttribute("viewBox", `0 0 ${width} ${height}`);
    else picture.removeAttribute("viewBox");
  }
}

function toScreen() {
  for (const chart of watched.values()) {
    chart.host.root.classList.remove("for-paper");
    scale(chart.figure);
    chart.fit(true);
  }
}

addEventListener("beforeprint", toPaper);
addEventListener("afterprint", toScreen);
