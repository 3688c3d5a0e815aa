"""The entry form as it was left by a person: texts still to be read strictly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from services.activities.entry import OLDEST_DAY, Entry, checked
from services.catalogue import Catalogue
from services.entries import Part, chosen, gathered, people, quantity
from services.i18n import _

# The fields of the form.
_ORDER = (
    *("type_code", "first_day", "last_day", "host", "grid", "place", "communities", "partners"),
    *("headcount", "participants", "measures", "measure", "note"),
)


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
    """What was typed, as an entry. InvalidEntry names the fields that cannot be read."""
    with gathered() as part:
        return _entry(typed, lists, part)


def stated(typed: Typed, lists: Catalogue, today: date, before: Entry | None = None) -> Entry:
    """What was typed, read and checked. InvalidEntry names every field that is to be mended."""
    with gathered(_ORDER) as part:
        return part(checked, _entry(typed, lists, part), lists, today, before)


def _entry(typed: Typed, lists: Catalogue, part: Part) -> Entry:
    """What is refused is left out of the entry, so that the rest can be checked."""
    known = typed.first_day or typed.last_day or OLDEST_DAY
    part(chosen, typed.first_day, _("请选择日期。"), "first_day")
    if typed.first_day is not None:
        part(chosen, typed.last_day, _("请选择结束日期。"), "last_day")
    return Entry(
        type_code=typed.type_code,
        first_day=known,
        last_day=typed.last_day or known,
        host=part(chosen, typed.host, _("请选择主办社区。"), "host") or "",
        place=typed.place,
        communities=typed.communities,
        grid=typed.grid,
        partners=_partners(typed, lists, part),
        participants=part(people, typed.participants, _("参加人数"), field="participants"),
        measures=_measures(typed, lists, part),
        note=typed.note,
    )


def _partners(typed: Typed, lists: Catalogue, part: Part) -> tuple[tuple[str, int | None], ...]:
    labels = {kind.code: kind.label for kind in lists.partner_kinds}
    return tuple(
        (kind, part(people, text, labels[kind], least=1, field=f"headcount-{kind}"))
        for kind, text in typed.headcounts.items()
    )


def _measures(typed: Typed, lists: Catalogue, part: Part) -> tuple[tuple[str, Decimal], ...]:
    found = []
    for code, text in typed.quantities.items():
        measure = lists.measure(code)
        value = part(
            quantity,
            text,
            measure.label,
            whole=measure.whole,
            unit=measure.unit_names,
            field=f"measure-{code}",
        )
        if value is not None:
            found.append((code, value))
    return tuple(found)
