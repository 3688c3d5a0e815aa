"""A backup as a file to take away: streamed, for administrators only, and logged."""

from __future__ import annotations

from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, RedirectResponse, Response

from pages.shared.access import clock_time
from pages.shared.data import settings, submit
from pages.shared.web.browser import recognised
from services import backups
from services.errors import AppError, NotPermitted
from services.permissions import CurrentUser


async def download(request: Request) -> Response:
    person = await recognised(request)
    if person is None:
        return RedirectResponse("/account/login?next=/backups", 303)
    name = request.path_params["name"]
    try:
        file = await run_in_threadpool(_taken, person, name)
    except AppError as refused:
        status = 403 if isinstance(refused, NotPermitted) else 404
        return PlainTextResponse(refused.sentence, status)
    return FileResponse(file, filename=name, headers={"Cache-Control": "no-store"})


def _taken(person: CurrentUser, name: str) -> Path:
    file = backups.find(person, settings().database_url, name)
    submit(backups.note, person, "download", name, clock_time())
    return file
