"""How a file can call what the office knows: in any language, by code, with or without endings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from db.engine import Session
from db.reads import catalogue as lists
from services.imports.values import alike, place_name
from services.satisfaction import OVERALL
from services.scales import scale_of


@dataclass(frozen=True)
class Names:
    """Each a text in the form of `alike` → the code of what it names."""

    places: Mapping[str, str]
    subjects: Mapping[str, str]
    options: Mapping[str, str]


def _numbered(communities: Iterable[tuple[str, str]]) -> dict[str, str]:
    """3 → the one community whose name has a number and it is 3: 第3选区."""
    found: dict[str, set[str]] = {}
    for code, name in communities:
        numbers = re.findall(r"[0-9]+", alike(name))
        if len(numbers) == 1:
            found.setdefault(str(int(numbers[0])), set()).add(code)
    return {number: codes.pop() for number, codes in found.items() if len(codes) == 1}


def names_known(session: Session, wave: str) -> Names:
    """The names of communities, subjects and the wave's options."""
    communities = lists.communities(session)
    places = _numbered([(row.code, row.name) for row in communities])
    for row in communities:
        for name in filter(None, (row.code, row.name, row.name_en)):
            places |= {alike(name): row.code, place_name(name): row.code}
    subjects = {OVERALL: OVERALL}
    for row in lists.domains(session):
        subjects |= {alike(name): row.code for name in (row.code, row.label, row.label_en) if name}
    options = {}
    for option in scale_of(session, wave):
        shown = (option.code, option.label, option.label_en)
        options |= {alike(name): option.code for name in shown if name}
    return Names(places, subjects, options)
