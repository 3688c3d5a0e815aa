// A form of Streamlit's that is refreshed or closed loses what is typed in it and not saved: the
// browser asks first. Not for what is kept as a draft: the batch grid, and the forms of keep.js.

const FIELDS = '[data-testid="stMain"] :is(textarea, input[type="text"])';
const OTHERS = ".minyi-grid, .minyi-host, [data-kept], [role=combobox]";
const SAVE = '[data-testid^="stBaseButton-primary"]';
const REFUSED = '[data-testid="stAlertContentError"]';
const typed = new Map(); // field → what stood there before
let saved = false; // a form whose fields stay after it was saved

function note({ target }, before = target.value) {
  if (!target.matches?.(FIELDS) || target.closest(OTHERS) || typed.has(target)) return;
  typed.set(target, before);
}

document.addEventListener("focusin", (event) => note(event));
note({ target: document.activeElement }, ""); // of one entered before this code came nobody knows
document.addEventListener("input", () => (saved = false), true);
document.addEventListener("click", ({ target }) => (saved ||= Boolean(target.closest?.(SAVE))), true);

addEventListener("beforeunload", (event) => {
  for (const field of typed.keys()) if (!field.isConnected) typed.delete(field);
  const asked = [...typed].filter(([field]) => !field.closest(OTHERS)); // kept since it was entered
  const open = asked.some(([field, before]) => field.value && field.value !== before);
  if (open && !(saved && !document.querySelector(REFUSED))) event.preventDefault();
});
