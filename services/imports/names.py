"""How a file can call what the office knows: in any language, by code, with or without endings."""

from __future__ import annotations

from collections.abc import Mapping
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


def names_known(session: Session, wave: str) -> Names:
    """The names of communities, subjects and the wave's options."""
    places: dict[str, str] = {}
    for row in lists.communities(session):
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
