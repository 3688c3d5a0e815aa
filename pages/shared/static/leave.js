// A form of Streamlit's that is refreshed or closed loses what is typed in it and not saved: the
// browser asks first. The batch grid has drafts of its own.

const FIELDS = '[data-testid="stMain"] :is(textarea, input[type="text"])';
const OTHERS = ".minyi-grid, .minyi-host, [role=combobox]";
const typed = new Map(); // field → what stood there before

document.addEventListener("focusin", ({ target }) => {
  if (target.matches?.(FIELDS) && !target.closest(OTHERS) && !typed.has(target)) {
    typed.set(target, target.value);
  }
});

addEventListener("beforeunload", (event) => {
  for (const field of typed.keys()) if (!field.isConnected) typed.delete(field);
  if ([...typed].some(([field, before]) => field.value && field.value !== before)) event.preventDefault();
});
