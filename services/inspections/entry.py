"""An inspection as it is typed, and what it must be like to be kept."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from db.engine import Session
from db.reads import inspections as reads
from db.writes.inspections import Facts, number_of
from services.activities.entry import find as find_activity
from services.catalogue import Catalogue, catalogue
from services.entries import gathered, words
from services.errors import InvalidEntry, NotFound
from services.i18n import _
from services.inspections.course import QUALIFIED, VERDICTS
from services.periods import day_label

LONGEST_NAME, LONGEST_TEXT = 60, 2000
OLDEST_DAY = date(2000, 1, 1)


@dataclass(frozen=True)
class Typed:
    """The form as it was left; None where nothing was chosen, "" for no domain or activity.

    `activity` and `follows` are numbers: the activity whose result was looked at, and the
    inspection that this one re-inspects. It then takes over place, domain and activity.
    """

    day: date | None
    community: str | None
    domain: str
    activity: str
    inspector: str
    rank: str
    verdict: str
    findings: str
    due_on: date | None
    follows: str = ""


@dataclass(frozen=True)
class Receipt:
    """What is on record: the number people quote, and whether this call made it."""

    number: str
    created: bool


def find(session: Session, number: str) -> reads.Inspection:
    """The inspection with a number such as D000123; NotFound if there is none."""
    found = re.fullmatch(r"\s*[Dd]([0-9]{6,12})\s*", number)
    row = reads.inspection(session, int(found[1])) if found else None
    if row is None:
        raise NotFound(
            _("没有编号为“{number}”的督查。编号形如 D000123，请核对。").format(number=number[:20])
        )
    return row


def checked(
    session: Session,
    typed: Typed,
    today: date,
    earlier: reads.Inspection | None,
    now: reads.Inspection | None = None,
    lists: Catalogue | None = None,
) -> Facts:
    """The inspection in its kept spelling. InvalidEntry names the fields and what to do.

    earlier: the one that it re-inspects; now: what a correction starts from; lists: where the
    caller has read them.
    """
    lists = lists or catalogue(session)
    with gathered() as part:
        verdict = part(_verdict, typed)
        day = part(_day, typed, today, earlier)
        due_on = part(_due_on, typed, day or OLDEST_DAY)
        subject = (
            (earlier.community_code, earlier.domain_code, earlier.activity_id)
            if earlier is not None
            else part(_subject, session, typed, day or today, lists, now) or ("", None, None)
        )
        inspector = part(_inspector, typed)
        rank = part(words, typed.rank, _("职务"), LONGEST_NAME, "rank")
        findings = part(_findings, typed)
        return Facts(day, *subject, inspector, rank, verdict, findings, due_on)


def _verdict(typed: Typed) -> str:
    if typed.verdict not in VERDICTS:
        raise InvalidEntry(_("请选择督查结论。"), "verdict")
    return typed.verdict


def _due_on(typed: Typed, day: date) -> date | None:
    """Until when what was found is to be put right."""
    if typed.verdict not in VERDICTS or typed.verdict == QUALIFIED:
        return None
    if typed.due_on is None or typed.due_on < day:
        raise InvalidEntry(_("请选择整改期限，不能早于督查日期。"), "due_on")
    return typed.due_on


def _inspector(typed: Typed) -> str:
    inspector = words(typed.inspector, _("督查人"), LONGEST_NAME, "inspector")
    if not inspector:
        raise InvalidEntry(_("请填写督查人。"), "inspector")
    return inspector


def _findings(typed: Typed) -> str:
    findings = words(typed.findings, _("督查情况"), LONGEST_TEXT, "findings")
    if not findings and typed.verdict in VERDICTS and typed.verdict != QUALIFIED:
        raise InvalidEntry(_("请写明发现的问题。"), "findings")
    return findings


def corrected(
    session: Session,
    row: reads.Inspection,
    typed: Typed,
    today: date,
    lists: Catalogue | None = None,
) -> Facts:
    """What a correction would keep; what it re-inspects stays, and so what re-inspects it."""
    check_not_void(row)
    earlier = reads.inspection(session, row.follows_id) if row.follows_id else None
    facts = checked(session, typed, today, earlier, row, lists)
    later = reads.follower(session, row.id)
    if later is not None:
        if facts.verdict == QUALIFIED:
            raise InvalidEntry(
                _("它已有复查 {number}，不能改为合格。").format(number=number_of(later.id)),
                "verdict",
            )
        if facts.day > later.day:
            raise InvalidEntry(_("督查日期不能晚于它的复查。"), "day")
        same = (facts.community_code, facts.domain_code, facts.activity_id)
        if same != (row.community_code, row.domain_code, row.activity_id):
            raise InvalidEntry(_("它已有复查，不能再改社区、领域和活动。"), "community")
    return facts


def check_not_void(row: reads.Inspection) -> None:
    if row.void_reason:
        raise InvalidEntry(_("这次督查已作废，请先恢复。"))


def _day(typed: Typed, today: date, earlier: reads.Inspection | None) -> date:
    day = typed.day
    if day is None or not OLDEST_DAY <= day <= today:
        raise InvalidEntry(_("请选择督查日期，不能晚于今天，也不能早于 2000 年。"), "day")
    if earlier is not None and day < earlier.day:
        raise InvalidEntry(
            _("复查不能早于上次督查（{day}）。").format(day=day_label(earlier.day)), "day"
        )
    return day


def _subject(
    session: Session, typed: Typed, day: date, lists: Catalogue, now: reads.Inspection | None
) -> tuple[str, str | None, int | None]:
    """Community, domain and activity; an activity brings its own domain along."""
    kept = {now.community_code} if now is not None else set()
    place = typed.community
    if place is None or place not in {one.code for one in lists.active_communities} | kept:
        raise InvalidEntry(_("请选择被督查的社区。"), "community")
    if typed.domain and typed.domain not in {domain.code for domain in lists.domains}:
        raise InvalidEntry(_("没有这个服务领域，请重新选择。"), "domain")
    if not typed.activity.strip():
        return place, typed.domain or None, None
    try:
        row = find_activity(session, typed.activity)
    except NotFound as missing:
        raise InvalidEntry(missing.sentence, "activity") from None
    if row.state == "void" and (now is None or now.activity_id != row.id):
        raise InvalidEntry(_("这条活动记录已作废，不能对它督查。"), "activity")
    if place not in {one.community_code for one in row.communities}:
        raise InvalidEntry(_("这个社区没有参加这次活动，请核对编号和社区。"), "activity")
    if day < row.first_day:
        raise InvalidEntry(_("督查日期不能早于活动开始的日期。"), "day")
    return place, lists.type(row.type_code).domain, row.id
