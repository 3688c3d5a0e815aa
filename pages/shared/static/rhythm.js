// The calendar board: a table of marks where there is room, a list by day where there is not.

import { load, make } from "./dom.js";

const NARROW = "(max-width: 760px)";
const boards = new WeakMap(); // Streamlit's container → what is in it

// Streamlit calls this at the start and whenever the month changes.
export default async function show({ parentElement, data, setTriggerValue }) {
  await load("link", data.style);
  const root = boards.get(parentElement) ?? make("div", { className: "minyi-rhythm" });
  if (!boards.has(parentElement)) parentElement.append(root);
  boards.set(parentElement, root);
  const open = (code) => setTriggerValue("occasion", code);
  const narrow = matchMedia(NARROW);
  const draw = () => root.replaceChildren(legend(data), (narrow.matches ? list : table)(data, open));
  const text = JSON.stringify(data);
  narrow.onchange = draw;
  if (root.shown !== text) draw();
  root.shown = text;
  root.onclick = ({ target }) => {
    const mark = target.closest("button[data-code]");
    if (mark) open(mark.dataset.code);
  };
  return () => { narrow.onchange = null; };
}

function legend({ states }) {
  const parts = states.map(({ state, mark, word, count }) => make(
    "span", { className: "key" },
    make("i", { className: `mark ${state}`, textContent: mark }), `${word} ${count}`,
  ));
  return make("p", { className: "legend" }, ...parts);
}

function button({ states }, { code, state, said }, extra = "") {
  const textContent = states.find((one) => one.state === state).mark;
  const node = make("button", { className: `mark ${state} ${extra}`, title: said, textContent });
  node.type = "button";
  node.dataset.code = code;
  node.setAttribute("aria-label", said);
  return node;
}

// Communities as rows, days as columns. One stop for the tab key, arrows go from mark to mark.
function table(data) {
  const { days, rows, labels } = data;
  const cell = (tag, day, ...children) => make(
    tag, { className: `${day.off ? "off" : ""} ${day.today ? "today" : ""}` }, ...children,
  );
  const heads = days.map((day) => cell(
    "th", day,
    make("b", { textContent: day.label }), make("small", { textContent: day.weekday }),
    make("em", { textContent: day.note, title: day.long }),
  ));
  const body = rows.map(({ name, own, marks }) => make(
    "tr", { className: own ? "own" : "" },
    make("th", { scope: "row", textContent: name }),
    ...days.map((day) => cell(
      "td", day, ...marks.filter((one) => one.day === day.day).map((one) => button(data, one)),
    )),
  ));
  const first = make("th", { scope: "col", textContent: labels.community });
  const node = make(
    "table", {}, make("thead", {}, make("tr", {}, first, ...heads)), make("tbody", {}, ...body),
  );
  node.querySelectorAll("button").forEach((mark, place) => { mark.tabIndex = place ? -1 : 0; });
  node.onkeydown = (event) => walk(event, node);
  return make("div", { className: "sheet" }, node);
}

function walk(event, node) {
  const from = event.target.closest("button");
  const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (!from || !step) return;
  const sideways = event.key === "ArrowLeft" || event.key === "ArrowRight";
  const column = (mark) => mark.closest("td").cellIndex;
  const all = [...node.querySelectorAll("button")].filter(
    (mark) => sideways || column(mark) === column(from),
  );
  const to = all[all.indexOf(from) + step];
  if (!to) return;
  event.preventDefault();
  from.tabIndex = -1;
  to.tabIndex = 0;
  to.focus();
}

// Day by day, today on top and open; the others unfold.
function list(data) {
  const { rows } = data;
  const days = [...data.days].sort((one, other) => other.today - one.today);
  return make("div", { className: "days" }, ...days.map((day) => {
    const found = rows.flatMap(({ name, marks }) => marks
      .filter((one) => one.day === day.day).map((one) => ({ ...one, name })));
    if (!found.length) return "";
    const counts = data.states.map(({ state, mark }) => {
      const count = found.filter((one) => one.state === state).length;
      return count ? make("span", { className: "count" },
        make("i", { className: `mark ${state}`, textContent: mark }), `${count}`) : "";
    });
    const lines = found.map((one) => {
      const line = button(data, one, "line");
      const mark = make("i", { className: `mark ${one.state}`, textContent: line.textContent });
      line.replaceChildren(mark, make("span", { textContent: `${one.name} · ${one.title}` }));
      return line;
    });
    const head = make("summary", {},
      make("b", { textContent: `${day.long_label} ${day.weekday}` }),
      make("em", { textContent: day.today ? data.labels.today : day.long }), ...counts);
    return make("details", { open: day.today, className: day.today ? "today" : "" }, head, ...lines);
  }));
}
