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
    """What a person says to findings: to exactly those of the mark that they saw.

    follow_up: it is to be looked into, as the note says; else it is confirmed.
    """

    mark: str
    note: str = ""
    follow_up: bool = False


def mark_of(found: Sequence[Finding]) -> str:
    """Short and the same for the same findings, in whatever language; "" for none."""
    if not found:
        return ""
    said = sorted((one.field, one.kind, one.figure) for one in found)
    return sha256(repr(said).encode()).hexdigest()[:16]
