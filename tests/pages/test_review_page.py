"""The approval page: what waits, one or all approved, one returned; the submitter's side of it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, insert, select
from streamlit.testing.v1 import AppTest

from db.engine import read_session, write_session
from db.models import Activity, Office
from db.reads.accounts import user_named
from pages.shared.access import today
from pages.shared.entry.approval import not_approved
from services import activities
from services.activities.waiting import MOST
from services.permissions import CurrentUser
from tests.activity_cases import ENTRY
from tests.builders import add_activity
from tests.pages.app import heading, opened, signed_in
from tests.pages.entry_steps import enter, labels, open_page, press, said

PAGE = "entry/review"


@pytest.fixture
def office(door: Engine) -> Engine:
    with write_session(door) as session:
        session.get_one(Office, 1).approval = True
    return door


def reviews(office: Engine) -> list[str]:
    with read_session(office) as session:
        return list(session.scalars(select(Activity.review).order_by(Activity.id)))


def page(office: Engine) -> AppTest:
    at = opened(signed_in(office, "office_staff"), PAGE)
    assert not at.exception
    return at


def test_who_does_not_approve_is_told_so(office: Engine) -> None:
    assert heading(opened(signed_in(office, "community_staff"), PAGE)) == "没有权限"


def test_with_nothing_to_approve_the_page_says_so(office: Engine) -> None:
    at = page(office)
    assert heading(at) == "审核：0 条待审核"
    assert at.info[0].value == "没有待审核的记录。"


def test_more_than_one_list_holds_is_said(office: Engine) -> None:
    with write_session(office) as session:
        one = add_activity(session, "holiday_patrol", today(), "c01", review="submitted")
        columns = [column.key for column in Activity.__table__.columns if column.key != "id"]
        like_it = {name: getattr(one, name) for name in columns}
        session.execute(
            insert(Activity),
            [like_it | {"idempotency_key": f"like-{place}"} for place in range(MOST)],
        )
    at = page(office)
    assert heading(at) == f"审核：{MOST + 1} 条待审核"
    assert any(f"最新的 {MOST} 条；其余 1 条" in one.value for one in at.caption)
    assert f"核对上表后，通过全部 {MOST} 条" in labels(at.button)


def test_all_that_waits_is_approved_after_its_sum_was_shown(office: Engine) -> None:
    enter(office, key="one")
    enter(office, key="two")
    at = page(office)
    assert heading(at) == "审核：2 条待审核"
    assert list(at.table[0].value["待审核（条）"]) == [2]
    press(at, "核对上表后，通过全部 2 条")
    assert said(at.success) == "已通过 2 条。"
    assert reviews(office) == ["approved", "approved"]
    assert heading(at) == "审核：0 条待审核"


def test_what_came_since_the_list_was_drawn_is_not_approved_with_it(office: Engine) -> None:
    enter(office, key="one")
    enter(office, key="two")
    at = page(office)
    enter(office, key="three")
    press(at, "核对上表后，通过全部 2 条")
    assert said(at.success) == "已通过 2 条。"
    assert reviews(office) == ["approved", "approved", "submitted"]
    assert heading(at) == "审核：1 条待审核"


def test_of_two_who_approve_at_once_the_later_reads_each_reason_once(office: Engine) -> None:
    numbers = [enter(office, key=f"key-{place}") for place in range(5)]
    at = page(office)
    with write_session(office) as session:
        row = user_named(session, "test_office_staff")
        user = CurrentUser(row.id, row.username, row.name, row.role, row.community_code, "zh")
        seen = [(number, 1) for number in numbers]
        assert activities.approve_all(session, seen, user, datetime.now(UTC)) == ()
        refused = activities.approve_all(session, seen, user, datetime.now(UTC))
    assert not_approved(refused) == (
        "5 条没有通过：这条记录现在是“已审核”，不能进行这一步，请刷新后再看"
        "（A000001、A000002、A000003等）。"
    )
    assert not_approved(()) == ""
    assert heading(at.run()) == "审核：0 条待审核"


def test_what_a_person_entered_is_not_counted_but_said(office: Engine) -> None:
    at = page(office)
    with write_session(office) as session:
        row = user_named(session, "test_office_staff")
        user = CurrentUser(row.id, row.username, row.name, row.role, row.community_code, "zh")
        activities.submit(session, ENTRY, "own", user, datetime.now(UTC), today())
    at.run()
    assert heading(at) == "审核：0 条待审核"
    assert at.info[0].value == "没有要您审核的记录。"
    assert any("另有 1 条由他人审核" in one.value for one in at.caption)
    enter(office)
    at.run()
    assert heading(at) == "审核：1 条待审核"
    assert list(at.table[0].value["待审核（条）"]) == [1]
    at.selectbox(key="filter-community").set_value("c01").run()
    assert any("另有 1 条由他人审核" in one.value for one in at.caption)
    press(at, "核对上表后，通过全部 1 条")
    assert reviews(office) == ["submitted", "approved"]


def test_a_returned_record_is_seen_with_its_reason_and_submitted_again(office: Engine) -> None:
    number = enter(office)
    with write_session(office) as session:
        row = session.scalars(select(Activity)).one()
        row.review, row.return_reason = "returned", "数量不符"
    at = open_page(office, "community_staff", "c01", "pages/entry/mine.py")
    assert "有 1 条被退回" in said(at.warning)
    at = open_page(office, "community_staff", "c01", "pages/entry/mine.py", record=number)
    assert "已退回：数量不符" in said(at.warning)
    press(press(at, "更正"), "保存更正")
    assert reviews(office) == ["submitted"]


def test_an_approved_record_is_locked_and_opened_again_with_a_reason(office: Engine) -> None:
    number = enter(office)
    with write_session(office) as session:
        session.scalars(select(Activity)).one().review = "approved"
    at = open_page(office, "community_staff", "c01", "pages/entry/mine.py", record=number)
    assert "更正" not in [button.label for button in at.button]
    at = open_page(office, "office_staff", None, "pages/entry/mine.py", record=number)
    press(at, "重新打开")
    assert said(at.error) == "请写明重新打开的原因。"
    next(field for field in at.text_input if field.label == "重新打开的原因").set_value("数字有误")
    press(at, "重新打开")
    assert reviews(office) == ["submitted"]


def test_the_switch_of_the_filters_shows_what_is_approved_only(office: Engine) -> None:
    enter(office)
    at = opened(signed_in(office, "official"), "review/records", period="2000-01-01~")
    assert "共 1 条" in heading(at)
    (listed,) = at.dataframe
    assert list(listed.value.columns)[:4] == ["日期", "活动", "社区", "编号"]
    at.toggle(key="filter-approved").set_value(True).run()
    assert "共 0 条" in heading(at)
    assert at.query_params["approved"] == "1"


def test_the_administrator_switches_approval_off_and_on(office: Engine) -> None:
    at = opened(signed_in(office, "administrator"), "admin/catalogue", list="approval")
    press(at, "停用审核")
    with read_session(office) as session:
        assert not session.get_one(Office, 1).approval
    press(at, "启用审核")
    with read_session(office) as session:
        assert session.get_one(Office, 1).approval
