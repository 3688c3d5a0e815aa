// Draws the charts of slides: as large as their box, and no letter smaller than 24 px.

const LEAST = 24.4; // px on a slide of 1920 × 1080
const AXIS = { exponentformat: "none", separatethousands: true }; // as in chart.js
const TEMPLATE = { layout: { dragmode: false, xaxis: AXIS, yaxis: AXIS } };
const CONFIG = { displayModeBar: false, scrollZoom: false, doubleClick: false };

// Draw a slide's chart, again if its box has another size; `open` hears the label of a point.
export function drawChart(slide, open = () => {}) {
  const box = slide.querySelector(".plot");
  if (!box?.clientWidth || !window.Plotly) return;
  const size = `${box.clientWidth} ${box.clientHeight}`;
  if (box.dataset.size === size) return;
  box.dataset.size = size;
  let least = 12;
  const { data, layout } = JSON.parse(box.parentElement.querySelector("script").textContent, (key, part) => {
    if (/font$/.test(key)) least = Math.min(least, ...[part.size ?? least].flat());
    return part;
  });
  // Drawn small and scaled up: letters, points, lines and margins grow alike.
  const room = slide.classList.contains("large") ? (1.35 * box.clientHeight) / box.dataset.height : 0;
  const scale = Math.max(LEAST / least, Math.min(room, 3.4));
  const width = box.clientWidth / scale;
  const height = box.clientHeight / scale;
  if (height < box.dataset.height) unfold(layout.yaxis);
  const first = !box.firstElementChild;
  if (first) box.append(document.createElement("div"));
  const plot = box.firstElementChild;
  plot.style.transform = `scale(${scale})`;
  window.Plotly.react(plot, data, { template: TEMPLATE, ...layout, autosize: false, width, height }, CONFIG);
  if (first) plot.on("plotly_click", ({ points }) => open(label(points[0]), points[0].customdata));
}

// Where rows are narrower than they were made for, their names stand on one line.
function unfold(axis) {
  if (!axis?.ticktext) return;
  const gap = document.documentElement.lang.startsWith("zh") ? "" : " ";
  axis.ticktext = axis.ticktext.map((text) => String(text).replaceAll("<br>", gap));
  axis.automargin = true;
}

// What a point is called: its hover text begins with it in bold.
function label({ hovertext = "", text = "" }) {
  const found = /<b>(.*?)<\/b>/.exec(hovertext || text);
  return (found?.[1] ?? "").replaceAll("<br>", "");
}

// Mark the row of a label among the figures behind a chart.
export function mark(data, name) {
  for (const row of data.querySelectorAll("tbody tr")) {
    const cells = [...row.cells].map((cell) => cell.textContent);
    const there = name !== "" && cells.some((text) => text === name);
    row.classList.toggle("there", there);
    if (there) row.scrollIntoView({ block: "nearest" });
  }
}
