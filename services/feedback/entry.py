"""A voice as it is typed, and what it must be like to be kept; the lists it is sorted by."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from db.engine import Session
from db.reads import feedback as reads
from db.writes.feedback import Facts
from services.catalogue import Catalogue
from services.entries import gathered, name_key, words
from services.errors import InvalidEntry, NotFound
from services.i18n import _, named

OLDEST_DAY = date(2000, 1, 1)
LONGEST_TEXT = 2000
LONGEST_SCHOOL = 60


@dataclass(frozen=True)
class Typed:
    """The form as it was left; None where nothing was chosen."""

    received_on: date | None
    channel: str | None
    topic: str | None
    community: str | None
    school: str
    text: str


@dataclass(frozen=True)
class Receipt:
    """What is on record: the number people quote, and whether this call made it."""

    number: str
    created: bool


@dataclass(frozen=True)
class Channel:
    code: str
    label: str
    active: bool


@dataclass(frozen=True)
class Topic:
    code: str
    label: str
    domain: str
    active: bool


@dataclass(frozen=True)
class Lists:
    """Channels and topics in their order, and the schools named so far."""

    channels: tuple[Channel, ...]
    topics: tuple[Topic, ...]
    schools: tuple[str, ...]

    def channel_label(self, code: str) -> str:
        return next(one.label for one in self.channels if one.code == code)

    def topic(self, code: str) -> Topic:
        return next(one for one in self.topics if one.code == code)


def lists(session: Session) -> Lists:
    return Lists(
        tuple(
            Channel(row.code, named(row.label, row.label_en), row.active)
            for row in reads.channels(session)
        ),
        tuple(
            Topic(row.code, named(row.label, row.label_en), row.domain_code, row.active)
            for row in reads.topics(session)
        ),
        tuple(reads.schools(session)),
    )


def find(session: Session, number: str) -> reads.Feedback:
    """The voice with a number such as F000123; NotFound if there is none."""
    found = re.fullmatch(r"\s*[Ff]([0-9]{6,12})\s*", number)
    feedback = reads.feedback(session, int(found[1])) if found else None
    if feedback is None:
        raise NotFound(
            _("没有编号为“{number}”的民声。编号形如 F000123，请核对。").format(number=number[:20])
        )
    return feedback


def checked(
    typed: Typed, known: Lists, places: Catalogue, today: date, before: Facts | None = None
) -> Facts:
    """The voice in its kept spelling. InvalidEntry names the fields and what to do.

    `before`: what it said so far and may go on saying, also where that is no longer in use.
    """
    own = () if before is None else vars(before).values()
    with gathered() as part:
        return Facts(
            part(_day, typed.received_on, today),
            part(_one_of, typed.channel, known.channels, own, _("请选择来源渠道。"), "channel"),
            part(_one_of, typed.topic, known.topics, own, _("请选择反映的问题。"), "topic"),
            part(_community, typed.community, places, own),
            part(_school, typed.school, known.schools if before is None else ()),
            part(_text, typed.text),
        )


def _day(day: date | None, today: date) -> date:
    if day is None:
        raise InvalidEntry(_("请选择收到的日期。"), "received_on")
    if not OLDEST_DAY <= day <= today:
        raise InvalidEntry(_("收到的日期不能晚于今天，也不能早于 2000 年。"), "received_on")
    return day


def _community(code: str | None, places: Catalogue, own: Collection[object]) -> str:
    return _one_of(code, places.communities, own, _("请选择所属社区。"), "community")


def _text(typed: str) -> str:
    text = words(typed, _("反映内容"), LONGEST_TEXT, "text")
    if not text:
        raise InvalidEntry(_("请写明反映的内容。"), "text")
    return text


def _school(typed: str, known: tuple[str, ...]) -> str:
    """The school as it was spelt first, so that figures by school count it once."""
    name = " ".join(words(typed, _("学校"), LONGEST_SCHOOL, "school").split())
    return next((school for school in known if name_key(school) == name_key(name)), name)


def _one_of(
    code: str | None, rows: tuple, own: Collection[object], sentence: str, field: str
) -> str:
    """The code, if it is in use or the voice's own."""
    if code is None or code not in {row.code for row in rows if row.active or row.code in own}:
        raise InvalidEntry(sentence, field)
    return code
