// Streamlit covers the page when it has lost the server. The grid says so itself, and one can go on
// typing: the cover is taken away, and who was in a cell is in it again, where the caret was.

const LOST = ["Connection error", "连接中断"];
const HELD = 1000; // for so long the focus may come back late

export class Calm {
  constructor(grid) {
    this.grid = grid;
    this.watch = new MutationObserver(() => this.uncover());
    this.watch.observe(document.body, { childList: true });
    for (const event of ["input", "keyup", "pointerup", "focusin"]) {
      grid.table.addEventListener(event, ({ target, type }) => this.remember(target, type));
    }
  }

  forget() {
    this.watch.disconnect();
  }

  // Going into a cell selects its text; coming back into it must not, or the next stroke deletes it.
  remember(target, type) {
    const { keys } = this.grid;
    if (!("setSelectionRange" in target) || target.type === "checkbox") return;
    if (type === "focusin" && this.held && target === this.last) {
      target.setSelectionRange(...this.caret);
      keys.editing = this.editing;
      return;
    }
    this.last = target;
    this.caret = [target.selectionStart, target.selectionEnd];
    this.editing = keys.editing;
  }

  back() {
    const elsewhere = document.activeElement?.closest(".minyi-grid");
    if (this.last?.isConnected && !elsewhere) this.last.focus();
  }

  uncover() {
    const cover = document.querySelector(".stDialog [role=dialog]");
    if (!LOST.includes(cover?.querySelector("[slot=title]")?.textContent)) return;
    this.held = true;
    cover.closest(".stDialog").inert = true; // so that it takes no stroke meanwhile
    cover.querySelector("button")?.click();
    this.back(); // at once: the next stroke may be waiting already
    for (const pause of [0, 20, 60, 150, 400]) setTimeout(() => this.back(), pause);
    setTimeout(() => (this.held = false), HELD);
  }
}
