// Leads to the first field of a form that was refused: in view, with the cursor in it.

const REFUSAL = '[data-testid="stAlertContentError"]';
const HOLDER = '[data-testid="stElementContainer"], [data-testid="stVerticalBlock"] > div';
const FIELD = 'input:not([type="hidden"]), textarea, [role="spinbutton"]';
const MARGIN = "80px 0 160px"; // under the head of the page, and with the refusal itself
const shown = new Set(); // refusals that were led to

// Streamlit calls this at the start and whenever it draws the component anew.
export default async function show({ parentElement, data }) {
  if (shown.has(data.nonce)) return;
  shown.add(data.nonce);
  const around = parentElement.closest('[role="dialog"]') ?? document;
  const refusal = await drawn(parentElement, around);
  parentElement.dataset.done = "";
  if (refusal) lead(named(around, data.field, refusal) ?? before(refusal.closest(HOLDER)) ?? refusal);
}

// The first of the sentences, which are drawn with this component: on a slow device somewhat later.
async function drawn(place, around) {
  for (let tries = 50; tries && place.isConnected; tries -= 1) {
    await new Promise((go) => setTimeout(go, 100));
    const refusal = around.querySelector(REFUSAL);
    if (refusal) return refusal;
  }
  return undefined;
}

function lead(holder) {
  holder.style.scrollMargin = MARGIN;
  holder.scrollIntoView({ block: "nearest" });
  holder.querySelector(FIELD)?.focus({ preventScroll: true });
}

// The nearest field of this name before the refusal: the last part of its key, which Streamlit
// keeps as a class.
function named(around, field, refusal) {
  return [...around.querySelectorAll('[class*="st-key-"]')].findLast(
    (one) =>
      one.compareDocumentPosition(refusal) & Node.DOCUMENT_POSITION_FOLLOWING &&
      [...one.classList].some((name) => isOf(name, field)) &&
      one.querySelector(FIELD),
  );
}

function isOf(name, field) {
  return name.startsWith("st-key-") && name.endsWith(`-${field}`);
}

// Else the field that stands before a refusal.
function before(place) {
  let one = place;
  while (one && !one.querySelector(FIELD)) one = one.previousElementSibling;
  return one;
}
