// A telephone shows digits and a decimal point for figures that are not whole; those that are have
// a keypad from Streamlit.

const DECIMAL = '[class*="-measure-"] input[type="text"]';

function open({ target }) {
  const field = target instanceof Element && target.closest(DECIMAL);
  if (field) field.inputMode = "decimal";
}

for (const event of ["pointerdown", "focusin"]) addEventListener(event, open, true);
open({ target: document.activeElement }); // one that was entered before this code came
