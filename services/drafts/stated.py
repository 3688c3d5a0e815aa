"""What a record states, as the texts of a row: of the grid, and of a sheet of the workbook."""

from __future__ import annotations

from services.activities.entry import Entry
from services.catalogue import Catalogue
from services.drafts.cells import Place
from services.drafts.names import Names, listed, spoken
from services.formats import exact
from services.i18n import _


def grid_texts(entry: Entry, place: Place) -> dict[str, str]:
    """Field → text of the grid, blanks left out; numbers of persons are not hidden here."""
    texts = {"day": _days(entry, place)} | stated(entry, place.lists, place.names)
    return {name: text for name, text in texts.items() if text}


def stated(entry: Entry, lists: Catalogue, names: Names) -> dict[str, str]:
    """Field → text of what is no day and no community's own, as the readers of `cells` take it.

    Numbers of persons are not hidden here.
    """
    kinds = {kind.code: kind.label for kind in lists.partner_kinds}
    communities = {one.code: one.name for one in lists.communities}
    return {
        "type": spoken(lists.type(entry.type_code).label, entry.type_code, names.types),
        "place": entry.place,
        "communities": _("、").join(
            listed(communities[code], code, names.communities) for code in entry.communities
        ),
        "partners": _("、").join(
            listed(kinds[code], code, names.kinds) + (f" {count}" if count is not None else "")
            for code, count in entry.partners
        ),
        "participants": "" if entry.participants is None else str(entry.participants),
        **{f"measure-{code}": exact(value) for code, value in entry.measures},
        "note": entry.note,
    }


def _days(entry: Entry, place: Place) -> str:
    """As short as the grid takes it: 25, or 25 – 27; of another month in full."""
    within = place.month.first_day <= entry.first_day and entry.last_day <= place.month.end
    first, last = (
        str(day.day) if within else day.isoformat() for day in (entry.first_day, entry.last_day)
    )
    return first if first == last else f"{first} – {last}"
