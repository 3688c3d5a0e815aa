"""What the server does besides Streamlit: the gate, the security headers, the account pages."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from pages.shared.assets import asset_routes
from pages.shared.web import backups, drafts, invite, photos, preferences, present, sign_in
from pages.shared.web.gate import Gate
from pages.shared.web.headers import SecurityHeaders
from pages.shared.web.health import healthz
from pages.shared.web.nowhere import Nowhere
from pages.shared.web.render import FOLDER


def routes() -> list[BaseRoute]:
    """What is not Streamlit's. Account pages and assets are open without a session; each account
    page sees to it who may use it."""
    return [
        Mount(
            "/account",
            routes=[
                Route("/login", sign_in.show, methods=["GET"]),
                Route("/login", sign_in.enter, methods=["POST"]),
                Route("/experience", sign_in.experience, methods=["POST"]),
                Route("/logout", sign_in.ask_to_leave, methods=["GET"]),
                Route("/logout", sign_in.leave, methods=["POST"]),
                Route("/language", preferences.choose_language, methods=["GET"]),
                Route("/password", preferences.show_password, methods=["GET"]),
                Route("/password", preferences.change_password, methods=["POST"]),
                Route("/invite", invite.show_invitation, methods=["GET"]),
                Route("/invite", invite.accept_invitation, methods=["POST"]),
                Route("/backups/{name}", backups.download, methods=["GET"]),
                Route("/{name}", _file, methods=["GET"]),
            ],
        ),
        *drafts.routes(),
        *photos.routes(),
        Route("/present/{number}", present.show, methods=["GET"]),
        *asset_routes(),
        Route("/healthz", healthz),
    ]


def middleware() -> list[Middleware]:
    """Outermost first: a refusal of the gate carries the security headers too."""
    return [Middleware(SecurityHeaders), Middleware(Gate), Middleware(Nowhere)]


def _file(request: Request) -> Response:
    """What the account pages themselves load, before anybody is signed in."""
    name = request.path_params["name"]
    if name not in {"account.css", "icon.svg"}:
        raise HTTPException(404)
    return FileResponse(FOLDER / name, headers={"Cache-Control": "no-cache"})
