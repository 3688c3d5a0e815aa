"""The drafts' own line to the server: cells and forms are saved without Streamlit's websocket.

Behind the gate. A request that changes something is JSON, carries the CSRF value in a header no
other site can send, and names the person the page was drawn for.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from pages.shared.access import clock_time, now, today
from pages.shared.data import ask, settings, submit
from pages.shared.web.browser import is_own, read_body, recognised
from pages.shared.web.gate import session_hash
from services import accounts, drafts, form_drafts
from services.errors import AppError, Conflict, InvalidEntry, NotFound, NotPermitted
from services.i18n import _
from services.permissions import CurrentUser

PATH = "/entry/drafts"
FORM_PATH = "/entry/form-draft"
_LARGEST = 4_000_000  # bytes: the most rows with every cell filled in
_STATUS = {InvalidEntry: 422, NotPermitted: 403, NotFound: 404, Conflict: 409}
_Answer = Callable[[CurrentUser, dict[str, Any]], Any]


def routes() -> list[BaseRoute]:
    return [
        Route(PATH, _reader(_sheet), methods=["GET"]),
        Route(f"{PATH}/last-month", _reader(_last_month), methods=["GET"]),
        Route(PATH, _writer(_save), methods=["POST"]),
        Route(f"{PATH}/submit", _writer(_submit), methods=["POST"]),
        Route(FORM_PATH, _writer(_keep), methods=["POST"]),
    ]


def _reader(answer: _Answer) -> Callable[[Request], Any]:
    async def read(request: Request) -> Response:
        person = await recognised(request)
        if person is None:
            return _signed_out()
        return await _answered(answer, person, dict(request.query_params))

    return read


def _writer(answer: _Answer) -> Callable[[Request], Any]:
    async def write(request: Request) -> Response:
        person = await recognised(request)
        if person is None:
            return _signed_out()
        if not is_own(request, request.headers.get("x-minyi-csrf", "")):
            return _said(_("页面已过期，请刷新页面；未保存的内容会留在这台设备上。"), 403)
        asked = _parsed(await read_body(request, _LARGEST))
        if asked is None:
            return _said(_("请求无法读取，请刷新页面。"), 400)
        if asked.get("person") != person.id:
            return _said(
                _(
                    "现在登录的是“{name}”。请用原来的账号登录，未保存的内容才会存到您的名下。"
                ).format(name=person.name),
                401,
            )
        await run_in_threadpool(_note_seen, request)
        return await _answered(answer, person, asked)

    return write


async def _answered(answer: _Answer, person: CurrentUser, asked: dict[str, Any]) -> Response:
    try:
        found = await run_in_threadpool(answer, person, asked)
    except AppError as refused:
        return _said(refused.sentence, _STATUS[type(refused)])
    return JSONResponse(found, headers={"Cache-Control": "no-store"})


def _sheet(person: CurrentUser, asked: dict[str, Any]) -> Any:
    found = ask(drafts.sheet, *_place(asked), person, today(), str(asked.get("mark", "")))
    return {"unchanged": True} if found is None else asdict(found)


def _last_month(person: CurrentUser, asked: dict[str, Any]) -> Any:
    return {"rows": ask(drafts.last_month, *_place(asked), person)}


def _save(person: CurrentUser, asked: dict[str, Any]) -> Any:
    changes = _each(asked, _change)
    return asdict(submit(drafts.save, *_place(asked), changes, person, now(), today()))


def _submit(person: CurrentUser, asked: dict[str, Any]) -> Any:
    rows = _each(asked, lambda row: (str(row["key"]), int(row["version"])))
    done = submit(drafts.submit, *_place(asked), rows, person, now(), today())
    return {"rows": [asdict(one) for one in done]}


def _keep(person: CurrentUser, asked: dict[str, Any]) -> Any:
    try:
        form = str(asked["form"]), str(asked["token"]), int(asked["version"]), dict(asked["fields"])
    except (KeyError, TypeError, ValueError):
        raise _unreadable() from None
    return asdict(submit(form_drafts.save, *form, person, clock_time()))


def _place(asked: dict[str, Any]) -> tuple[str, str]:
    return str(asked.get("community")), str(asked.get("month"))


def _each(asked: dict[str, Any], read: Callable[[Any], Any]) -> list[Any]:
    """The rows of a request, each as `read` has it; InvalidEntry if no page of ours sent them."""
    try:
        return [read(row) for row in asked["rows"]]
    except (AttributeError, KeyError, TypeError, ValueError):
        raise _unreadable() from None


def _unreadable() -> InvalidEntry:
    return InvalidEntry(_("请求无法读取，请刷新页面。"))


def _change(row: dict[str, Any]) -> drafts.Change:
    cells = {str(name): (str(seen), str(text)) for name, (seen, text) in row["cells"].items()}
    discarded = row.get("discarded")
    return drafts.Change(str(row["key"]), cells, None if discarded is None else bool(discarded))


def _parsed(body: bytes) -> dict[str, Any] | None:
    try:
        asked = json.loads(body)
    except ValueError:
        return None
    return asked if isinstance(asked, dict) else None


def _note_seen(request: Request) -> None:
    """Who types is not idle, though Streamlit sees nothing of it."""
    kept_hash = session_hash(request)
    signed_in = ask(accounts.person_of, kept_hash, clock_time(), settings().sign_in)
    if signed_in is not None and signed_in.unseen:
        submit(accounts.note_seen, kept_hash, clock_time())


def _signed_out() -> Response:
    return _said(_("登录已失效，请重新登录。"), 401)


def _said(sentence: str, status: int) -> Response:
    return JSONResponse({"sentence": sentence}, status, {"Cache-Control": "no-store"})
