"""What a browser sends to the account pages: small forms, cookies, a way back."""

from __future__ import annotations

import re
from secrets import compare_digest, token_urlsafe
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from pages.shared.data import settings
from pages.shared.web.gate import person_behind, session_hash
from services.i18n import use_language
from services.permissions import CurrentUser

CSRF_COOKIE = "minyi_csrf"
LANGUAGE_COOKIE = "minyi_language"  # until the sign-in; then it is kept with the person
_LARGEST_FORM = 10_000  # bytes; who is not signed in must not fill the memory
_OWN_PATH = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]*")


async def recognised(request: Request) -> CurrentUser | None:
    """The person signed in with this browser, if any; from here on it is spoken in their language,
    or in the one this browser chose."""
    person = await run_in_threadpool(person_behind, session_hash(request))
    use_language(person.language if person else request.cookies.get(LANGUAGE_COOKIE, "zh"))
    return person


async def read_form(request: Request) -> dict[str, str] | None:
    """The fields of an urlencoded form; None if it is not our own form. 413 if it is too large.

    Ours holds the value of the CSRF cookie, which another site can neither read nor set.
    """
    body = await read_body(request, _LARGEST_FORM)
    form = dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
    return form if is_own(request, form.get("csrf", "")) else None


async def read_body(request: Request, largest: int) -> bytes:
    """The request's bytes; 413 as soon as they are more than the largest."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > largest:
            raise HTTPException(413)
    return body


def is_own(request: Request, sent: str) -> bool:
    """Whether a page of ours sent this: it knows the value of the CSRF cookie."""
    known = request.cookies.get(CSRF_COOKIE, "")
    return bool(known) and compare_digest(known.encode(), sent.encode())


def csrf_of(request: Request) -> str:
    """The browser's CSRF value, a new one if it has none yet."""
    return request.cookies.get(CSRF_COOKIE) or token_urlsafe(32)


def own_path(path: str) -> str:
    """The path if it leads to a page of the app, else "/": a sign-in never leads elsewhere."""
    if not _OWN_PATH.fullmatch(path) or path.startswith("/account"):
        return "/"
    return path


def address(request: Request) -> str:
    """Where the request came from, as long as the column."""
    return request.client.host[:60] if request.client else ""


def set_cookie(response: Response, name: str, value: str) -> None:
    """A cookie no script can read, gone when the browser is closed."""
    response.set_cookie(name, value, httponly=True, samesite="lax", secure=settings().sign_in.https)
