"""What a person does in the browser: sign in, and wait until the page stands still."""

from __future__ import annotations

import time

from playwright.sync_api import Page

# Streamlit says on its root element whether the script runs, and marks what is still of before.
# Charts are drawn once they are on screen.
_BUSY = """() => {
    const app = document.querySelector('[data-testid="stApp"]');
    const onScreen = (node) => {
        const { top, bottom } = node.getBoundingClientRect();
        return bottom > 0 && top < innerHeight;
    };
    return !app
        || app.dataset.testScriptState !== "notRunning"
        || app.dataset.testConnectionState !== "CONNECTED"
        || document.querySelector('[data-stale="true"], [data-testid$="Skeleton"]') !== null
        || [...document.querySelectorAll('[data-testid^="stBidiComponent"]:empty')].some(onScreen)
        || [...document.querySelectorAll(".minyi-host .waiting")].some(onScreen);
}"""
QUIET_SECONDS = 0.3
LONGEST_SECONDS = 40


def settle(page: Page) -> None:
    """Wait until the page has been at rest for a moment; AssertionError if it never is."""
    give_up = time.monotonic() + LONGEST_SECONDS
    quiet_since = time.monotonic()
    while time.monotonic() - quiet_since < QUIET_SECONDS:
        page.wait_for_timeout(50)
        if page.evaluate(_BUSY):
            quiet_since = time.monotonic()
        assert time.monotonic() < give_up, f"{page.url} is not at rest"


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
