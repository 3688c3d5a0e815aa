// The list under a field: search as you type, arrows and Enter choose; texts of several, too.

import { make } from "./dom.js";

const APART = /[、，,;；]/;

export class Picker {
  constructor(grid) {
    this.grid = grid;
    this.list = make("div", { className: "pick", id: "minyi-grid-pick", hidden: true });
    this.list.setAttribute("role", "listbox");
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", ({ target }) => {
      const option = target.closest("[role=option]");
      if (option) this.choose(option);
    });
    this.follow = () => this.place(); // the field moves under an open list
    addEventListener("scroll", this.follow, true);
    addEventListener("resize", this.follow);
  }

  forget() {
    removeEventListener("scroll", this.follow, true);
    removeEventListener("resize", this.follow);
  }

  get open() {
    return !this.list.hidden;
  }

  show(input, column, all = false) {
    this.input = input;
    this.column = column;
    const asked = all ? "" : this.asked().trim().toLowerCase();
    const fits = ({ label, also = "" }) => `${label}${also}`.toLowerCase().includes(asked);
    const choices = column.choices().filter(fits);
    this.list.replaceChildren(...this.options(choices.slice(0, 60)));
    this.options_ = [...this.list.querySelectorAll("[role=option]")];
    this.list.hidden = !this.options_.length;
    input.setAttribute("aria-expanded", this.open);
    input.setAttribute("aria-controls", this.list.id);
    this.point(asked && this.open ? 0 : -1);
    this.place();
  }

  *options(choices) {
    let group;
    for (const [place, choice] of choices.entries()) {
      if (choice.group !== group) {
        group = choice.group;
        yield make("div", { className: "group", textContent: group });
      }
      const option = make("div", { textContent: choice.label, id: `minyi-grid-pick-${place}` });
      option.setAttribute("role", "option");
      yield option;
    }
  }

  // Below the field, or above it where there is no room; over everything that scrolls.
  place() {
    if (!this.open) return;
    const field = this.input.getBoundingClientRect();
    const height = Math.min(this.list.scrollHeight + 2, 320);
    const above = field.bottom + height > innerHeight && field.top > height;
    const width = Math.min(Math.max(field.width, 280), innerWidth - 16);
    Object.assign(this.list.style, {
      left: `${Math.max(Math.min(field.left, innerWidth - width - 8), 8)}px`,
      top: `${above ? field.top - height - 2 : field.bottom + 2}px`,
      width: `${width}px`,
      maxHeight: `${Math.min(320, above ? field.top - 8 : innerHeight - field.bottom - 8)}px`,
    });
  }

  point(place) {
    this.pointed = place;
    this.options_.forEach((option, at) => option.setAttribute("aria-selected", at === place));
    const option = this.options_[place];
    option?.scrollIntoView({ block: "nearest" });
    if (option) this.input.setAttribute("aria-activedescendant", option.id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  move(step) {
    this.point(Math.max(Math.min(this.pointed + step, this.options_.length - 1), 0));
  }

  // Enter or Tab: take what is pointed at. Whether something was.
  take() {
    const option = this.open && this.options_[this.pointed];
    if (option) this.choose(option);
    return Boolean(option);
  }

  choose(option) {
    const { input, column } = this;
    const before = input.value.slice(0, input.value.length - this.asked().length);
    const text = column.several ? before + option.textContent : option.textContent;
    this.close();
    this.grid.typed(input, text, 0);
    input.focus();
    input.setSelectionRange(text.length, text.length);
  }

  // What is searched for: all of the text, or what stands after the last separator.
  asked() {
    return this.column.several ? this.input.value.split(APART).at(-1) : this.input.value;
  }

  close() {
    if (!this.open) return;
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}
