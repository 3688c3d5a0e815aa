"""Fields and widths that the forms of several sections share."""

from __future__ import annotations

from datetime import date
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.shared.data import fetch
from pages.shared.forms import kept, replace
from pages.shared.text import plain
from services.catalogue import catalogue
from services.i18n import _
from services.permissions import CurrentUser

WIDTH = 640  # pixels at most: one column to read and fill down, on a desk as on a phone


Beside = dict[str, DeltaGenerator]  # field → the place where it is said what it is refused for


def a_line(
    token: str, name: str, label: str, value: str, beside: Beside, place: Any = st, **more: Any
) -> str:
    """A line of text."""
    text = place.text_input(label, value, key=f"{token}-{name}", autocomplete="off", **more)
    beside[name] = place.empty()
    return text


def a_day(
    token: str, name: str, label: str, value: date | None, beside: Beside, place: Any = st
) -> date | None:
    """A day without bounds, which the service has: outside of bounds the field would show what was
    typed and send another day."""
    day = place.date_input(
        label,
        value,
        min_value=date.min,
        max_value=date.max,
        format="YYYY-MM-DD",
        key=f"{token}-{name}",
    )
    beside[name] = place.empty()
    return day if isinstance(day, date) else None


def own_community(token: str, user: CurrentUser, label: str) -> str | None:
    """The community that community staff fill in a form for, said as the {name} of `label`.

    None for everybody else, and while an administrator has given them another one since they opened
    the form: what was typed for the one is not saved for the other unless they say so.
    """
    own = user.community or ""
    seen = kept(f"{token}-own", own)
    if not own:
        return None
    place = fetch(catalogue).community(own)
    st.text(label.format(name=place.name))
    if not place.active:
        said = _("{name}已停用，不能再为它填写；需要时请联系管理员。")
        st.warning(plain(said.format(name=place.name)), icon=":material/block:")
    if seen == own:
        return own
    said = _("打开这张表之后，您所属的社区改成了{name}。请确认这一张是为{name}填的。")
    st.warning(plain(said.format(name=place.name)), icon=":material/swap_horiz:")
    st.button(
        plain(_("是为{name}填的").format(name=place.name)),
        key=f"{token}-own-now",
        on_click=replace,
        args=(f"{token}-own", own),
    )
    return None
