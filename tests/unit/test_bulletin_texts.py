"""The bulletin as edited: kept with its version, marked when outdated, restored, on record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from db.engine import Session
from services import meetings
from services.errors import Conflict, InvalidEntry, NotFound, NotPermitted
from services.filters import Filters
from services.i18n import use_language
from services.meetings.texts import (
    Bulletin,
    Written,
    bulletin_of,
    bulletin_of_period,
    edits,
    write_issue,
    write_text,
)
from services.periods import Period, period_from_code
from services.permissions import CurrentUser
from services.views import View
from tests.activity_cases import person
from tests.builders import add_activity
from tests.meeting_cases import NOW, RULES, TODAY, TYPED

OFFICE = "测试街道"


@pytest.fixture
def user(session: Session) -> CurrentUser:
    return person(session, "office_staff")


def held(session: Session, user: CurrentUser, key: str = "key", **changes: object) -> str:
    """A meeting about a clean-up of 126 spots; its number."""
    return meetings.make(
        session, replace(TYPED, **changes), key, user, NOW, TODAY, RULES
    ).number  # fmt: skip


def clean_up(session: Session, spots: int) -> None:
    add_activity(
        session, "volunteer_cleanup", date(2023, 10, 11), "c01", {"litter_spots": spots},
        partners={"volunteer": 3, "police": None}, participants=40,
    )  # fmt: skip


def said(session: Session, number: str, user: CurrentUser) -> Bulletin:
    return bulletin_of(session, number, user, TODAY, RULES, OFFICE)


def environment(session: Session, number: str, user: CurrentUser) -> Written:
    return next(
        one for one in said(session, number, user).written if one.paragraph.part == "environment"
    )


def write(
    session: Session, number: str, text: str, version: int, user: CurrentUser,
    part: str = "environment",
) -> None:  # fmt: skip
    write_text(session, number, part, text, version, user, NOW, TODAY, RULES)


def test_a_paragraph_says_what_was_done_with_whom_and_how_much(
    session: Session, user: CurrentUser
) -> None:
    clean_up(session, 126)
    one = environment(session, held(session, user), user)
    assert one.paragraph.text == (
        "全街道联合志愿者、警务单位，开展清理环境卫生志愿服务活动1次。"
        "截至目前，累计清理乱堆乱放120余处。"
    )
    assert not one.edited
    assert [segment.link for segment in one.paragraph.segments if segment.exact] == [
        "records:period=2023-09-01~2023-10-28&domain=environment&type=volunteer_cleanup",
        "records:period=2023-09-01~2023-10-28&domain=environment&measure=litter_spots",
    ]


def test_an_edited_paragraph_is_kept_and_restored(session: Session, user: CurrentUser) -> None:
    clean_up(session, 126)
    number = held(session, user)
    write(session, number, " 清理乱堆乱放130余处。 ", 0, user)
    one = environment(session, number, user)
    assert (one.paragraph.text, one.edited, one.outdated, one.version) == (
        "清理乱堆乱放130余处。", True, False, 1,
    )  # fmt: skip
    assert [s.recorded for s in one.paragraph.segments if s.typed] == ["120余处"]
    assert one.missing == ("清理环境卫生志愿服务活动1次",)
    write(session, number, "", 1, user)
    one = environment(session, number, user)
    assert (one.paragraph.text, one.edited, one.version) == (one.computed, False, 2)
    write(session, number, one.computed, 2, user)
    assert not environment(session, number, user).edited


def test_two_people_do_not_write_over_each_other(session: Session, user: CurrentUser) -> None:
    clean_up(session, 126)
    number = held(session, user)
    write(session, number, "甲写的。", 0, user)
    other = person(session, "administrator")
    for version in (0, 2):
        with pytest.raises(Conflict):
            write(session, number, "乙写的。", version, other)
    assert environment(session, number, user).paragraph.text == "甲写的。"


def test_new_records_make_an_edited_paragraph_outdated_and_a_computed_one_follows(
    session: Session, user: CurrentUser
) -> None:
    clean_up(session, 126)
    number = held(session, user)
    write(session, number, "清理乱堆乱放120余处。", 0, user)
    clean_up(session, 30)
    one = environment(session, number, user)
    assert one.outdated
    assert "150余处" in one.computed
    assert [s.recorded for s in one.paragraph.segments if s.typed] == ["150余处"]


def test_a_frozen_bulletin_keeps_its_figures_and_takes_words(
    session: Session, user: CurrentUser
) -> None:
    clean_up(session, 126)
    number = held(session, user)
    meetings.freeze(session, number, 1, user, NOW, TODAY, RULES)
    clean_up(session, 30)
    write(session, number, "清理乱堆乱放120余处。", 0, user)
    one = environment(session, number, user)
    assert "120余处" in one.computed
    assert not one.outdated
    assert [s.text for s in one.paragraph.segments if s.link] == ["120余处"]


def test_an_edited_paragraph_stays_when_its_records_are_gone(
    session: Session, user: CurrentUser
) -> None:
    add_activity(session, "fraud_prevention", TODAY, "c01", {"leaflets": 300})
    number = held(session, user)
    write(session, number, "发放资料300份。", 0, user, "safety")
    elsewhere = replace(TYPED, period="2022-09")
    meetings.rename(session, number, elsewhere, 1, user, NOW)
    one = next(one for one in said(session, number, user).written if one.paragraph.part == "safety")
    assert (one.paragraph.text, one.computed, one.outdated) == ("发放资料300份。", "", True)
    write(session, number, "发放宣传资料300份。", 1, user, "safety")
    with pytest.raises(NotFound):
        write(session, number, "没有这一段", 0, user, "culture")


def test_each_language_has_its_own_words(session: Session, user: CurrentUser) -> None:
    clean_up(session, 126)
    number = held(session, user)
    write(session, number, "改过的。", 0, user)
    use_language("en")
    assert not environment(session, number, user).edited
    write(session, number, "Our own words.", 0, user)
    assert [edit.text for edit in edits(session, number)] == ["Our own words."]


def test_the_issue_is_the_meetings_place_in_its_year_until_it_is_given_another(
    session: Session, user: CurrentUser
) -> None:
    first = held(session, user, "first", held_on=date(2023, 1, 9))
    second = held(session, user, "second")
    assert [said(session, number, user).issue for number in (first, second)] == ["1", "2"]
    write_issue(session, second, 31, 0, user, NOW)
    use_language("en")
    assert said(session, second, user).issue == "31"
    with pytest.raises(InvalidEntry):
        write_issue(session, second, 0, 1, user, NOW)
    meetings.void(session, first, "改期", 1, user, NOW)
    third = held(session, user, "third", held_on=date(2023, 12, 1))
    assert said(session, third, user).issue == "2"


def test_who_changed_what_is_on_record_newest_first(session: Session, user: CurrentUser) -> None:
    clean_up(session, 126)
    number = held(session, user)
    computed = environment(session, number, user).computed
    write(session, number, "甲。", 0, user)
    write(session, number, "", 1, user)
    assert [(edit.part, edit.restored, edit.text) for edit in edits(session, number)] == [
        ("environment", True, computed),
        ("environment", False, "甲。"),
    ]


@pytest.mark.parametrize("role", ["official", "community_staff"])
def test_everyone_reads_the_bulletin_and_only_the_office_edits_it(
    session: Session, user: CurrentUser, role: str
) -> None:
    clean_up(session, 126)
    number = held(session, user)
    reader = person(session, role, "c01" if role == "community_staff" else None)
    assert environment(session, number, reader).computed
    with pytest.raises(NotPermitted):
        write(session, number, "我写的。", 0, reader)
    with pytest.raises(NotPermitted):
        write_issue(session, number, 3, 0, reader, NOW)


def of(session: Session, user: CurrentUser, period: Period, domain: str | None = None) -> str:
    view = View(Filters(period, (), domain), TODAY, RULES.thresholds)
    return "\n".join(one.text for one in bulletin_of_period(
        session, view, user, RULES, OFFICE).paragraphs)  # fmt: skip


def test_a_period_has_a_bulletin_without_a_meeting(session: Session, user: CurrentUser) -> None:
    clean_up(session, 126)
    add_activity(session, "fraud_prevention", TODAY, "c01", {"leaflets": 300})
    month = of(session, user, period_from_code("2023-10"))
    assert "全街道围绕六个服务领域开展活动2次，参与40人次。" in month
    only = of(session, user, period_from_code("2023-10"), "environment")
    assert "围绕居住环境开展活动1次" in only
    assert "宣传资料" not in only
    assert "没有活动记录。" in of(session, user, period_from_code("2022-10"))


def test_so_far_is_said_only_of_what_still_goes_on(session: Session, user: CurrentUser) -> None:
    clean_up(session, 126)
    assert "截至目前，累计" in of(session, user, period_from_code("2023-10"))
    over = of(session, user, Period(date(2023, 9, 1), "since", date(2023, 10, 20)))
    assert "截至2023年10月20日，累计清理乱堆乱放120余处。" in over
