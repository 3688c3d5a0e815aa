"""The entry form as it was left by a person: texts still to be read strictly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from services.activities.entry import Entry
from services.catalogue import Catalogue
from services.entries import people, quantity
from services.errors import InvalidEntry
from services.i18n import _


@dataclass(frozen=True)
class Typed:
    """`headcounts` by partner kind and `quantities` by measure are as typed; a day can be None
    because a date field can be emptied."""

    type_code: str
    first_day: date | None
    last_day: date | None
    host: str | None
    grid: str | None
    place: str
    communities: tuple[str, ...]
    headcounts: Mapping[str, str]
    participants: str
    quantities: Mapping[str, str]
    note: str


def read(typed: Typed, lists: Catalogue) -> Entry:
    """What was typed, as an entry. InvalidEntry names the first field that cannot be read."""
    if typed.first_day is None:
        raise InvalidEntry(_("请选择日期。"), "first_day")
    if typed.last_day is None:
        raise InvalidEntry(_("请选择结束日期。"), "last_day")
    if typed.host is None:
        raise InvalidEntry(_("请选择主办社区。"), "host")
    return Entry(
        type_code=typed.type_code,
        first_day=typed.first_day,
        last_day=typed.last_day,
        host=typed.host,
        place=typed.place,
        communities=typed.communities,
        grid=typed.grid,
        partners=_partners(typed, lists),
        participants=people(typed.participants, _("参加人数"), field="participants"),
        measures=_measures(typed, lists),
        note=typed.note,
    )


def _partners(typed: Typed, lists: Catalogue) -> tuple[tuple[str, int | None], ...]:
    labels = {kind.code: kind.label for kind in lists.partner_kinds}
    return tuple(
        (kind, people(text, labels[kind], least=1, field=f"headcount-{kind}"))
        for kind, text in typed.headcounts.items()
    )


def _measures(typed: Typed, lists: Catalogue) -> tuple[tuple[str, Decimal], ...]:
    found = []
    for code, text in typed.quantities.items():
        measure = lists.measure(code)
        value = quantity(
            text,
            measure.label,
            whole=measure.whole,
            unit=measure.unit_names,
            field=f"measure-{code}",
        )
        if value is not None:
            found.append((code, value))
    return tuple(found)
