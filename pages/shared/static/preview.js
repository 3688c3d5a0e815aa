// A page's slides as they will look on the screen, as wide as their place.

import { load } from "./dom.js";
import { drawChart } from "./slides.js";

const WIDE = 1920;
const sizes = new ResizeObserver((entries) => entries.forEach(({ target }) => fit(target)));

export default async function show({ parentElement, data }) {
  await load("link", data.style);
  let box = parentElement.querySelector(".slides");
  if (!box) {
    box = Object.assign(document.createElement("div"), { className: "slides" });
    parentElement.append(box);
    sizes.observe(box);
  }
  if (box.shown !== data.html) {
    box.shown = data.html;
    box.innerHTML = data.html;
  }
  fit(box);
  if (!box.querySelector(".plot")) return;
  await load("script", data.plotly);
  box.querySelectorAll(".slide").forEach((slide) => drawChart(slide));
}

function fit(box) {
  box.style.setProperty("--scale", box.clientWidth / WIDE);
}
