"""What two people typed into one cell: both are kept with the row until somebody decides."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from services.privacy import mask

OTHER = "other-"  # other-place: what else was typed into place, beside the text that stands there


@dataclass(frozen=True)
class Version:
    """A text that does not stand in the cell, and who typed it."""

    person: int | None
    name: str
    text: str


@dataclass(frozen=True)
class Rivals:
    """All of a cell's other texts. A decision is about these: it comes with their `mark`."""

    mark: str
    versions: tuple[Version, ...]


def rivals_of(cells: Mapping[str, str], hidden: bool = False) -> dict[str, Rivals]:
    """Field → what else was typed there. hidden: without the numbers of persons."""
    return {
        name.removeprefix(OTHER): Rivals(
            mark_of(kept),
            tuple(
                Version(one.person, one.name, mask(one.text) if hidden else one.text)
                for one in _versions(kept)
            ),
        )
        for name, kept in cells.items()
        if name.startswith(OTHER)
    }


def texts_of(cells: Mapping[str, str]) -> dict[str, str]:
    """The texts that stand in the row."""
    return {name: text for name, text in cells.items() if not name.startswith(OTHER)}


def mark_of(kept: str) -> str:
    return sha256(kept.encode()).hexdigest()[:12] if kept else ""


def put(
    cells: dict[str, str], field: str, seen: str, text: str, who: tuple[int | None, str],
    locked: bool = False,
) -> None:  # fmt: skip
    """Let the text replace the one its writer saw; where another stands, keep it beside that one.

    locked: what stands there is not to be changed any more. What a writer keeps beside it is one
    text, which their next one replaces.
    """
    present = cells.get(field, "")
    versions = _versions(cells.get(OTHER + field, ""))
    own = [one for one in versions if one.person == who[0] and (locked or one.text == seen)]
    if own:
        versions = [one for one in versions if one is not own[-1]]
    if text != present and (locked or own or present != seen):
        versions.append(Version(*who, text))
    elif text != present:
        present = text
    _set(cells, field, present)
    _set(cells, OTHER + field, _kept([one for one in versions if one.text != present]))


def decide(cells: dict[str, str], field: str, mark: str) -> None:
    """Let go of all the other texts of a cell, unless they are others than were decided about."""
    if mark_of(cells.get(OTHER + field, "")) == mark:
        cells.pop(OTHER + field, None)


def _set(cells: dict[str, str], name: str, text: str) -> None:
    if text:
        cells[name] = text
    else:
        cells.pop(name, None)


def _versions(kept: str) -> list[Version]:
    return [Version(*one) for one in json.loads(kept)] if kept else []


def _kept(versions: list[Version]) -> str:
    once = list(dict.fromkeys((one.person, one.name, one.text) for one in versions))
    return json.dumps(once, ensure_ascii=False) if once else ""
