"""Mounts the batch grid: its lists and texts; the rows come and go by requests of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from pages.shared.assets import asset_url
from pages.shared.data import fetch
from pages.shared.entry.grid_words import words
from pages.shared.web.browser import CSRF_COOKIE
from pages.shared.web.drafts import PATH
from services import drafts
from services.catalogue import Catalogue, catalogue
from services.i18n import _
from services.office import office_state
from services.permissions import CurrentUser

_component = st.components.v2.component(
    "minyi_grid",
    js=f"""
    const grid = import(new URL("{asset_url("grid.js")}", location.origin));
    export default async (component) => (await grid).default(component);
    """,
    isolate_styles=False,
)


def grid(user: CurrentUser, community: str, month: str, recent: Sequence[str]) -> None:
    """The rows of a community's month (2023-10). `recent`: the types to offer first."""
    lists: Catalogue = fetch(catalogue)
    names: drafts.Names = fetch(drafts.names)
    data = {
        "place": {
            "person": user.id,
            "csrf": st.context.cookies.get(CSRF_COOKIE, ""),
            "community": community,
            "month": month,
            "address": PATH,
            "record": "/mine?record=",
            "most": drafts.MOST_ROWS,
        },
        "style": asset_url("grid.css"),
        "words": words(fetch(office_state).approval),
        "columns": _columns(),
        "headings": _headings(),
        "recent": list(recent),
        "types": _types(lists, names),
        "measures": [
            {
                "code": measure.code,
                "label": measure.label,
                "unit": measure.unit_label,
                "names": _called(names.measures, measure.code),
            }
            for measure in lists.measures
        ],
        "communities": [
            {"label": place.name} for place in lists.active_communities if place.code != community
        ],
        "partners": [{"label": kind.label} for kind in lists.partner_kinds],
    }
    _component(data=data, key="batch-grid")


def _columns() -> list[dict[str, str]]:
    """The columns every sheet has, the note last: the measures go before it."""
    return [
        {"field": "day", "label": _("日期"), "unit": "", "kind": "day"},
        {"field": "type", "label": _("活动类型"), "unit": "", "kind": "type"},
        {"field": "place", "label": _("地点"), "unit": "", "kind": "text"},
        {"field": "communities", "label": _("共同开展的社区"), "unit": "", "kind": "text"},
        {"field": "partners", "label": _("参与力量"), "unit": "", "kind": "text"},
        {"field": "participants", "label": _("参加人数"), "unit": _("人"), "kind": "number"},
        {"field": "note", "label": _("备注"), "unit": "", "kind": "text"},
    ]


def _headings() -> list[tuple[str, str]]:
    """What a pasted sheet may call the columns, beside the names of the measures."""
    shown = [(column["label"], column["field"]) for column in _columns()]
    return shown + [
        (name.replace("_", " "), field)
        for field, known in drafts.CALLED.items()
        for name in known.split()
    ]


def _types(lists: Catalogue, names: drafts.Names) -> list[dict[str, Any]]:
    domains = {domain.code: domain.label for domain in lists.domains}
    return [
        {
            "code": kind.code,
            "label": kind.label,
            "domain": domains[kind.domain],
            "measures": kind.measures,
            "active": kind.active,
            "names": _called(names.types, kind.code),
        }
        for domain in lists.domains
        for kind in lists.types
        if kind.domain == domain.code
    ]


def _called(names: Mapping[str, str], code: str) -> list[str]:
    return [name for name, meant in names.items() if meant == code]
