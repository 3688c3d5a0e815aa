"""A frozen meeting years later: the same figures, what has changed since, and who may see it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select, update

from db import rollups
from db.engine import Session
from db.models import Activity, ActivityType, Community, Measure, ServiceDomain
from services import meetings
from services.catalogue import catalogue
from services.charts.cards import Tile
from services.errors import InvalidEntry, NotPermitted
from services.i18n import use_language
from services.meetings.content import Content, from_json, to_json
from services.meetings.pack import pack
from services.permissions import CurrentUser
from tests.meeting_cases import NOW, RULES, TODAY, host, made, packed

FROZEN = "M000001"  # the demonstration's own
YEARS_LATER = date(2028, 3, 1)


def change_the_catalogue(session: Session) -> None:
    """What an office does in years: renames, closes, merges."""
    for name in (ServiceDomain.label, ActivityType.label, Measure.label, Community.name):
        session.execute(update(name.class_).values({name: "新" + name}))
    session.execute(update(ActivityType).values(active=False))
    session.execute(update(Community).where(Community.code == "c12").values(active=False))
    session.execute(update(Activity).values(state="void"))
    session.flush()
    rollups.rebuild(session)
    session.expire_all()


def test_a_frozen_meeting_says_the_same_years_later(
    demo_office: Session,
) -> None:
    user = host(demo_office)
    before = {}
    for language in ("zh", "en"):
        use_language(language)
        before[language] = packed(demo_office, FROZEN, user)
    change_the_catalogue(demo_office)
    for language in ("zh", "en"):
        use_language(language)
        later = pack(demo_office, FROZEN, user, YEARS_LATER, RULES, "示范街道")
        assert later == before[language]
    use_language("zh")
    assert set(meetings.titles(demo_office, FROZEN).values()) >= {"居住环境", "社会帮扶"}


def test_a_slide_that_was_kept_with_a_part_of_a_tile_that_is_gone_is_read() -> None:
    slide = Content("overall", "", "总览", "结果", tiles=(Tile("overall", "总体", "86.3", "分"),))
    kept = to_json(slide)
    kept["tiles"] = [kept["tiles"][0] | {"spark": []}]
    assert from_json(json.loads(json.dumps(kept))) == slide


def test_what_changed_since_is_told_slide_by_slide_in_words(demo_office: Session) -> None:
    session = demo_office
    user = host(session)
    held = made(session, user)
    assert meetings.since(session, held.number, user, TODAY, RULES) == ()
    meetings.freeze(session, held.number, held.version, user, NOW, TODAY, RULES)
    session.flush()
    assert meetings.since(session, held.number, user, TODAY, RULES) == ()
    patrols = Activity.type_code == "holiday_patrol"
    session.execute(update(Activity).where(patrols).values(state="void"))
    session.flush()
    rollups.rebuild(session)
    (safety,) = meetings.since(session, held.number, user, TODAY, RULES)
    assert safety.title == "社会治安"
    assert safety.said == ("冻结时有、现在没有：联合义警假期不打烊活动",)


def test_what_changed_since_names_the_figure_before_and_now(demo_office: Session) -> None:
    found = meetings.since(demo_office, FROZEN, host(demo_office), TODAY, RULES)
    assert "超期：冻结时 0 项，现在 1 项" in {said for one in found for said in one.said}
    assert "C000004 · 状态：冻结时 办理中，现在 超期" in found[0].said


def test_many_differences_are_counted_instead_of_listed(demo_office: Session) -> None:
    change_the_catalogue(demo_office)
    found = meetings.since(demo_office, FROZEN, host(demo_office), YEARS_LATER, RULES)
    longest = max(found, key=lambda one: len(one.said))
    assert len(longest.said) == 9
    assert longest.said[-1].startswith("另有 ")


def test_before_it_is_frozen_a_meeting_is_watched_by_who_prepares_it(demo_office: Session) -> None:
    session = demo_office
    user = host(session)
    held = made(session, user)
    official = replace(user, role="official")
    assert meetings.watched(session, held.number, user) == held
    with pytest.raises(NotPermitted, match="冻结后才能放映"):
        meetings.watched(session, held.number, official)
    assert [one.number for one in meetings.watchable(session, official)] == [FROZEN]
    assert [one.number for one in meetings.watchable(session, user)] == [held.number, FROZEN]


@pytest.mark.parametrize("role", ["official", "community_staff"])
def test_the_speakers_notes_are_for_who_holds_the_meeting(
    demo_office: Session,
    role: str,
) -> None:
    user = host(demo_office)
    mine = meetings.watched(demo_office, FROZEN, user)
    theirs = meetings.watched(demo_office, FROZEN, replace(user, role=role, community="c01"))
    assert [slide.notes for slide in mine.slides if slide.notes]
    assert not [slide.notes for slide in theirs.slides if slide.notes]
    assert [slide.id for slide in mine.slides] == [slide.id for slide in theirs.slides]


def test_a_void_meeting_is_not_watched(session: Session) -> None:
    user = CurrentUser(None, "", "甲", "office_staff", None, "zh")  # type: ignore[arg-type]
    held = made(session, user)
    meetings.void(session, held.number, "改期", held.version, user, NOW)
    with pytest.raises(InvalidEntry, match="已作废"):
        meetings.watched(session, held.number, user)
    assert meetings.watchable(session, user) == ()


def test_slides_are_made_one_by_one_and_progress_is_heard(demo_office: Session) -> None:
    user = host(demo_office)
    held = made(demo_office, user)
    heard: list[tuple[int, int]] = []
    some = tuple(slide.id for slide in held.slides[:3])
    found = meetings.contents(
        demo_office, held.number, user, TODAY, RULES, some, lambda *far: heard.append(far)
    )
    assert tuple(found) == some
    assert heard == [(1, 3), (2, 3), (3, 3)]


def test_every_slide_of_the_agenda_can_be_added_again(session: Session) -> None:
    user = CurrentUser(None, "", "甲", "office_staff", None, "zh")  # type: ignore[arg-type]
    held = made(session, user)
    lists = meetings.choices(catalogue(session))
    for item in lists:
        meetings.add_slide(session, held.number, item, 1, user, NOW)
    held = meetings.meeting(session, held.number)
    titles = meetings.titles(session, held.number)
    assert {titles[slide.id] for slide in held.slides} == set(lists.values())
    assert session.scalar(select(func.count()).select_from(Activity)) == 0
