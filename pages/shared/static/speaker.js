// The speaker's own window: the notes, what comes next, the time. It has no address of its own, so
// it needs no network, and it hears the same keys as the slides.

const $ = (id) => document.getElementById(id);
const began = Date.now();
let speaker = null;

const there = () => (speaker && !speaker.closed ? speaker.document : null);
const put = (name, text) => (there().querySelector(name).textContent = text);

// False if the browser does not allow the window.
export function openSpeaker(listeners) {
  speaker = window.open("", "minyi-speaker", "popup,width=960,height=720");
  const page = there();
  if (!page) return false;
  page.title = document.title;
  page.documentElement.lang = document.documentElement.lang;
  const style = Object.assign($("speaker-style").cloneNode(true), { media: "" });
  page.head.replaceChildren(style);
  page.body.replaceChildren(page.importNode($("speaker").content, true));
  Object.assign(page, listeners);
  return true;
}

export function tellSpeaker(place, slide, next) {
  if (!there() || !slide) return;
  put(".place", place);
  put(".now", slide.ariaLabel);
  put(".words", slide.querySelector(".notes").content.textContent);
  put(".next", next?.ariaLabel ?? "—");
}

export function tickSpeaker(now) {
  if (!there()) return;
  const seconds = Math.floor((Date.now() - began) / 1000);
  const parts = [seconds / 3600, (seconds / 60) % 60, seconds % 60].map(Math.floor);
  put(".clock", now);
  put(".since", parts.map((part) => String(part).padStart(2, "0")).join(":"));
}
