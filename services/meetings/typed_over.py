"""An edited paragraph beside the computed one: which of its numbers the data still say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from services.formats import rounding_words
from services.meetings.prose import NUMBER, Paragraph, Segment, named_before

_LARGE = "万亿余多"


@dataclass(frozen=True)
class Phrase:
    """A computed number with its words around it (约 6 吨), and what it is the number of."""

    segment: Segment
    label: str
    before: str
    figure: str
    after: str

    def stands_at(self, text: str, found: re.Match[str]) -> bool:
        """Whether this number of the text is this phrase, spaces aside."""
        if found[0] != self.figure:
            return False
        ahead, behind = text[: found.start()].rstrip(), text[found.end() :].lstrip()
        if not (ahead.endswith(self.before) and behind.startswith(self.after)):
            return False
        if not self.before and ahead.endswith(rounding_words()):
            return False
        return bool(self.after) or not behind.startswith(tuple(_LARGE))

    def span(self, text: str, found: re.Match[str]) -> tuple[int, int]:
        start, end = found.span()
        if self.before:
            start = text.rindex(self.before, 0, start)
        if self.after:
            end = text.index(self.after, end) + len(self.after)
        return start, end


@dataclass(frozen=True)
class Edited:
    """The text in pieces; `missing`: counts that the data have and the text does not state."""

    segments: tuple[Segment, ...]
    missing: tuple[str, ...]


def as_edited(text: str, computed: Paragraph) -> Edited:
    """Numbers of the text keep their records; one that was typed over is marked.

    A number counts as computed where its whole phrase stands (120余处), unless what it follows
    is by name something else whose number is another one: swapped numbers are typed over too.
    """
    phrases = tuple(_phrases(computed))
    dates = _numbers_in_words(computed)
    segments: list[Segment] = []
    stated: set[int] = set()
    done = 0
    for found in NUMBER.finditer(text):
        owners = _owners(phrases, text[done : found.start()])
        meant = _meant(phrases, owners, stated, text, found)
        in_words = not owners and (found[0], _next(text, found)) in dates
        if found.start() < done or (meant is None and in_words):
            continue
        if meant is None:
            stated.update(owners[-1:])
            own = phrases[owners[-1]] if owners else None
            start, end = _reach(text, found, own.after if own else "")
            recorded = own.segment.text if own else ""
            piece = Segment(text[start:end], typed=True, recorded=recorded)
        else:
            stated.add(meant)
            start, end = phrases[meant].span(text, found)
            piece = replace(phrases[meant].segment, text=text[start:end])
        segments += [Segment(text[done:start])] * (start > done) + [piece]
        done = end
    segments += [Segment(text[done:])] * (done < len(text))
    return Edited(tuple(segments), tuple(_missing(phrases, stated)))


def _meant(
    phrases: tuple[Phrase, ...],
    owners: list[int],
    stated: set[int],
    text: str,
    found: re.Match[str],
) -> int | None:
    """Which computed number stands here, one that was not stated before if there is a choice."""
    places = [one for one in owners or range(len(phrases)) if phrases[one].stands_at(text, found)]
    return next((one for one in places if one not in stated), next(iter(places), None))


def _missing(phrases: tuple[Phrase, ...], stated: set[int]) -> Iterator[str]:
    for place, phrase in enumerate(phrases):
        if phrase.segment.exact is not None and place not in stated:
            yield phrase.label + phrase.segment.text


def _phrases(computed: Paragraph) -> Iterator[Phrase]:
    label = ""
    for segment in computed.segments:
        if not segment.link:
            label = named_before(segment.text)
            continue
        found = NUMBER.search(segment.text)
        if found:
            before, after = segment.text[: found.start()].strip(), segment.text[found.end() :]
            yield Phrase(segment, label, before, found[0], after.strip())
        label = ""


def _numbers_in_words(computed: Paragraph) -> set[tuple[str, str]]:
    """Numbers of dates and names, each with the sign after it: (2023, 年)."""
    return {
        (found[0], _next(segment.text, found))
        for segment in computed.segments
        if not segment.link
        for found in NUMBER.finditer(segment.text)
    }


def _next(text: str, found: re.Match[str]) -> str:
    return text[found.end() :].lstrip()[:1]


def _owners(phrases: tuple[Phrase, ...], lead: str) -> list[int]:
    """Phrases whose name stands in the words before a number."""
    return [
        place
        for place, phrase in enumerate(phrases)
        if len(phrase.label) > 1 and phrase.label in lead
    ]


def _reach(text: str, found: re.Match[str], unit: str) -> tuple[int, int]:
    """A number typed over, with its rounding words and its unit: 近150余处."""
    start, end = found.span()
    ahead = text[:start].rstrip()
    for word in rounding_words():
        if ahead.endswith(word):
            start = len(ahead) - len(word)
    while text[end : end + 1] and text[end] in _LARGE:
        end += 1
    unit = unit.lstrip(_LARGE)
    behind = text[end:].lstrip()
    return start, len(text) - len(behind) + len(unit) if unit and behind.startswith(unit) else end
