"""One's own language and password."""

from __future__ import annotations

import re
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from pages.shared.access import clock_time
from pages.shared.data import settings, submit
from pages.shared.web.browser import (
    LANGUAGE_COOKIE,
    address,
    own_path,
    read_form,
    recognised,
    set_cookie,
)
from pages.shared.web.gate import session_hash
from pages.shared.web.render import render
from services import accounts, passwords
from services.errors import AppError, InvalidEntry
from services.i18n import LANGUAGES, _
from services.permissions import CurrentUser

_INVITATION = re.compile(r"/account/invite\?token=[\w-]{1,100}", re.ASCII)
_SIGN_IN = "/account/login?next=/account/password"


async def choose_language(request: Request) -> Response:
    """Keep the language: with the person, or before the sign-in in a cookie."""
    person = await recognised(request)
    wanted = request.query_params.get("to", "")
    wanted = wanted if wanted in LANGUAGES else "zh"
    if person is not None:
        await run_in_threadpool(submit, accounts.choose_language, person, wanted, clock_time())
        return RedirectResponse("/account/password", 303)
    asked = request.query_params.get("next", "")
    back = asked if _INVITATION.fullmatch(asked) else _sign_in_page(asked)
    response = RedirectResponse(back, 303)
    set_cookie(response, LANGUAGE_COOKIE, wanted)
    return response


def _sign_in_page(asked: str) -> str:
    return f"/account/login?next={quote(own_path(asked), safe='')}"


async def show_password(request: Request) -> Response:
    person = await recognised(request)
    return await _page(request, person) if person else RedirectResponse(_SIGN_IN, 303)


async def change_password(request: Request) -> Response:
    person = await recognised(request)
    if person is None:
        return RedirectResponse(_SIGN_IN, 303)
    form = await read_form(request)
    if form is None:
        return await _page(request, person, _("页面已过期，请再试一次。"), 403)
    try:
        await run_in_threadpool(_change, person, form, session_hash(request), address(request))
    except AppError as refused:
        return await _page(request, person, refused.sentence, 422)
    return await _page(request, person, done=True)


def _change(person: CurrentUser, form: dict[str, str], kept_hash: str, from_address: str) -> None:
    new = form.get("new", "")
    if new != form.get("repeated", ""):
        raise InvalidEntry(_("两次输入的新密码不一致，请重新输入。"), "repeated")
    passwords.check_rules(new, person.username)  # a slip here is no try at the old password
    submit(accounts.count_attempt, person.username, from_address, clock_time(), settings().sign_in)
    submit(
        accounts.change_password,
        person,
        form.get("old", ""),
        new,
        kept_hash,
        from_address,
        clock_time(),
    )


async def _page(
    request: Request,
    person: CurrentUser,
    problem: str = "",
    status: int = 200,
    done: bool = False,
) -> Response:
    return await render(
        request,
        "password.html",
        status=status,
        person=person,
        problem=problem,
        done=done,
        shortest=passwords.SHORTEST,
        next="/",
    )
