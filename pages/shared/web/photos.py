"""The photos of inspections: one by one from the database, to who may see them.

Behind the gate. Streamlit's own media store would keep every photo of every page in memory.
"""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from pages.shared.data import ask
from pages.shared.web.browser import recognised
from services import inspections
from services.errors import AppError

# What a photo shows never changes. Only this browser may keep it, and not for long: it may be
# taken off, and another person may sit down here.
_KEPT = "private, max-age=600"
_GREATEST = 10**12


def routes() -> list[BaseRoute]:
    return [
        Route("/photos/{photo:int}", _photo, methods=["GET"]),
        Route("/photos/{photo:int}/{size}", _photo, methods=["GET"]),
    ]


async def _photo(request: Request) -> Response:
    person = await recognised(request)
    size = request.path_params.get("size", "")
    if person is None or size not in ("", "small") or request.path_params["photo"] > _GREATEST:
        return PlainTextResponse("", 404)
    asked = (request.path_params["photo"], size == "small", person)
    try:
        found = await run_in_threadpool(ask, inspections.picture, *asked)
    except AppError as refused:
        return PlainTextResponse(refused.sentence, 404, {"Cache-Control": "no-store"})
    mark = f'"{found.sha256[:32]}{size}"'
    kept = {"Cache-Control": _KEPT, "ETag": mark, "Vary": "Cookie"}
    if request.headers.get("if-none-match") == mark:
        return Response(status_code=304, headers=kept)
    return Response(found.data, media_type="image/jpeg", headers=kept)
