"""Plans on record: who may, what is refused, nothing twice; and how their occasions stand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from db.engine import Session
from db.models import ActivityPlan, Change
from services import schedule
from services.errors import Conflict, InvalidEntry, NotFound, NotPermitted
from services.log.history import plan_history
from services.permissions import CurrentUser
from services.schedule import Chosen, Rule
from tests.activity_cases import NOW, PHONE, TODAY, person, rows
from tests.builders import add_activity
from tests.schedule_cases import OCTOBER, TYPED, planned, states

CODE = "P000001.2023-10-25"
KIND = "wednesday_cleanup"


def october(day: int) -> date:
    return date(2023, 10, day)


def test_one_form_makes_a_plan_for_each_community_and_only_once(
    session: Session, office: CurrentUser
) -> None:
    typed = replace(TYPED, communities=("c03", "c01"), label=" 周三  清洁 ")
    made = schedule.make(session, typed, "key", office, NOW)
    assert made.numbers == ("P000001", "P000002")
    assert [row.community_code for row in session.scalars(select(ActivityPlan))] == ["c01", "c03"]
    again = schedule.make(session, typed, "key", office, NOW)
    assert (again.numbers, again.created) == (made.numbers, False)
    assert rows(session, ActivityPlan) == 2
    assert session.scalars(select(ActivityPlan.label)).first() == "周三 清洁"
    with pytest.raises(NotPermitted):
        schedule.make(session, typed, "key", person(session, "administrator"), NOW)


@pytest.mark.dialects("sqlite")
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"type_code": None}, "type_code"),
        ({"type_code": "nothing"}, "type_code"),
        ({"communities": ()}, "communities"),
        ({"communities": ("c99",)}, "communities"),
        ({"rule": Rule("weekly")}, "rule"),
        ({"rule": Rule("festival")}, "rule"),
        ({"rule": Rule("festival", festivals=("easter",))}, "rule"),
        ({"rule": Rule("month_day", nth=31)}, "rule"),
        ({"rule": Rule("weekly", (3,), every=0)}, "rule"),
        ({"rule": Rule("yearly")}, "rule"),
        ({"first_day": None}, "first_day"),
        ({"first_day": date(1, 1, 1)}, "first_day"),
        ({"last_day": date(2023, 9, 30)}, "last_day"),
        ({"last_day": october(3)}, "first_day"),  # no Wednesday between
        ({"rule": Rule("month_day", nth=1), "on_day_off": "skip", "last_day": october(20)},
         "first_day"),
        ({"grace": 61}, "grace"),
        ({"on_day_off": "perhaps"}, "grace"),
        ({"label": "长" * 61}, "label"),
    ],
)  # fmt: skip
def test_what_cannot_be_a_plan_is_refused_beside_its_field(
    session: Session, office: CurrentUser, changes: dict, field: str
) -> None:
    with pytest.raises(InvalidEntry) as refused:
        schedule.make(session, replace(TYPED, **changes), "key", office, NOW)
    assert refused.value.field == field
    session.rollback()
    assert rows(session, ActivityPlan) == 0


def test_community_staff_plan_for_their_own_community_only(session: Session) -> None:
    staff = person(session, "community_staff", "c01")
    number = planned(session, staff)
    for places in (("c02",), ("c01", "c02")):
        with pytest.raises(NotPermitted):
            schedule.make(session, replace(TYPED, communities=places), "other", staff, NOW)
    other = person(session, "community_staff", "c02")
    for act in (
        lambda: schedule.change(session, number, TYPED, 1, "c", other, NOW),
        lambda: schedule.void(session, number, "重复", 1, other, NOW),
        lambda: schedule.cancel(session, CODE, "暴雨", 0, other, NOW, TODAY),
        lambda: schedule.move(session, CODE, october(26), "会议", 0, other, NOW, TODAY),
        lambda: schedule.make(session, TYPED, "k", person(session, "official"), NOW),
    ):
        with pytest.raises(NotPermitted):
            act()
    assert states(session) == "mmmm"


def test_activities_fulfil_occasions_void_and_returned_ones_do_not(
    session: Session, office: CurrentUser
) -> None:
    planned(session, office)
    add_activity(session, KIND, october(4), "c01")
    add_activity(session, KIND, october(12), "c01")
    add_activity(session, KIND, october(18), "c01", state="void", void_reason="重复")
    add_activity(session, KIND, october(25), "c01", review="returned")
    add_activity(session, "weekend_duty", october(25), "c01")
    assert states(session) == "dlmm"
    assert states(session, october(18)) == "dlpp"


def test_a_joint_activity_counts_for_every_community_that_took_part(
    session: Session, office: CurrentUser
) -> None:
    planned(session, office, communities=("c01", "c02", "c03"))
    add_activity(session, KIND, october(4), "c01", communities=("c02",))
    assert states(session, TODAY, "c01") == states(session, TODAY, "c02") == "dmmm"
    assert states(session, TODAY, "c03") == "mmmm"
    whole = schedule.tally(schedule.within(session, Chosen(), *OCTOBER, TODAY))
    assert (whole.due, whole.done) == (12, 2)


def test_what_waits_for_approval_counts_unless_only_what_is_approved_does(
    session: Session, office: CurrentUser
) -> None:
    planned(session, office)
    add_activity(session, KIND, october(4), "c01", review="submitted")
    add_activity(session, KIND, october(11), "c01")
    approved = schedule.within(session, Chosen(approved_only=True), *OCTOBER, TODAY)
    assert "".join(one.state[0] for one in approved) == "mdmm"
    assert states(session) == "ddmm"


def test_an_occasion_is_cancelled_moved_and_taken_back(
    session: Session, office: CurrentUser
) -> None:
    planned(session, office)
    add_activity(session, KIND, october(26), "c01")
    assert states(session) == "mmml"
    schedule.move(session, CODE, october(26), f"会议，找{PHONE}", 0, office, NOW, TODAY)
    one = schedule.shown(session, CODE, TODAY)
    assert (one.state, one.due, one.changed) == (
        "done",
        october(26),
        "由2023年10月25日（周三）改期",
    )
    assert one.reason == "会议，找138****5678（测试员）"
    schedule.undo(session, CODE, 1, office, NOW, TODAY)
    assert states(session) == "mmml"
    early = "P000001.2023-10-11"
    schedule.cancel(session, early, "暴雨", 0, office, NOW, TODAY)
    assert states(session) == "mcml"
    assert schedule.shown(session, early, TODAY).changed == "已取消"
    schedule.undo(session, early, 1, office, NOW, TODAY)
    assert states(session) == "mmml"
    lines = session.scalars(select(Change).where(Change.entity == "plan_occasion")).all()
    assert [line.action for line in lines] == ["move", "undo", "cancel", "undo"]
    assert [line.entity_key for line in lines[:2]] == ["P000001/2023-10-25"] * 2


def test_an_occasion_may_be_moved_to_an_earlier_day(session: Session, office: CurrentUser) -> None:
    planned(session, office)
    add_activity(session, KIND, october(24), "c01")
    schedule.move(session, CODE, october(24), "会议", 0, office, NOW, TODAY)
    assert schedule.shown(session, CODE, TODAY).state == "done"
    assert states(session) == "mmmd"


def test_what_may_not_be_changed_of_an_occasion_is_refused(
    session: Session, office: CurrentUser
) -> None:
    number = planned(session, office)
    add_activity(session, KIND, october(18), "c01")
    session.commit()
    done = f"{number}.2023-10-18"
    cases = (
        (lambda: schedule.cancel(session, done, "暴雨", 0, office, NOW, TODAY), "已经开展"),
        (lambda: schedule.cancel(session, CODE, " ", 0, office, NOW, TODAY), "写明原因"),
        (lambda: schedule.move(session, CODE, None, "会议", 0, office, NOW, TODAY), "另一个日期"),
        (lambda: schedule.move(session, CODE, october(25), "会", 0, office, NOW, TODAY), "另一个"),
        (lambda: schedule.move(session, CODE, date(2023, 11, 26), "会", 0, office, NOW, TODAY),
         "31 天"),
        (lambda: schedule.undo(session, CODE, 0, office, NOW, TODAY), "没有取消"),
    )  # fmt: skip
    for act, sentence in cases:
        with pytest.raises(InvalidEntry, match=sentence):
            act()
        session.rollback()
    schedule.cancel(session, CODE, "暴雨", 0, office, NOW, TODAY)
    with pytest.raises(Conflict):
        schedule.move(session, CODE, october(26), "会议", 0, office, NOW, TODAY)


@pytest.mark.parametrize(
    "code", ["", "P000001", "P000009.2023-10-25", "P000001.2023-10-26", "P000001.2023-13-01"]
)
def test_an_occasion_that_is_not_there_is_not_found(
    session: Session, office: CurrentUser, code: str
) -> None:
    planned(session, office)
    with pytest.raises(NotFound):
        schedule.shown(session, code, TODAY)


def test_a_plan_changed_from_a_later_day_leaves_the_past_as_it_was(
    session: Session, office: CurrentUser
) -> None:
    number = planned(session, office)
    add_activity(session, KIND, october(4), "c01")
    add_activity(session, KIND, october(19), "c01")
    thursday = replace(TYPED, rule=Rule("weekly", (4,)), first_day=october(14))
    made = schedule.change(session, number, thursday, 1, "change", office, NOW)
    session.commit()
    assert made.numbers == ("P000002",)
    assert states(session) == "dmdm"  # Wednesdays 4 and 11, Thursdays 19 and 26
    assert session.get_one(ActivityPlan, 1).last_day == october(13)
    again = schedule.change(session, number, thursday, 1, "change", office, NOW)
    assert (again.numbers, again.created) == (("P000002",), False)


def test_a_plan_changed_from_its_first_day_on_is_put_right_as_a_whole(
    session: Session, office: CurrentUser
) -> None:
    number = planned(session, office)
    add_activity(session, KIND, october(5), "c01")
    assert states(session)[0] == "l"
    schedule.change(session, number, replace(TYPED, grace=1), 1, "change", office, NOW)
    assert states(session)[0] == "d"
    with pytest.raises(Conflict):
        schedule.change(session, number, TYPED, 1, "other", office, NOW)
    assert rows(session, ActivityPlan) == 1


def test_a_plan_is_made_void_and_restored_with_its_history(
    session: Session, office: CurrentUser
) -> None:
    number = planned(session, office)
    schedule.cancel(session, CODE, "暴雨", 0, office, NOW, TODAY)
    with pytest.raises(InvalidEntry):
        schedule.void(session, number, "", 1, office, NOW)
    schedule.void(session, number, "重复登记", 1, office, NOW)
    assert states(session) == ""
    with pytest.raises(NotFound, match="作废"):
        schedule.shown(session, CODE, TODAY)
    with pytest.raises(Conflict):
        schedule.void(session, number, "重复登记", 2, office, NOW)
    assert schedule.book(session, Chosen(), TODAY)[0].void_reason == "重复登记"
    schedule.restore(session, number, 2, office, NOW)
    assert states(session) == "mmmc"
    told = plan_history(session, number)
    assert [line.action for line in told] == ["新增", "取消", "作废", "恢复"]
    assert "每周三" in told[0].differences[0]


def test_a_plan_that_is_there_is_not_made_a_second_time(
    session: Session, office: CurrentUser
) -> None:
    first = planned(session, office, communities=("c01",))
    with pytest.raises(InvalidEntry, match=f"甲社区已有同样的计划 {first}") as refusal:
        planned(session, office, key="again", communities=("c02", "c01"))
    assert refusal.value.field == "label"
    session.rollback()
    assert rows(session, ActivityPlan) == 1
    planned(session, office, key="named", label="城北")
    planned(session, office, key="other rule", rule=Rule("weekly", (5,)))
    earlier = {"first_day": date(2023, 8, 1), "last_day": date(2023, 9, 30)}
    planned(session, office, key="earlier", **earlier)
    schedule.void(session, first, "登记错了", 1, office, NOW)
    planned(session, office, key="anew")
    with pytest.raises(InvalidEntry, match="已有同样的计划"):
        schedule.restore(session, first, 2, office, NOW)
