"""A site for tests: the real gate, headers and account pages around a stand-in for Streamlit."""

from __future__ import annotations

import asyncio
import re
from typing import Any
from urllib.parse import urlencode

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket

from pages.shared.web import middleware, routes

HTML = {"accept": "text/html"}


async def _behind(request: Request) -> JSONResponse:
    return JSONResponse({"path": request.url.path, "headers": request.headers.items()})


async def _socket_behind(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_json(dict(socket.headers))
    await socket.close()


def site() -> Starlette:
    return Starlette(
        routes=[
            *routes(),
            WebSocketRoute("/_stcore/stream", _socket_behind),
            Route("/{path:path}", _behind, methods=["GET", "POST", "PUT"]),
        ],
        middleware=middleware(),
    )


def browser(address: str = "10.0.0.7", base_url: str = "http://office.test") -> TestClient:
    """A browser that keeps cookies and does not follow redirects."""
    return TestClient(site(), base_url, follow_redirects=False, client=(address, 50000))


def status_of(path: str, host: str = "office.test") -> int:
    """The answer to a path that no client would send as it is."""
    statuses: list[int] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b""}

    async def send(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    scope = {
        "type": "http", "method": "GET", "path": path, "raw_path": path.encode(),
        "query_string": b"", "headers": [(b"host", host.encode())], "scheme": "http",
        "server": ("office.test", 80), "client": ("10.0.0.7", 50000), "root_path": "",
    }  # fmt: skip
    asyncio.run(site()(scope, receive, send))
    return statuses[0]


def csrf(client: TestClient) -> str:
    """The token in the form of the sign-in page."""
    found = re.search(r'name="csrf" value="([^"]+)"', client.get("/account/login").text)
    assert found is not None
    return found[1]


def post(client: TestClient, path: str, **fields: str) -> Any:
    """Send a form of ours: with the CSRF value the browser holds."""
    return client.post(
        path,
        content=urlencode({"csrf": client.cookies["minyi_csrf"]} | fields),
        headers={"content-type": "application/x-www-form-urlencoded"},
    )


# What a form lacks that another site made.
FOREIGN = ("no value", "wrong value", "no cookie", "empty")


def foreign_post(client: TestClient, case: str, path: str, fields: dict[str, str]) -> Any:
    """Post a form that another site could make."""
    token = client.cookies["minyi_csrf"]
    if case == "no cookie":
        client.cookies.delete("minyi_csrf")
    sent = {"no value": None, "wrong value": "guessed", "no cookie": token, "empty": ""}[case]
    if case == "empty":
        client.cookies["minyi_csrf"] = ""
    return client.post(path, data=fields if sent is None else {"csrf": sent} | fields)
