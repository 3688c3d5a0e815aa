"""What a person does in the browser: sign in, and wait until the page stands still."""

from __future__ import annotations

from uuid import uuid4

from playwright.sync_api import Page, TimeoutError, expect

PATIENCE = 90_000  # ms, on a slow or busy machine; whatever is there earlier is not waited for
expect.set_options(timeout=PATIENCE)

# To run in a page before its scripts. Notes whether a run of the script was asked for that has
# not ended yet: Streamlit's page itself knows of a run only when the server has begun it. Also
# what is being uploaded. The numbers are those of the fields in BackMsg and ForwardMsg.
WATCH = """(() => {
    const [RERUN, BEGUN, ENDED, ENDED_FOR_RERUN] = [11, 4, 6, 2];
    const waiting = window.minyiWaiting = { asked: false, runs: false, uploads: 0 };
    const fields = (frame) => {
        const found = new Map();
        let at = 0;
        const number = () => {
            let [value, shift, byte] = [0, 0, 0];
            do {
                byte = frame[at++];
                value += (byte & 127) * 2 ** shift;
                shift += 7;
            } while (byte > 127);
            return value;
        };
        while (at < frame.length) {
            const tag = number();
            const value = number();
            found.set(tag >> 3, value);
            if ((tag & 7) === 2) at += value; // the length of what stands in it
        }
        return found;
    };
    const heard = ({ data }) => {
        const found = fields(new Uint8Array(data));
        if (found.has(BEGUN)) Object.assign(waiting, { asked: false, runs: true });
        if (found.get(ENDED) === ENDED_FOR_RERUN) waiting.asked = true;
        if (found.has(ENDED)) waiting.runs = false;
    };
    window.WebSocket = class extends WebSocket {
        constructor(...options) {
            super(...options);
            this.addEventListener("message", heard);
            this.addEventListener("close", () => {
                Object.assign(waiting, { asked: false, runs: false });
            });
        }
        send(frame) {
            if (fields(frame).has(RERUN)) waiting.asked = true;
            super.send(frame);
        }
    };
    const { send } = XMLHttpRequest.prototype;
    XMLHttpRequest.prototype.send = function (...body) {
        waiting.uploads += 1;
        this.addEventListener("loadend", () => (waiting.uploads -= 1));
        send.apply(this, body);
    };
})()"""

# Streamlit says on its root element whether the script runs, and marks what is still of before.
# Charts are drawn once they are on screen. At rest is what is so several times in a row.
_AT_REST = """(visit) => {
    const app = document.querySelector('[data-testid="stApp"]');
    const onScreen = (node) => {
        const { top, bottom } = node.getBoundingClientRect();
        return bottom > 0 && top < innerHeight;
    };
    // Before its code has come there is one empty box in it.
    const isComing = (part) => part.childElementCount < 2 && part.dataset.done === undefined;
    const { asked, runs, uploads } = window.minyiWaiting ?? {};
    const busy = !app
        || asked || runs || uploads
        || app.dataset.testScriptState !== "notRunning"
        || app.dataset.testConnectionState !== "CONNECTED"
        || document.querySelector('[data-stale="true"], [data-testid$="Skeleton"]') !== null
        || [...document.querySelectorAll('[data-testid^="stBidiComponent"]')].some(isComing)
        || [...document.querySelectorAll(".minyi-host .waiting")].some(onScreen);
    const before = window.minyiRest?.visit === visit ? window.minyiRest.times : 0;
    window.minyiRest = { visit, times: busy ? 0 : before + 1 };
    return window.minyiRest.times > 6;
}"""


def settle(page: Page) -> None:
    """Wait until the page has been at rest for a moment; AssertionError if it never is."""
    try:
        page.wait_for_function(_AT_REST, arg=uuid4().hex, polling=50, timeout=PATIENCE)
    except TimeoutError:
        raise AssertionError(f"{page.url} is not at rest") from None


def sign_in_as(page: Page, role: str, path: str = "/") -> None:
    """Open a path of the demonstration office and choose a role on the way there."""
    page.goto(path)
    page.click(f'[data-role="{role}"]')
    settle(page)


def sign_in(page: Page, username: str, password: str, path: str = "/") -> None:
    """Open a path and sign in with a password on the way there."""
    page.goto(path)
    page.fill("#username", username)
    page.fill("#password", password)
    page.click("button.go")
    settle(page)
