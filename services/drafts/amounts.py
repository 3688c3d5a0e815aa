"""The numbers in a grid row's texts, for its totals: read as they are when they are submitted."""

from __future__ import annotations

from collections.abc import Mapping

from services.catalogue import Catalogue
from services.entries import people, quantity
from services.errors import InvalidEntry


def amounts(cells: Mapping[str, str], lists: Catalogue) -> dict[str, float]:
    """Field → the number its text comes to; none for a text that comes to none."""
    units = {f"measure-{one.code}": one.unit_names for one in lists.measures}
    found: dict[str, float] = {}
    for name, text in cells.items():
        try:
            if name == "participants":
                value = people(text, name)
            elif name.startswith("measure-"):
                value = quantity(text, name, whole=False, unit=units.get(name, ()))
            else:
                continue
        except InvalidEntry:
            continue
        if value is not None:
            found[name] = float(value)
    return found
