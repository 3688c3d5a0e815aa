"""Prose whose numbers know their records: pieces of a paragraph, and how they are kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from services.formats import numbered
from services.i18n import language

OPENING = "opening"
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?%?")
_CLAUSE = re.compile(r"[，。、；：（）“”,.;:()–]")
_SPACED = re.compile(
    r"(?<=[\u3000-\u9fff\uff00-\uffef])\s+(?=[±\d])|(?<=[\d%])\s+(?=[\u4e00-\u9fff])"
)


@dataclass(frozen=True)
class Segment:
    """A piece of a paragraph. `link` leads to what is behind a number in it ("" for words);
    `exact` is that number as recorded, before it was rounded in words.

    `typed`: a number that was written over the computed one; `recorded` is what the data say there.
    """

    text: str
    link: str = ""
    exact: float | None = None
    typed: bool = False
    recorded: str = ""


@dataclass(frozen=True)
class Paragraph:
    """`part`: opening, or a service domain's code."""

    part: str
    title: str
    segments: tuple[Segment, ...]

    @property
    def text(self) -> str:
        return "".join(segment.text for segment in self.segments)


def to_json(said: Sequence[Paragraph]) -> list[dict[str, Any]]:
    return [asdict(paragraph) for paragraph in said]


def from_json(kept: Sequence[Mapping[str, Any]]) -> tuple[Paragraph, ...]:
    return tuple(
        Paragraph(one["part"], one["title"], tuple(Segment(**part) for part in one["segments"]))
        for one in kept
    )


def said(
    template: str, figure: str, link: str, exact: float | None, **words: str
) -> Iterator[Segment]:
    """The template's words, with the figure as a piece of its own where `{figure}` stands."""
    before, _mark, after = template.partition("{figure}")
    for segment in (
        Segment(before.format(**words)),
        Segment(figure, link, exact),
        Segment(after.format(**words)),
    ):
        if segment.text:
            yield segment


def linked(sentence: str, link: str) -> Iterator[Segment]:
    """A sentence in which every number leads to the same place."""
    end = 0
    for found in NUMBER.finditer(sentence):
        if found.start() > end:
            yield Segment(sentence[end : found.start()])
        yield Segment(found[0], link)
        end = found.end()
    if end < len(sentence):
        yield Segment(sentence[end:])


def run_on(sentences: Iterable[Iterable[Segment]]) -> tuple[Segment, ...]:
    """Sentences one after another, empty ones left out: Chinese needs no space between them."""
    found = [segments for sentence in sentences if (segments := tuple(sentence))]
    space = () if language() == "zh" else (Segment(" "),)
    return tuple(
        segment
        for place, segments in enumerate(found)
        for segment in ((*space, *segments) if place else segments)
    )


def named_before(words: str) -> str:
    """What a number is the number of: the last clause of the words before it."""
    clauses = [clause.strip() for clause in _CLAUSE.split(words)]
    return next((clause for clause in reversed(clauses) if clause), "")


def headings(paragraphs: Sequence[Paragraph]) -> tuple[str, ...]:
    """What stands above each: the opening has no number, then 一、居住环境, 二、社会治安 …"""
    numbers = iter(range(1, len(paragraphs) + 1))
    return tuple(
        one.title if one.part == OPENING else numbered(next(numbers), one.title)
        for one in paragraphs
    )


def tight(text: str) -> str:
    """Chinese as it is printed: no space between a number and the words beside it."""
    return _SPACED.sub("", text)
