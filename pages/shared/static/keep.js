// Keeps what is in a form of Streamlit's as a draft: what is chosen, as the last run has it, and
// the texts as they stand in the page. What is saved need not be asked about on leaving.

import { make } from "./dom.js";

const LOOK = 700; // milliseconds
const PAUSES = [1, 2, 4, 8, 15]; // seconds between tries while the server can't be reached
const OUTLIVES = 20_000; // characters of a request that is sent though the page is being closed
const TEXTS = '[data-testid="stTextInput"] input, [data-testid="stTextArea"] textarea';
const HIDDEN = '[class*="st-key-hidden-"]'; // what the page itself notes there (forms.py)
const keepers = new Map(); // form → the keeper of its present round

// Streamlit calls this at the start and whenever the data change.
export default function show({ parentElement, data, setTriggerValue }) {
  let keeper = keepers.get(data.form);
  const known = keeper?.token === data.token && keeper.version >= data.version;
  if (!known) {
    keeper?.stop();
    keeper = new Keeper(data);
    keepers.set(data.form, keeper);
  }
  keeper.start(parentElement, data, (fields) => setTriggerValue("apart", fields));
  return () => keeper.stop();
}

class Keeper {
  constructor({ token, version, fresh }) {
    Object.assign(this, { token, version, begun: version === 0 });
    this.fields = {}; // as they are now
    this.first = {}; // as they were before anybody typed
    this.kept = {}; // as the server has them
    this.drawn = new Set();
    this.known = fresh || version > 0; // else this code came late, and what is there is not saved
    this.state = ""; // saved · offline · refused · elsewhere · sent
    this.failed = 0;
  }

  start(place, data, apart) {
    Object.assign(this, { place, data, apart, next: 0, ended: false });
    this.timer ??= setInterval(() => this.look(), LOOK);
    this.read();
    this.say();
  }

  stop() {
    clearInterval(this.timer);
    this.timer = undefined;
    this.flush();
    this.ended = true;
  }

  // What the page shows. A text stays known when its field goes away for a moment.
  read() {
    const own = `st-key-${this.token}-`;
    const texts = {};
    for (const part of document.querySelectorAll(`[class*="${own}"]`)) {
      part.dataset.kept = ""; // not asked about by leave.js
      const field = part.querySelector(TEXTS);
      const key = [...part.classList].find((name) => name.startsWith(own));
      const is = field && key && !part.querySelector(`[class*="${own}"]`) && !part.closest(HIDDEN);
      if (is && this.isDrawn(key.slice(own.length), field)) texts[key.slice(own.length)] = field.value;
    }
    this.texts = { ...this.texts, ...texts };
    this.fields = { ...this.data.fields, ...this.texts };
    for (const [name, value] of Object.entries(this.fields)) {
      if (name in this.first) continue;
      this.first[name] = this.data.fields[name] ?? value;
      if (this.known) this.kept[name] = this.first[name];
    }
  }

  // Streamlit draws a field empty and then puts back what the run says of it.
  isDrawn(name, field) {
    const told = this.data.fields[name];
    if (!told || field.value === told || field === document.activeElement) this.drawn.add(name);
    return this.drawn.has(name);
  }

  get unsaved() {
    return differ(this.fields, this.kept);
  }

  look() {
    this.read();
    if (Date.now() >= this.next) this.send();
  }

  // At once: the page may be about to go.
  flush() {
    this.read();
    this.send();
  }

  async send() {
    if (this.flying || this.state === "elsewhere" || this.state === "sent" || !this.unsaved) return;
    const fields = { ...this.fields };
    const blank = this.begun && !differ(fields, this.first);
    this.flying = true;
    try {
      const { status, answer } = await this.ask(blank ? {} : fields);
      if (status === 200) this.take(answer, fields);
      else this.retry(status < 500 ? answer.sentence : "");
    } catch {
      this.retry("");
    }
    this.flying = false;
    if (!this.ended) this.say();
    else if (this.state === "saved") this.send(); // what was typed while this was on its way
  }

  take({ state, version }, fields) {
    this.failed = 0;
    this.state = state === "open" ? "saved" : state;
    if (state === "elsewhere") this.theirs = version;
    else this.version = version; // of one that was emptied elsewhere: who types on has it again
    if (state !== "open") return;
    this.kept = fields;
    if (!this.ended) this.name();
  }

  retry(sentence) {
    this.state = sentence ? "refused" : "offline";
    this.sentence = sentence;
    this.next = Date.now() + PAUSES[Math.min(this.failed, PAUSES.length - 1)] * 1000;
    this.failed += 1;
  }

  // A refresh of this page, or its own return, goes on with this draft.
  name() {
    const address = new URL(location.href);
    if (address.searchParams.get("draft") === this.token) return;
    address.searchParams.set("draft", this.token);
    history.replaceState(history.state, "", address);
  }

  async ask(fields) {
    const { address, person, csrf, form, token } = this.data;
    const body = JSON.stringify({ person, form, token, version: this.version, fields });
    const response = await fetch(address, {
      method: "POST",
      keepalive: body.length < OUTLIVES,
      headers: { accept: "application/json", "content-type": "application/json", "x-minyi-csrf": csrf },
      body,
    });
    return { status: response.status, answer: await response.json().catch(() => ({})) };
  }

  say() {
    const { words } = this.data;
    const line = make("p", { className: `minyi-kept ${this.state}` });
    line.setAttribute("role", "status");
    line.textContent = this.state === "refused" ? this.sentence : (words[this.state] ?? "");
    const act = { elsewhere: () => this.prevail(), sent: () => this.apart(this.fields) }[this.state];
    const label = words[{ elsewhere: "mine", sent: "apart" }[this.state]];
    if (act) line.append(make("button", { type: "button", textContent: label, onclick: act }));
    const now = this.place.querySelector(".minyi-kept");
    if (now?.textContent === line.textContent && now.className === line.className) return;
    now?.remove();
    this.place.append(line);
  }

  // The person decided for what is on this page.
  prevail() {
    this.version = this.theirs;
    this.state = "saved";
    this.send();
  }
}

function differ(one, other) {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].some((name) => JSON.stringify(one[name]) !== JSON.stringify(other[name]));
}

const each = (act) => [...keepers.values()].filter((one) => !one.ended).forEach(act);
document.addEventListener("visibilitychange", () => document.hidden && each((one) => one.flush()));
addEventListener("pagehide", () => each((one) => one.flush()));
addEventListener("online", () => each((one) => (one.next = 0)));
addEventListener("beforeunload", (event) => {
  each((one) => {
    one.read();
    const fails = one.state && one.state !== "saved"; // else it is sent as the page goes
    if (fails && one.unsaved) event.preventDefault();
  });
});
