"""What a cell of a list's sheet says and means: words of ours in either language, figures, days."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from services.drafts.names import APART
from services.entries import name_key, quantity
from services.errors import InvalidEntry
from services.formats import exact
from services.i18n import _, in_each_language
from services.imports import values

_NEEDED = object()


@dataclass(frozen=True)
class Field:
    """A column of a list. `read`: what a text means, InvalidEntry if nothing; `say`: the text of a
    value; `empty`: what a new row means that has no such column; `hides`: numbers of persons;
    `fixed`: why a file cannot change what the column shows; `local`: numbers of this office's
    things. A column of the kind "kept" that is not fixed is for people to read, and passed over."""

    name: str
    heading: Callable[[], str]
    kind: str = "text"
    width: int = 14
    read: Callable[[str], Any] = str
    say: Callable[[Any], str] = str
    empty: Any = ""
    choices: tuple[str, ...] = ()
    called: tuple[str, ...] = ()
    hides: bool = False
    fixed: Callable[[], str] | None = None
    local: bool = False

    @property
    def read_only(self) -> bool:
        return self.kind == "kept" and self.fixed is None


class Words:
    """What values are called, and which value a word means. Where two are called the same, or a
    list in a cell could be parted in the middle of a label, the code stands for the second."""

    def __init__(self, options: Callable[[], Mapping[Any, str]], empty: Any = _NEEDED) -> None:
        self.labels, self.empty = options(), empty
        self.meant: dict[str, Hashable] = {}
        for spoken in in_each_language(options):
            for value, label in spoken.items():
                self.meant.setdefault(name_key(label), value)
        for value in filter(None, self.labels):
            self.meant.setdefault(name_key(str(value)), value)

    def read(self, text: str) -> Any:
        key = name_key(text)
        if not key and self.empty is not _NEEDED:
            return self.empty
        if key not in self.meant:
            raise InvalidEntry(_("请从列表中选择。"))
        return self.meant[key]

    def read_several(self, text: str) -> tuple[Any, ...]:
        return tuple(self.read(part) for part in APART.split(text) if part.strip())

    def say(self, value: Any) -> str:
        label = self.labels.get(value, str(value))
        return label if self.meant.get(name_key(label)) == value else str(value)

    def say_several(self, codes: tuple[str, ...]) -> str:
        said = [(code, self.say(code)) for code in codes]
        return _("、").join(code if APART.search(label) else label for code, label in said)

    @property
    def choices(self) -> tuple[str, ...]:
        return tuple(said for value in self.labels if (said := self.say(value)))


def one_of(
    name: str, heading: Callable[[], str], options: Callable[[], Mapping[Any, str]],
    empty: Any = _NEEDED, width: int = 14,
) -> Field:  # fmt: skip
    """A column with one of some words; without `empty` it must be filled in."""
    words = Words(options, empty)
    absent = None if empty is _NEEDED else empty
    return Field(name, heading, "one", width, words.read, words.say, absent, words.choices)


def decimal(name: str, heading: Callable[[], str], unit: Sequence[str] = (), **more: Any) -> Field:
    """A column with a figure; a blank is none. unit: what may be written after it."""
    whole = more.get("kind") == "whole"

    def read(text: str) -> Decimal | None:
        return quantity(text, " ".join(heading().split()), whole=whole, unit=unit)

    return Field(name, heading, read=read, say=say_figure, empty=None, **{"kind": "decimal"} | more)


def say_figure(value: Decimal | None) -> str:
    return "" if value is None else exact(value)


def day(name: str, heading: Callable[[], str]) -> Field:
    def say(value: date | None) -> str:
        return value.isoformat() if value else ""

    return Field(name, heading, "day", 12, values.day, say, None)
