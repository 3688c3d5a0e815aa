"""What was done to a thing, folded away under it: who, when, from what to what, and why."""

from __future__ import annotations

import streamlit as st

from pages.shared.data import ask
from pages.shared.text import clock
from services.i18n import _
from services.log.history import history
from services.log.wording import Line
from services.permissions import CurrentUser


def history_of(entity: str, keys: tuple[str, ...], user: CurrentUser) -> None:
    """The lines of the change log about these things; text from people, nothing in it is markup."""
    with st.expander(_("变更记录"), icon=":material/history:"):
        found = ask(history, entity, keys, user)
        if not found:
            st.caption(_("还没有改动过。"))
        for line in found:
            st.text(f"{clock(line.at)} {line.who} {line.action} {line.name}".rstrip())
            details(line)


def details(line: Line) -> None:
    """What differs, and the reason."""
    for difference in line.differences:
        st.text(difference)
    if line.reason:
        st.text(_("原因：{reason}").format(reason=line.reason))
