"""What can be changed of the catalogue's entries, as the forms show and return it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

RHYTHMS = ("weekly", "monthly", "irregular", "holiday", "project", "round")
MORE_WORDS = ("余", "多")
BETTER = ("more", "less", "")


@dataclass(frozen=True)
class TypeFacts:
    """What can be changed of an activity type. `offers`: the measures its form asks for, in order.

    `weekday` goes with weekly (1 Monday … 7 Sunday, 6 for the weekend, None: no fixed day).
    `position`: the rank among the types of its domain, from 1.
    """

    label: str
    label_en: str
    rhythm: str
    weekday: int | None
    offers: tuple[str, ...]
    position: int
    active: bool


@dataclass(frozen=True)
class MeasureFacts:
    """What can be changed of a measure; its unit only while no quantity was recorded.

    `least` and `most`: outside of them no single activity is accepted; None is no bound.
    """

    label: str
    label_en: str
    unit_code: str
    definition: str
    definition_en: str
    counter: str
    more_word: str
    population_group: str
    better: str
    position: int
    active: bool
    least: Decimal | None = None
    most: Decimal | None = None


@dataclass(frozen=True)
class VoiceFacts:
    """What can be changed of a topic of voices (its rank within its domain), or of a channel."""

    label: str
    label_en: str
    position: int
    active: bool


@dataclass(frozen=True)
class GroupFacts:
    """What can be changed of a group of people; closed, it is asked for no more."""

    label: str
    label_en: str
    position: int
    active: bool


@dataclass(frozen=True)
class PartnerFacts:
    label: str
    label_en: str
    position: int
