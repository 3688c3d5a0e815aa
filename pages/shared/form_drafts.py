"""Forms that outlive their page: kept as drafts while they are filled in, and put back later."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import streamlit as st

from pages.shared.access import clock_time
from pages.shared.assets import asset_url
from pages.shared.data import ask, submit
from pages.shared.forms import (
    DRAFT,
    arrives,
    begin_with,
    begun_with,
    form_key,
    held_in,
    new_round,
    put_back,
    recall,
    refused,
    remember,
)
from pages.shared.text import clock, plain
from pages.shared.web.browser import CSRF_COOKIE
from pages.shared.web.drafts import FORM_PATH
from services import form_drafts
from services.form_drafts import Draft
from services.formats import number
from services.i18n import _, _n
from services.permissions import CurrentUser

_LEFT, _CLEARED, _DRAWN = "left", "cleared", "drawn"
_component = st.components.v2.component(
    "minyi_keep",
    js=f"""
    const keep = import(new URL("{asset_url("keep.js")}", location.origin));
    export default async (component) => (await keep).default(component);
    """,
    isolate_styles=False,
)


def resume(name: str, user: CurrentUser, asked: bool = False) -> str:
    """The form's token; when its page was just opened, with what the person left of it put back.

    asked: the address asks for a form of its own; then only the draft that it names is put back.
    """
    if arrives(name):
        wanted = st.query_params.get(DRAFT, "")
        found = ask(form_drafts.left, name, user, clock_time(), wanted or begun_with(name))
        if found is not None and (not asked or found.token == wanted):
            begin_with(name, found.token)
            _put_back(name, found)
        else:  # the token of before may have been used up elsewhere
            begin_with(name, uuid4().hex)
    token = form_key(name)
    _say_what_it_is(name, token, user)
    return token


def is_resumed(name: str) -> bool:
    """Whether what the form holds was left there before."""
    return recall(name, _LEFT) is not None


def keep(name: str, token: str, user: CurrentUser) -> None:
    """Below the form: the browser saves what is in it, and says so."""
    left: Draft | None = recall(name, _LEFT)
    data = {
        "address": FORM_PATH,
        "person": user.id,
        "csrf": st.context.cookies.get(CSRF_COOKIE, ""),
        "form": name,
        "token": token,
        "version": left.version if left else 0,
        "fresh": recall(name, _DRAWN) is None,
        "fields": held_in(token),
        "words": _words(),
    }
    remember(name, _DRAWN, True)
    kept = _component(data=data, key=f"keep-{name}", on_apart_change=lambda: None)
    if isinstance(kept.apart, dict):  # submitted elsewhere: this one goes on as a form of its own
        with refused():
            _keep_as(name, uuid4().hex, 0, kept.apart, user)
            st.rerun()


def submit_form(
    name: str, token: str, user: CurrentUser, service: Callable[..., Any], *args: Any
) -> Any:
    """`submit` for what a form says: it ends the form's draft, in the same transaction."""
    return submit(form_drafts.sent, name, token, user, clock_time(), service, *args)


def _put_back(name: str, draft: Draft) -> None:
    put_back(draft.token, draft.fields)
    remember(name, _LEFT, draft)


def _keep_as(
    name: str, token: str, version: int, fields: Mapping[str, Any], user: CurrentUser
) -> None:
    """Save the fields under the token, and let the next run go on with what is there then."""
    submit(form_drafts.save, name, token, version, fields, user, clock_time())
    found = ask(form_drafts.left, name, user, clock_time(), token)
    if found is not None and found.token == token:
        new_round(name, token)
        _put_back(name, found)
    else:  # submitted elsewhere meanwhile
        new_round(name)


def _say_what_it_is(name: str, token: str, user: CurrentUser) -> None:
    left, cleared = recall(name, _LEFT), recall(name, _CLEARED)
    if left is None and cleared is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if left is not None:
            said = _("已接着上次没有提交的填写（{when}）。").format(when=_when(left.at))
            st.caption(plain(said), width="content")
            label, act, args = _("重新填写"), _clear, (name, token, user)
        else:
            st.caption(_("已清空，可以从头填写。"), width="content")
            label, act, args = _("找回刚才填写的"), _restore, (name, user)
        st.button(label, key=f"{name}-anew", type="tertiary", on_click=act, args=args)


def _when(at: datetime) -> str:
    minutes = (clock_time() - at) // timedelta(minutes=1)
    if minutes < 1:
        return _("刚刚")
    if minutes < 60:
        return _n("{count} 分钟前", minutes).format(count=number(minutes))
    return clock(at)


def _clear(name: str, token: str, user: CurrentUser) -> None:
    draft = ask(form_drafts.left, name, user, clock_time(), token)
    submit(form_drafts.clear, token, user, clock_time())
    new_round(name)
    if draft is not None and draft.token == token:
        remember(name, _CLEARED, draft)


def _restore(name: str, user: CurrentUser) -> None:
    draft: Draft = recall(name, _CLEARED)
    _keep_as(name, draft.token, draft.version + 1, draft.fields, user)


def _words() -> dict[str, str]:
    return {
        "saved": _("已自动存为草稿，还没有提交。"),
        "offline": _("没有连上，刚才填写的还没有保存；连上后会自动保存。"),
        "elsewhere": _("这张表在别的页面或设备上又改过，这里刚才填写的没有保存。"),
        "mine": _("以这里的为准"),
        "sent": _("这张表已在别处提交，这里填写的不再自动保存。"),
        "apart": _("作为新的一张接着填"),
    }
