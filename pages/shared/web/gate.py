"""The gate: without a live session nothing of the app is served, by HTTP or by websocket."""

from __future__ import annotations

from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from pages.shared.access import clock_time
from pages.shared.data import ask, settings
from services import accounts
from services.permissions import CurrentUser

SESSION_COOKIE = "minyi_session"

# `.streamlit/config.toml` (server.trustedUserHeaders) hands this header's value to `st.user`.
_SESSION_HEADER = b"x-minyi-session"
_OPEN_FOLDERS = ("/account/", "/assets/")
_OPEN_PATHS = {"/healthz"}


class Gate:
    """ASGI middleware. It decides on `scope["path"]`, which is also what routes are chosen by;
    a url rebuilt from the Host header could say something else."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        scope = dict(
            scope,
            headers=[
                (name, value) for name, value in scope["headers"] if not _names_a_person(name)
            ],
        )
        if not _is_open(scope["path"]):
            kept_hash = session_hash(HTTPConnection(scope))
            if await run_in_threadpool(person_behind, kept_hash) is None:
                await _refuse(scope, receive, send)
                return
            scope["headers"].append((_SESSION_HEADER, kept_hash.encode()))
        await self.app(scope, receive, send)


def session_hash(request: HTTPConnection) -> str:
    """The hash of the token in the request's cookie; "" without one."""
    token = request.cookies.get(SESSION_COOKIE, "")
    return accounts.token_hash(token) if token else ""


def person_behind(kept_hash: str) -> CurrentUser | None:
    """Whose live session this is."""
    if not kept_hash:
        return None
    signed_in = ask(accounts.person_of, kept_hash, clock_time(), settings().sign_in)
    return signed_in.user if signed_in else None


def _is_open(path: str) -> bool:
    return path in _OPEN_PATHS or path.startswith(_OPEN_FOLDERS)


def _names_a_person(header: bytes) -> bool:
    """Whether only the gate may send this header on; "_" reads as "-" in some servers."""
    return header.lower().replace(b"_", b"-") == _SESSION_HEADER


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008})  # before accepting: a 403
        return
    await _refusal(scope)(scope, receive, send)


def _refusal(scope: Scope) -> Response:
    """A browser that opens a page is led to the sign-in and back; anything else gets a 401."""
    opens_page = scope["method"] == "GET" and "text/html" in Headers(scope=scope).get("accept", "")
    if not opens_page:
        return PlainTextResponse("Sign in first.", status_code=401)
    wanted = scope["path"]
    if scope["query_string"]:
        wanted += "?" + scope["query_string"].decode("latin-1")
    return RedirectResponse(f"/account/login?next={quote(wanted, safe='')}", status_code=303)
