// Keeps what is in a form of Streamlit's as a draft: what is chosen, as the last run has it, and
// the texts as they stand in the page. What is saved need not be asked about on leaving.

import { make } from "./dom.js";
import { pause, request } from "./line.js";

const LOOK = 700; // milliseconds
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
  constructor({ token, version, fresh, fields }) {
    Object.assign(this, { token, version, begun: version === 0 });
    this.fields = fields; // as they are now
    this.first = fields; // as they were before anybody typed
    // As the server has them. If this code came late, what is there by now is not saved.
    this.kept = fresh || version > 0 ? fields : {};
    this.texts = {};
    this.drawn = new Set();
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

  // As it was before anybody typed.
  isBlank(fields) {
    return this.begun && !differ(fields, this.first);
  }

  async send() {
    if (this.flying || this.state === "elsewhere" || this.state === "sent" || !this.unsaved) return;
    const fields = { ...this.fields };
    this.flying = true;
    try {
      const { status, answer } = await this.ask(this.isBlank(fields) ? {} : fields);
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
    if (this.isBlank(fields)) this.state = "";
    this.kept = fields;
    if (!this.ended) this.name();
  }

  retry(sentence) {
    this.state = sentence ? "refused" : "offline";
    this.sentence = sentence;
    this.next = Date.now() + pause(this.failed);
    this.failed += 1;
  }

  // A refresh of this page, or its own return, goes on with this draft.
  name() {
    const address = new URL(location.href);
    if (address.searchParams.get("draft") === this.token) return;
    address.searchParams.set("draft", this.token);
    history.replaceState(history.state, "", address);
  }

  ask(fields) {
    const { address, person, csrf, form, token } = this.data;
    return request("POST", address, csrf, { person, form, token, version: this.version, fields });
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

// A field that is not there is as good as an empty one.
function differ(one, other) {
  const said = (value) => (value && value.length !== 0 ? JSON.stringify(value) : "");
  return Object.keys({ ...one, ...other }).some((name) => said(one[name]) !== said(other[name]));
}

const each = (act) => [...keepers.values()].filter((one) => !one.ended).forEach(act);
document.addEventListener("visibilitychange", () => document.hidden && each((one) => one.flush()));
addEventListener("pagehide", () => each((one) => one.flush()));
addEventListener("online", () => each((one) => (one.next = 0)));
const leaving = (event) => {
  each((one) => {
    one.read();
    const fails = one.state && one.state !== "saved"; // else it is sent as the page goes
    if (fails && one.unsaved) event.preventDefault();
  });
};
addEventListener("beforeunload", leaving, true); // before leave.js, which asks about what is unmarked
