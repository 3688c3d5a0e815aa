"""What the administrator's forms share: one row edited by one person at a time, and its table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

import pandas as pd
import streamlit as st

from pages.shared.fields import Beside
from pages.shared.forms import form_key, kept, new_round, refused, replace, saved
from pages.shared.text import plain
from services.admin.edits import fingerprint
from services.formats import NONE
from services.i18n import _

Facts = TypeVar("Facts")
_WHOLE = 30  # rows: so many stand on the page; more scroll in a box of their own


def edit_form(
    name: str,
    facts: Facts,
    draw: Callable[[str, Facts, Beside], Facts],
    save: Callable[[Facts, str], str],
    words: Callable[[Facts], Mapping[str, str]],
) -> None:
    """The form of a row that exists, `facts` as it is now.

    draw: the fields under a token, filled with facts → what is in them; it puts in a place beside
    each. save: writes them, given the fingerprint of what was shown, and returns the receipt.
    words: label → text of each field.
    """
    token, beside = form_key(name), Beside()
    version = f"{token}-seen"
    seen = kept(version, fingerprint(facts))
    with st.form(f"{token}-form", border=False):
        typed = draw(token, facts, beside)
        pressed = st.form_submit_button(_("保存"), type="primary", width="stretch")
    if pressed:
        with refused(beside):
            saved(name, save(typed, seen))
    if fingerprint(facts) != seen:
        _both_values(name, version, facts, words(facts), words(typed))


def _both_values(
    name: str,
    version: str,
    facts: object,
    current: Mapping[str, str],
    typed: Mapping[str, str],
) -> None:
    """Somebody else changed the row since it was shown: both are said; the person chooses."""
    st.subheader(_("两种内容不同的地方"), anchor=False)
    for label, text in typed.items():
        if text != current[label]:
            st.text(
                _("{field}\n  现在的内容：{before}\n  您填写的：{after}").format(
                    field=label, before=current[label] or NONE, after=text or NONE
                )
            )
    st.button(
        _("保留我填写的，再保存一次"),
        width="stretch",
        on_click=replace,
        args=(version, fingerprint(facts)),
    )
    st.button(
        _("放弃我填写的，按现在的内容重填"), width="stretch", on_click=new_round, args=(name,)
    )


def table(columns: Sequence[str], rows: Sequence[Sequence[object]], nothing: str) -> None:
    """Rows to read; a sentence where there are none."""
    if not rows:
        st.info(plain(nothing), icon=":material/info:")
        return
    st.dataframe(
        pd.DataFrame(rows, columns=list(columns)),
        hide_index=True,
        width="stretch",
        height="content" if len(rows) <= _WHOLE else "auto",
        placeholder=NONE,
        column_config={_("顺序"): st.column_config.Column(width=60, alignment="left")},
    )
