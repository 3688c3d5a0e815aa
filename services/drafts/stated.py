"""What a record states, as the texts of a grid row: corrections are seen in the grid, too."""

from __future__ import annotations

from services.activities.entry import Entry
from services.drafts.cells import Place


def stated(entry: Entry, place: Place) -> dict[str, str]:
    """Field → text, blanks left out; numbers of persons are not hidden here."""
    lists = place.lists
    kinds = {kind.code: kind.label for kind in lists.types}
    partners = {kind.code: kind.label for kind in lists.partner_kinds}
    names = {one.code: one.name for one in lists.communities}
    texts = {
        "day": _days(entry, place),
        "type": kinds[entry.type_code],
        "place": entry.place,
        "communities": "、".join(names[code] for code in entry.communities),
        "partners": "、".join(
            partners[code] + (f" {count}" if count is not None else "")
            for code, count in entry.partners
        ),
        "participants": "" if entry.participants is None else str(entry.participants),
        **{f"measure-{code}": f"{value.normalize():f}" for code, value in entry.measures},
        "note": entry.note,
    }
    return {name: text for name, text in texts.items() if text}


def _days(entry: Entry, place: Place) -> str:
    """As short as the grid takes it: 25, or 25 – 27; of another month in full."""
    within = place.month.first_day <= entry.first_day and entry.last_day <= place.month.end
    first, last = (
        str(day.day) if within else day.isoformat() for day in (entry.first_day, entry.last_day)
    )
    return first if first == last else f"{first} – {last}"
