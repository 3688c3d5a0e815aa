"""The link by which a person sets their password."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from pages.shared.access import clock_time
from pages.shared.data import ask, submit
from pages.shared.web.browser import read_form, recognised
from pages.shared.web.render import render
from services import passwords
from services.admin import invitations
from services.errors import AppError, InvalidEntry, NotFound
from services.i18n import _


async def show_invitation(request: Request) -> Response:
    await recognised(request)
    token = request.query_params.get("token", "")
    try:
        username = await run_in_threadpool(ask, invitations.invited, token, clock_time())
    except AppError as refused:
        return await _page(request, "", "", refused.sentence, 404)
    return await _page(request, token, username)


async def accept_invitation(request: Request) -> Response:
    """Set the password; the person then signs in with it like everybody."""
    await recognised(request)
    form = await read_form(request)
    if form is None:
        return await _page(request, "", "", _("页面已过期，请再打开一次链接。"), 403)
    token = form.get("token", "")
    try:
        username = await run_in_threadpool(_accept, token, form)
    except NotFound as refused:
        return await _page(request, "", "", refused.sentence, 404)
    except AppError as refused:
        known = await run_in_threadpool(ask, invitations.invited, token, clock_time())
        return await _page(request, token, known, refused.sentence, 422)
    return await _page(request, "", username, done=True)


def _accept(token: str, form: dict[str, str]) -> str:
    ask(invitations.invited, token, clock_time())  # a link that has ended is the first thing to say
    new = form.get("new", "")
    if new != form.get("repeated", ""):
        raise InvalidEntry(_("两次输入的新密码不一致，请重新输入。"), "repeated")
    return submit(invitations.accept, token, new, clock_time())


async def _page(
    request: Request,
    token: str,
    username: str,
    problem: str = "",
    status: int = 200,
    done: bool = False,
) -> Response:
    return await render(
        request,
        "invite.html",
        status=status,
        token=token,
        username=username,
        problem=problem,
        done=done,
        shortest=passwords.SHORTEST,
        next=f"/account/invite?token={token}" if token else "/",
    )
