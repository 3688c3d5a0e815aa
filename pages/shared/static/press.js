// A question about an odd figure goes once the figure is mended, and what was refused is said no
// more once anything changes: the button under them moves up. Who presses where it stood a moment
// ago has pressed it. What is asked by then and was not before, nobody has confirmed.

const QUESTION = '[data-testid="stForm"] [class*="st-key-"][class*="-questions"]';
const BUTTON = '[data-testid="stBaseButton-primaryFormSubmit"]';
const OTHERS = "a, button, input, textarea, label, [role]:not([role=region])";
const MOMENT = 1500; // milliseconds after the last stroke
let stood; // {box, asked, at, form}: where the button of the form with the question stood
let pressed; // the box of the button that was meant

const question = () => [...document.querySelectorAll(`${QUESTION} [data-testid="stText"]`)]
  .map((sentence) => sentence.textContent).join("\n");

function note({ type, timeStamp }) {
  if (type === "scroll" && !stood) return;
  const form = document.querySelector(QUESTION)?.closest('[data-testid="stForm"]');
  const box = form?.querySelector(BUTTON)?.getBoundingClientRect();
  if (box && type === "input") stood = { box, form, asked: question(), at: timeStamp };
  else if (box && stood?.form === form && stood.asked === question()) stood.box = box; // scrolled
}

function isIn({ left, right, top, bottom }, { clientX, clientY }) {
  return left <= clientX && clientX <= right && top <= clientY && clientY <= bottom;
}

// On the button itself, or on nothing where it stood a moment ago.
function press(event) {
  const button = event.target.closest(BUTTON);
  const isLate = !button && event.timeStamp - stood?.at > MOMENT;
  const isFree = button || !event.target.closest(OTHERS);
  pressed = stood && !isLate && isFree && isIn(stood.box, event) ? stood.box : undefined;
}

async function release(event) {
  const box = pressed;
  pressed = undefined;
  if (!box || !isIn(box, event) || event.target.closest(BUTTON)) return;
  const { form, asked } = stood;
  if (!(await rest())) return;
  const button = form.querySelector(BUTTON);
  if (button?.isConnected && ["", asked].includes(question())) button.click();
}

// Until the page says all it has to say: the question is away for a moment when another one comes.
// Whether it came to that: where it takes too long, nobody knows what will be asked.
async function rest() {
  for (let [quiet, left] = [0, 250]; left; left -= 1) {
    await new Promise((go) => setTimeout(go, 80));
    const { testScriptState } = document.querySelector('[data-testid="stApp"]').dataset;
    quiet = testScriptState === "notRunning" ? quiet + 1 : 0;
    if (quiet === 3) return true;
  }
  return false;
}

for (const event of ["input", "scroll"]) addEventListener(event, note, true);
addEventListener("pointerdown", press, true);
addEventListener("pointerup", release, true);
