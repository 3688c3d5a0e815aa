"""Who is signed in, what they may see, and what day it is."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from itertools import chain
from typing import NoReturn
from urllib.parse import quote, urlencode, urlsplit

import streamlit as st

from pages.shared.data import ask, fetch, settings, submit
from pages.shared.forms import DRAFT, typed_texts
from services import accounts, form_drafts
from services.i18n import _, use_language
from services.office import office_state
from services.periods import OFFICE_CLOCK
from services.permissions import CurrentUser, may, role_label

_BUTTON = (
    "display: inline-block; padding: 10px 20px; color: #fff; background: #1f5fa8; "
    "border-radius: 6px; text-decoration: none"
)
_LANGUAGE = "language"  # in session_state: to say in it that the session has ended


def clock_time() -> datetime:
    """The moment it is: by it sessions, invitations and failed sign-ins end, in any office."""
    return datetime.now(UTC)


def now() -> datetime:
    """The moment that a step in the office is dated with.

    In the demonstration office it lies on its own day, after all that its records tell of: they
    end at noon, and the afternoon goes half as fast as a day.
    """
    moment, day = clock_time(), fetch(office_state).day
    if day is None:
        return moment
    here = moment.astimezone(OFFICE_CLOCK)
    gone = here - datetime.combine(here, time(), OFFICE_CLOCK)
    return (datetime.combine(day, time(12), OFFICE_CLOCK) + gone / 2).astimezone(UTC)


def today() -> date:
    """The day in the office; the demonstration office has its own."""
    return fetch(office_state).day or datetime.now(OFFICE_CLOCK).date()


def current_user() -> CurrentUser:
    """The person signed in, asked of the database each time; stops the page if there is none.

    The gate put the session's hash into `st.user` when the browser connected: since then the
    person may have signed out in another tab, or have been idle too long.
    """
    kept_hash = str(st.user.get("session") or "")
    signed_in = ask(accounts.person_of, kept_hash, clock_time(), settings().sign_in)
    if signed_in is None:
        _ask_to_sign_in()
    if signed_in.unseen:
        submit(accounts.note_seen, kept_hash, clock_time())
    st.session_state[_LANGUAGE] = signed_in.user.language
    return signed_in.user


def _ask_to_sign_in() -> NoReturn:
    use_language(st.session_state.get(_LANGUAGE, "zh"))
    here, asked = urlsplit(st.context.url or "/").path, st.query_params.to_dict()
    drafts = [token for token in typed_texts() if ask(form_drafts.is_open, token)]
    if drafts:
        asked[DRAFT] = drafts[0]
    if asked:
        here += "?" + urlencode(asked)
    st.warning(_("登录已失效，请重新登录。"))
    link = f"/account/login?next={quote(here, safe='')}"
    st.html(f'<a href="{link}" target="_self" style="{_BUTTON}">{_("重新登录")}</a>')
    _to_copy(
        _("您填写的内容存有草稿，登录后可以接着填。最后几个字可能没有存上，这里可以复制：")
        if drafts
        else _("您刚才填写的内容没有保存，请先复制下来：")
    )
    st.stop()


def _to_copy(sentence: str) -> None:
    """What was typed in a form that is not there any more."""
    if typed := typed_texts():
        st.markdown(sentence)
        # The gate lets no script be loaded any more: no st.code.
        st.text("\n".join(chain.from_iterable(typed.values())))


def guard(action: str) -> CurrentUser:
    """The first line of a page: the person, if they may do this; else a sentence, and it stops."""
    user = current_user()
    if not may(user, action):
        st.header(_("没有权限"), anchor=False)
        st.markdown(
            _("您以“{role}”身份登录，不能使用这个页面。如有需要，请联系管理员。").format(
                role=role_label(user.role)
            )
        )
        _to_copy(_("您刚才填写的内容没有保存，请先复制下来："))
        st.stop()
    return user
