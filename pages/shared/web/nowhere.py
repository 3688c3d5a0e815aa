"""An address of several parts that nothing answers to: led to where it is said that it is none."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.responses import RedirectResponse
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# No page is called so: Streamlit shows the first one, and says that there is none of this name.
_NONE = "/not_found"


class Nowhere:
    """ASGI middleware. To an unknown address Streamlit answers with its index.html, which below a
    folder asks for its scripts there and stays blank."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not _opens_a_page_in_a_folder(scope):
            await self.app(scope, receive, send)
            return
        found: list[Message] = []

        async def send_found(message: Message) -> None:
            if message["type"] == "http.response.start" and _is_the_index(scope, message):
                found.append(message)
            if not found:
                await send(message)

        await self.app(scope, receive, send_found)
        if found:
            await RedirectResponse(_NONE, status_code=303)(scope, receive, send)


def _opens_a_page_in_a_folder(scope: Scope) -> bool:
    return (
        scope["type"] == "http"
        and scope["method"] == "GET"
        and "/" in scope["path"].strip("/")
        and "text/html" in Headers(scope=scope).get("accept", "")
    )


def _is_the_index(scope: Scope, start: Message) -> bool:
    """Whether Streamlit's own files answer, for want of anything else, with a page."""
    kind = Headers(raw=start["headers"]).get("content-type", "")
    return isinstance(scope.get("endpoint"), StaticFiles) and kind.startswith("text/html")
