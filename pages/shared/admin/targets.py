"""The form of a place's targets for a year: scores, shares, then the measures by domain."""

from __future__ import annotations

from collections.abc import Iterator

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.shared.access import now
from pages.shared.data import ask, submit
from pages.shared.forms import form_key, refused, saved
from pages.shared.history import history_of
from pages.shared.text import plain
from services import targets as service
from services.catalogue import Catalogue
from services.entries import gathered
from services.i18n import _, _n
from services.permissions import CurrentUser

_COLUMNS = 3


def targets(lists: Catalogue, place: str, year: int, user: CurrentUser) -> None:
    """A field an indicator; what is blank has no target."""
    token = f"{form_key('targets')}-{place}-{year}"
    with st.form(f"{token}-targets", border=False):
        typed, beside = _fields(lists, token, ask(service.targets_of, year), place)
        if st.form_submit_button(_("保存目标"), type="primary"):
            with refused(beside):
                with gathered() as part:
                    values = {one.code: part(service.read_target, typed[one.code], one)
                              for one in service.indicators(lists)}  # fmt: skip
                changed = submit(service.set_targets, place, year, values, user, now())
                saved(
                    "targets", _n("已保存，改动了 {count} 个目标。", changed).format(count=changed)
                )
    keys = (service.log_key(one.code, place, year) for one in service.indicators(lists))
    history_of("target", tuple(keys), user)


def _fields(
    lists: Catalogue, token: str, before: service.Targets, place: str
) -> tuple[dict[str, str], dict[str, DeltaGenerator]]:
    """By indicator: what stands in its field, and where a refusal is said."""
    typed, beside = {}, {}
    for title, part in _groups(lists):
        st.subheader(plain(title), anchor=False)
        # Row by row: on a phone, where columns stand below each other, the order stays.
        columns = [
            column for _row in range(0, len(part), _COLUMNS) for column in st.columns(_COLUMNS)
        ]
        for column, indicator in zip(columns, part, strict=False):
            value = before.get((indicator.code, place))
            typed[indicator.code] = column.text_input(
                plain(_("{label}（{unit}）").format(label=indicator.label, unit=indicator.unit)),
                "" if value is None else f"{value:.3f}".rstrip("0").rstrip("."),
                key=f"{token}-{indicator.code}",
                autocomplete="off",
            )
            beside[indicator.code] = column.empty()
    return typed, beside


def _groups(lists: Catalogue) -> Iterator[tuple[str, list[service.Indicator]]]:
    """Scores, shares of groups, then domain by domain its measures."""
    known = service.indicators(lists)
    yield _("满意度"), [one for one in known if one.is_score]
    yield _("覆盖率"), [one for one in known if one.is_share]
    for domain in lists.domains:
        part = [
            one
            for one in known
            if one.domain == domain.code and not one.is_score and not one.is_share
        ]
        if part:
            yield _("{domain}工作量（全年）").format(domain=domain.label), part
