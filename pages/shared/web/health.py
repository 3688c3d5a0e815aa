"""Tells a load balancer whether this process can reach its database."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from pages.shared.data import ask
from services.accounts import database_answers


async def healthz(_request: Request) -> Response:
    if await run_in_threadpool(ask, database_answers):
        return PlainTextResponse("ok")
    return PlainTextResponse("database unavailable", status_code=503)
