"""What is refused in a form: every sentence beside its field, and the way to the first of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.shared.assets import asset_url
from pages.shared.text import plain
from services.errors import AppError, InvalidEntry
from services.formats import number
from services.i18n import _n

_ICON = ":material/error:"
_component = st.components.v2.component(
    "minyi_refused",
    js=f"""
    const refused = import(new URL("{asset_url("refused.js")}", location.origin));
    export default async (component) => (await refused).default(component);
    """,
    isolate_styles=False,
)


def say_refused(error: AppError, beside: Mapping[str, DeltaGenerator], led: bool) -> None:
    """Say beside each field what it is refused for, and here how many there are and what is about
    none of them. `led`: the browser shows the first field and puts the cursor there."""
    every = error.every if isinstance(error, InvalidEntry) else ()
    placed = [one for one in every if one.field in beside]
    for one in placed:
        _say(one, beside[one.field])
    if placed and len(every) > 1:
        said = _n("有 {count} 处需要修改，原因写在各项下面。", len(every))
        st.error(said.format(count=number(len(every))), icon=_ICON)
    for one in every or (error,):
        if one not in placed:
            _say(one, st)
    if placed and led:
        nonce = uuid4().hex
        data = {"nonce": nonce, "field": placed[0].field}
        _component(data=data, key=f"refused-{nonce}", height=1)


def _say(error: AppError, place: Any) -> None:
    place.error(plain(error.sentence), icon=_ICON)
