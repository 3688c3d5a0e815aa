// A telephone shows digits and a decimal point for figures that are not whole; those that are have
// a keypad from Streamlit.

const DECIMAL = '[class*="-measure-"] input[type="text"]';

for (const event of ["pointerdown", "focusin"]) {
  addEventListener(event, ({ target }) => {
    const field = target instanceof Element && target.closest(DECIMAL);
    if (field) field.inputMode = "decimal";
  }, true);
}
