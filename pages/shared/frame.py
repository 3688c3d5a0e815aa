"""What stands around every page: its title, the demonstration's mark, and who is signed in."""

from __future__ import annotations

from html import escape

import streamlit as st

from pages.shared.access import now
from pages.shared.data import fetch, submit
from pages.shared.web.browser import CSRF_COOKIE
from services import accounts
from services.catalogue import catalogue
from services.i18n import LANGUAGES, _
from services.office import office_state
from services.permissions import CurrentUser, role_label


def page_settings(title: str) -> None:
    st.set_page_config(page_title=f"{title} · {fetch(catalogue).subdistrict}", layout="wide")


def banner() -> None:
    """Say on every page of the demonstration office that nothing here is real."""
    office = fetch(office_state)
    if office.demonstration:
        with st.container(horizontal=True, vertical_alignment="center", key="demonstration"):
            st.badge(_("演示数据"), color="orange")
            st.caption(
                _("本页数据均为演示用，“今天”是{day}。").format(day=office.day),
                width="stretch",
            )


def sidebar_foot(user: CurrentUser) -> None:
    """Who is signed in, the language, and the way out."""
    with st.sidebar.container(key="signed-in"):
        st.divider()
        st.text(user.name)
        st.caption(_role_of(user))
        language = st.segmented_control(
            _("语言"),
            list(LANGUAGES),
            format_func=LANGUAGES.__getitem__,
            required=True,
            default=user.language,
            label_visibility="collapsed",
        )
        st.html(
            _WAY_OUT.format(
                csrf=escape(st.context.cookies.get(CSRF_COOKIE, "")),
                password=_("修改密码"),
                out=_("退出登录"),
            )
        )
    if language != user.language:
        submit(accounts.choose_language, user, language, now())
        st.rerun()


_WAY_OUT = """
<form method="post" action="/account/logout">
  <input type="hidden" name="csrf" value="{csrf}">
  <a href="/account/password" target="_self">{password}</a>
  <button type="submit">{out}</button>
</form>
"""


def _role_of(user: CurrentUser) -> str:
    if user.community is None:
        return role_label(user.role)
    return f"{role_label(user.role)} · {fetch(catalogue).community(user.community).name}"
