"""Signing in, trying the demonstration, signing out."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from pages.shared.access import clock_time
from pages.shared.data import ask, settings, submit
from pages.shared.web.browser import (
    LANGUAGE_COOKIE,
    address,
    own_path,
    read_form,
    recognised,
    set_cookie,
)
from pages.shared.web.gate import SESSION_COOKIE, person_behind, session_hash
from pages.shared.web.render import render
from services import accounts
from services.errors import AppError
from services.i18n import LANGUAGES, _
from services.permissions import ALLOWED, role_label


async def show(request: Request) -> Response:
    """The sign-in page; who is signed in already is led on."""
    next_path = own_path(request.query_params.get("next", ""))
    if await recognised(request):
        return RedirectResponse(next_path, 303)
    return await _page(request, next_path)


async def enter(request: Request) -> Response:
    """Sign in with name and password."""
    await recognised(request)
    form = await read_form(request)
    if form is None:
        return await _stale(request)
    username, password = form.get("username", ""), form.get("password", "")
    next_path = own_path(form.get("next", ""))
    try:
        token = await run_in_threadpool(_checked, username, password, address(request))
    except AppError as refused:
        return await _page(request, next_path, refused.sentence, 401, username)
    return await _welcome(request, token, next_path)


async def experience(request: Request) -> Response:
    """Enter the demonstration office as one of its roles."""
    await recognised(request)
    form = await read_form(request)
    if form is None:
        return await _stale(request)
    next_path = own_path(form.get("next", ""))
    role = form.get("role", "")
    try:
        token = await run_in_threadpool(
            submit, accounts.sign_in_demo, role, address(request), clock_time()
        )
    except AppError as refused:
        return await _page(request, next_path, refused.sentence, 403)
    return await _welcome(request, token, next_path)


async def ask_to_leave(request: Request) -> Response:
    """The page with the button that signs out: a link alone must not."""
    person = await recognised(request)
    if person is None:
        return RedirectResponse("/account/login", 303)
    return await render(request, "sign_out.html", person=person)


async def leave(request: Request) -> Response:
    if await read_form(request) is None:
        return RedirectResponse("/account/logout", 303)
    await run_in_threadpool(submit, accounts.sign_out, session_hash(request), clock_time())
    response = RedirectResponse("/account/login", 303)
    response.delete_cookie(SESSION_COOKIE)
    return response


async def _page(
    request: Request, next_path: str, problem: str = "", status: int = 200, username: str = ""
) -> Response:
    does = {
        "official": _("看成效、看变化、看差距"),
        "community_staff": _("填报本社区的活动"),
        "office_staff": _("录入调查结果，代社区填报"),
        "administrator": _("使用全部功能"),
    }
    roles = [(role, role_label(role), does[role]) for role in ALLOWED]
    return await render(
        request,
        "sign_in.html",
        status=status,
        next=next_path,
        problem=problem,
        username=username,
        roles=roles,
    )


async def _stale(request: Request) -> Response:
    return await _page(request, "/", _("页面已过期，请再试一次。"), 403)


def _checked(username: str, password: str, from_address: str) -> str:
    """The token of a new session. Three units of work: see services/accounts.py."""
    submit(accounts.count_attempt, username, from_address, clock_time(), settings().sign_in)
    user_id = ask(accounts.check_password, username, password)
    return submit(accounts.sign_in, user_id, from_address, clock_time())


async def _welcome(request: Request, token: str, next_path: str) -> Response:
    """Hand the token to the browser; what the browser chose before goes with the person."""
    chosen = request.cookies.get(LANGUAGE_COOKIE, "")
    await run_in_threadpool(_take_over, token, session_hash(request), chosen)
    response = RedirectResponse(next_path, 303)
    set_cookie(response, SESSION_COOKIE, token)
    response.delete_cookie(LANGUAGE_COOKIE)
    return response


def _take_over(token: str, earlier_hash: str, chosen: str) -> None:
    """End this browser's earlier session, and keep the language chosen before the sign-in."""
    if earlier_hash:
        submit(accounts.sign_out, earlier_hash, clock_time())
    person = person_behind(accounts.token_hash(token))
    if person is not None and chosen in LANGUAGES:
        submit(accounts.choose_language, person, chosen, clock_time())
