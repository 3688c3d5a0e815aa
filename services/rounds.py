"""轮次: the rounds of a campaign (第一轮, 第二轮 …) of a type, as administrators keep them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from db.engine import Session
from db.reads import rounds as reads
from db.writes import rounds as writes
from db.writes.rounds import Facts
from services.admin import edits
from services.catalogue import ActivityType, catalogue
from services.entries import LONGEST_REASON, gathered, words
from services.errors import InvalidEntry, NotFound
from services.i18n import _, named
from services.permissions import CurrentUser, require
from services.writing import author_of

RHYTHM = "round"  # of the types that are held in rounds
OLDEST_DAY = date(2000, 1, 1)
MOST = 99
_DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True)
class Round:
    """A round of a type: activities of the type on its days belong to it. Open without an end."""

    type_code: str
    number: int
    label: str
    first_day: date
    last_day: date | None


@dataclass(frozen=True)
class Typed:
    """The form as it was left; None where no number or day was chosen."""

    number: int | None
    label: str
    label_en: str
    first_day: date | None
    last_day: date | None


Said = reads.ActivityRound | Facts  # what a round says, kept or about to be


def rounds(session: Session, type_code: str = "") -> tuple[Round, ...]:
    """The rounds of a type ("" for all types) in the order of their days."""
    found = [
        Round(row.type_code, row.number, named(row.label, row.label_en), row.first_day,
              row.last_day)
        for row in reads.rounds(session)
        if type_code in ("", row.type_code)
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: one.first_day))


def types_in_rounds(session: Session) -> tuple[ActivityType, ...]:
    """The types that are held in rounds, and those that have some from before."""
    known = {one.type_code for one in rounds(session)}
    return tuple(
        kind for kind in catalogue(session).types if kind.rhythm == RHYTHM or kind.code in known
    )


def kept(session: Session, user: CurrentUser, type_code: str) -> Mapping[int, Typed]:
    """Number → what is said of the round, as the form shows it. NotPermitted for all others."""
    require(user, "manage_catalogue")
    return {row.number: _typed(row) for row in _of_type(session, type_code)}


def suggested(session: Session, type_code: str, today: date) -> Typed:
    """What a new round would be called, beginning today."""
    number = max((one.number for one in rounds(session, type_code)), default=0) + 1
    return Typed(number, f"第{_spoken(number)}轮", f"Round {number}", today, None)


def add(session: Session, user: CurrentUser, type_code: str, typed: Typed, now: datetime) -> None:
    """Add a round. InvalidEntry for a number or days that another round of the type has."""
    edits.begin(session, user)
    check_rhythm(catalogue(session).type(type_code))
    facts = checked(typed, _of_type(session, type_code))
    writes.add(session, author_of(user, now), type_code, facts)


def change(
    session: Session, user: CurrentUser, type_code: str, number: int, typed: Typed, seen: str,
    now: datetime,
) -> None:  # fmt: skip
    """State another number, name or other days; Conflict unless it is what the form showed."""
    edits.begin(session, user)
    row = _find(session, type_code, number)
    edits.check_seen(_typed(row), seen)
    others = [one for one in _of_type(session, type_code) if one.number != number]
    facts = checked(typed, others)
    if facts != Facts(**vars(_typed(row))):
        writes.change(session, author_of(user, now), row, facts)


def clear(
    session: Session, user: CurrentUser, type_code: str, number: int, reason: str, now: datetime
) -> None:
    """Take a round that was set by mistake out again, with a reason; the log keeps what it said."""
    edits.begin(session, user)
    row = _find(session, type_code, number)
    told = words(reason, _("原因"), LONGEST_REASON, "reason")
    if not told:
        raise InvalidEntry(_("请写明原因。"), "reason")
    writes.clear(session, author_of(user, now), row, told)


def log_key(session: Session, type_code: str, number: int) -> str:
    """What the change log calls the round, whatever its number is by now."""
    return writes.key_of(_find(session, type_code, number))


def by_log_key(session: Session, user: CurrentUser) -> Mapping[str, tuple[str, Typed]]:
    """What the change log calls a round → its type and what is said of it; of all types."""
    require(user, "manage_catalogue")
    return {writes.key_of(row): (row.type_code, _typed(row)) for row in reads.rounds(session)}


def _find(session: Session, type_code: str, number: int) -> reads.ActivityRound:
    row = reads.round_numbered(session, type_code, number)
    if row is None:
        raise NotFound(_("没有这个轮次，请刷新页面。"))
    return row


def _of_type(session: Session, type_code: str) -> list[reads.ActivityRound]:
    return [row for row in reads.rounds(session) if row.type_code == type_code]


def _typed(row: reads.ActivityRound) -> Typed:
    return Typed(row.number, row.label, row.label_en, row.first_day, row.last_day)


def check_rhythm(kind: ActivityType) -> None:
    """InvalidEntry for a type that is not held in rounds."""
    if kind.rhythm != RHYTHM:
        raise InvalidEntry(
            _("“{label}”不按轮次开展，请先改开展频率。").format(label=kind.label), "type_code"
        )


def checked(typed: Typed, others: Iterable[Said]) -> Facts:
    """The round in its kept spelling, beside the others of its type; InvalidEntry names the
    fields."""
    rows = tuple(others)
    with gathered() as part:
        part(_check_number, typed.number, rows)
        taken = {row.label for row in rows}
        label = part(edits.new_label, typed.label, "label", _("名称"), taken)
        label_en = part(words, typed.label_en, _("英文名称"), edits.LONGEST_LABEL, "label_en")
        part(_check_days, typed.first_day, typed.last_day, rows)
    return Facts(typed.number, label, label_en, typed.first_day, typed.last_day)


def _check_number(number: int | None, others: Collection[Said]) -> None:
    if number is None or not 1 <= number <= MOST:
        raise InvalidEntry(_("轮次的序号在 1 和 {most} 之间。").format(most=MOST), "number")
    if number in {row.number for row in others}:
        raise InvalidEntry(_("已经有这个序号的轮次，请换一个。"), "number")


def _check_days(first: date | None, last: date | None, others: Collection[Said]) -> None:
    """No two rounds of a type share a day."""
    if first is None or first < OLDEST_DAY:
        raise InvalidEntry(_("请选择开始日期，不能早于 2000 年。"), "first_day")
    if last is not None and last < first:
        raise InvalidEntry(_("结束日期不能早于开始日期。"), "last_day")
    for row in others:
        begins_before = last is None or row.first_day <= last
        ends_after = row.last_day is None or row.last_day >= first
        if begins_before and ends_after:
            raise InvalidEntry(
                _("与“{label}”的日期重叠：请先给它填写结束日期，或改这里的日期。").format(
                    label=row.label
                ),
                "first_day",
            )


def _spoken(number: int) -> str:
    """Up to ninety-nine as people say it: 二, 十, 十二, 二十, 二十一."""
    tens, ones = divmod(number, 10)
    if not tens:
        return _DIGITS[ones]
    return f"{_DIGITS[tens] if tens > 1 else ''}十{_DIGITS[ones] if ones else ''}"
