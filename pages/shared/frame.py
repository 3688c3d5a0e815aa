"""What stands around every page: its title, the demonstration's mark, and who is signed in."""

from __future__ import annotations

from html import escape

import streamlit as st

from pages.shared.access import clock_time
from pages.shared.assets import assets
from pages.shared.data import fetch, submit
from pages.shared.web.browser import CSRF_COOKIE
from pages.shared.web.render import FOLDER
from services import accounts
from services.catalogue import catalogue
from services.i18n import LANGUAGES, _
from services.office import office_state
from services.periods import day_label
from services.permissions import CurrentUser, role_label

_ICON = (FOLDER / "icon.svg").read_text(encoding="utf-8")
_WAY_OUT = """
<style>{style}</style>
<form class="way-out" method="post" action="/account/logout">
  <input type="hidden" name="csrf" value="{csrf}">
  <button type="submit">{out}</button>
  {password}
</form>
"""
# Streamlit takes only a picture there, and a picture can't use the page's fonts.
_NAME = """
<style>[data-testid="stSidebarHeader"]::before {{ content: {office}; }}</style>
"""
_PASSWORD = '<a href="/account/password" target="_self">{label}</a>'


def page_settings(title: str) -> None:
    office = fetch(catalogue).subdistrict
    st.set_page_config(page_title=f"{title} · {office}", page_icon=_ICON, layout="wide")


def banner() -> None:
    """Say on every page of the demonstration office that nothing here is real."""
    day = fetch(office_state).day
    if day is not None:
        sentence = _("这里的“今天”是{day}。").format(day=day_label(day))
        st.markdown(f":orange-badge[{_('演示数据')}] :small[{sentence}]")


def sidebar_foot(user: CurrentUser) -> None:
    """Who is signed in, the language, and the way out: at the foot, by frame.css.

    Drawn before the page, so that it is there also when the page stops early.
    """
    with st.sidebar.container(key="signed-in", gap="xsmall"):
        st.html(_NAME.format(office=_css_text(fetch(catalogue).subdistrict)))
        st.text(user.name)
        st.caption(_role_of(user))
        _language_switch(user)
        st.html(_way_out())


def _css_text(text: str) -> str:
    """Text as a CSS string that can end neither the string nor the style element."""
    return '"' + "".join(f"\\{ord(mark):06x}" for mark in text) + '"'


def _way_out() -> str:
    """A form of its own: only the server can take the cookie away.

    The people of the demonstration have no password to change.
    """
    demonstration = fetch(office_state).demonstration
    return _WAY_OUT.format(
        style=assets()["frame.css"].content.decode(),
        csrf=escape(st.context.cookies.get(CSRF_COOKIE, "")),
        out=_("退出登录"),
        password="" if demonstration else _PASSWORD.format(label=_("修改密码")),
    )


def _language_switch(user: CurrentUser) -> None:
    chosen = st.segmented_control(
        _("语言"),
        list(LANGUAGES),
        format_func=LANGUAGES.__getitem__,
        default=user.language,
        required=True,
        label_visibility="collapsed",
    )
    if chosen != user.language:
        submit(accounts.choose_language, user, chosen, clock_time())
        st.rerun()


def _role_of(user: CurrentUser) -> str:
    """The role, with their community for community staff."""
    role = role_label(user.role)
    if user.community is None:
        return role
    return f"{role} · {fetch(catalogue).community(user.community).name}"
