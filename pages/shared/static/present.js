// The presentation: one slide at a time, by keys, fingers or by itself; all of it is in the page.

import { drawChart, mark } from "./slides.js";
import { openSpeaker, tellSpeaker, tickSpeaker } from "./speaker.js";

const [WIDE, TALL, NARROW] = [1920, 1080, 1000]; // px of a slide, and of one held upright
const $ = (id) => document.getElementById(id);
const stage = $("stage");
const slides = stage.getElementsByClassName("slide"); // grows while the page is still coming
const auto = Number(new URLSearchParams(location.search).get("auto")) * 1000;
const PAGES = {
  records: "/records?", feedback: "/feedback?", community: "/community?communities=",
  domain: "/domain?domain=", satisfaction: "/satisfaction?period=", page: "/",
};
const wanted = Number(location.hash.slice(1)) - 1; // what the address asked for
let at = 0;
let levels = [0]; // 0: the slide · 1: its chart alone · 2: the figures behind the chart
let [typed, timer, resting, touched] = ["", 0, 0, null];

const KEYS = {
  ArrowRight: () => show(at + 1), PageDown: () => show(at + 1), " ": () => show(at + 1),
  ArrowLeft: () => show(at - 1), PageUp: () => show(at - 1),
  Home: () => show(0), End: () => show(slides.length - 1),
  ArrowDown: () => drill(levels.at(-1) + 1), ArrowUp: back, Escape: back, Backspace: back,
  Enter: () => (typed ? show(typed - 1) : drill(levels.at(-1) + 1)),
  b: () => document.body.classList.add("black"), ".": () => document.body.classList.add("black"),
  f: fullScreen, n: notes, p: () => (timer ? stop() : wait()),
  "?": () => $("help").showModal(),
};

function press(key) {
  wake();
  if (document.body.classList.contains("black")) return document.body.classList.remove("black");
  KEYS[key.length === 1 ? key.toLowerCase() : key]?.();
  typed = /^\d$/.test(key) ? typed + key : "";
}

function show(place) {
  drop();
  at = Math.min(Math.max(place, 0), Math.max(slides.length - 1, 0));
  [...slides].forEach((slide, n) => {
    slide.classList.toggle("on", n === at);
    slide.inert = n !== at;
  });
  if (!slides[at]) return;
  scrollTo(0, 0);
  draw(slides[at]);
  if (document.readyState !== "loading") history.replaceState(null, "", `#${at + 1}`);
  if (timer) wait();
  tell();
}

// The number of the slide, to those who see, who hear, and who speak.
function tell() {
  const count = document.readyState === "loading" ? "…" : slides.length;
  const place = `${at + 1} / ${count}`;
  $("place").textContent = place;
  $("spoken").textContent = `${at + 1} ${slides[at]?.ariaLabel ?? ""}`;
  stage.style.setProperty("--done", (at + 1) / Math.max(slides.length, 1));
  tellSpeaker(place, slides[at], slides[at + 1]);
}

function draw(slide) {
  drawChart(slide, (name, target) => drill(2, name, target));
}

function drill(level, name = "", target = "") {
  const data = slides[at]?.querySelector(".data");
  if (!data || level > 2) return;
  if (level !== levels.at(-1)) levels.push(level);
  lay(level);
  mark(data, name);
  const [kind, rest] = String(target ?? "").split(/:(.*)/);
  $("records").hidden = level < 2 || !PAGES[kind];
  if (PAGES[kind]) $("records").href = PAGES[kind] + rest;
  if (level === 2) data.focus();
}

function back() {
  if (levels.length > 1) levels.pop();
  lay(levels.at(-1));
}

function drop() {
  levels = [0];
  lay(0);
}

function lay(level) {
  const slide = slides[at];
  const data = slide?.querySelector(".data");
  if (!data) return;
  slide.classList.toggle("large", level > 0);
  data.hidden = level < 2;
  $("records").hidden ||= level < 2;
  draw(slide);
}

function fit() {
  const upright = innerWidth < innerHeight;
  const scale = upright ? innerWidth / NARROW : Math.min(innerWidth / WIDE, innerHeight / TALL);
  stage.classList.toggle("upright", upright);
  stage.style.setProperty("--scale", scale);
  stage.style.setProperty("--height", `${innerHeight / scale}px`);
  [...slides].filter((slide) => slide.querySelector(".plot svg")).forEach(draw);
}

function fullScreen() {
  if (document.fullscreenElement) return document.exitFullscreen();
  // Else Esc would leave the full screen instead of leading back from a chart.
  document.documentElement.requestFullscreen().then(() => navigator.keyboard?.lock?.(["Escape"]));
}

function notes() {
  if (!document.querySelector('#bar [data-key="n"]')) return; // they are not in this page
  if (!openSpeaker({ onkeydown: heard, onclick: clicked })) return $("blocked").showModal();
  tell();
  tick();
}

function wait() {
  clearInterval(timer);
  timer = setInterval(() => show((at + 1) % slides.length), auto || 20000);
  document.body.classList.add("alone");
}

function stop() {
  clearInterval(timer);
  timer = 0;
  document.body.classList.remove("alone");
}

function tick() {
  const now = new Date().toTimeString().slice(0, 5);
  $("clock").textContent = now;
  tickSpeaker(now);
}

// The pointer and the buttons go when nobody moves.
function wake() {
  document.body.classList.remove("idle");
  clearTimeout(resting);
  resting = setTimeout(() => document.body.classList.add("idle"), 2500);
}

function heard(event) {
  const known = KEYS[event.key] || KEYS[event.key.toLowerCase()] || /^\d$/.test(event.key);
  const asked = document.querySelector("dialog[open]");
  if (!known || asked || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest?.("button, a") && /^( |Enter)$/.test(event.key)) return;
  event.preventDefault();
  press(event.key);
}

function clicked(event) {
  const key = event.target.closest("[data-key]")?.dataset.key;
  if (key) press(key);
  else if (document.body.classList.contains("black")) press("b");
}

function swiped({ changedTouches: [{ clientX, clientY }] }) {
  const [x, y] = [clientX - touched.clientX, clientY - touched.clientY];
  if (Math.abs(x) > 60 && Math.abs(x) > 2 * Math.abs(y)) show(at + (x < 0 ? 1 : -1));
}

// Whatever a later slide needs is fetched and drawn now: then the network may go.
async function complete() {
  $("making").remove();
  show(at || wanted);
  for (const slide of [...slides]) {
    draw(slide);
    await new Promise((done) => setTimeout(done));
  }
  await document.fonts.load('24px "Minyi Sans"', document.body.textContent).catch(() => {});
  document.body.dataset.complete = "yes";
  if (auto) navigator.wakeLock?.request("screen").catch(() => {});
}

fit();
show(0);
tick();
wake();
if (auto) wait();
setInterval(tick, 1000);
if (document.readyState === "loading") addEventListener("DOMContentLoaded", complete);
else if (window.Plotly || document.readyState === "complete") complete();
else addEventListener("load", complete); // the drawing library is still to come
addEventListener("resize", fit);
addEventListener("keydown", heard);
addEventListener("click", clicked);
addEventListener("pointermove", wake);
addEventListener("dblclick", ({ target }) => target.closest(".plot") && drill(1));
addEventListener("touchstart", ({ touches }) => (touched = touches[0]), { passive: true });
addEventListener("touchend", swiped);
addEventListener("beforeprint", () => {
  drop();
  stage.classList.remove("upright");
  [...slides].forEach(draw);
});
addEventListener("afterprint", fit);
