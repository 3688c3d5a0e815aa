"""What was noticed about an entry and is to be confirmed: 确认无误？ And the answer to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

UNUSUAL = "unusual"  # far from the community's own last twelve months; others name their rule
SURE_FIELD = "sure"


@dataclass(frozen=True)
class Finding:
    """`field` is a field of the entry form; `figure` is what was noticed, as it is kept with the
    answer: another figure is another question. `weight` grows with how odd it is."""

    field: str
    kind: str
    figure: str
    sentence: str
    weight: float = 0.0


@dataclass(frozen=True)
class Answer:
    """What a person says to findings: to those of the mark, which are the ones they saw.

    follow_up: it is to be looked into, as the note says; else it is confirmed.
    """

    mark: str
    note: str = ""
    follow_up: bool = False


def mark_of(found: Sequence[Finding]) -> str:
    """A word for each finding, the same in every language; "" for none."""
    return ".".join(sorted(map(_word, found)))


def covers(mark: str, found: Sequence[Finding]) -> bool:
    """Whether all of this was confirmed with the mark; that more was is no matter."""
    return {_word(one) for one in found} <= set(mark.split("."))


def _word(one: Finding) -> str:
    said = repr((one.field, one.kind, one.figure))
    return sha256(said.encode()).hexdigest()[:10]
