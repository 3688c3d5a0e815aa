"""The texts of a grid row: read as people write, each bad one kept with its reason."""

from __future__ import annotations

import pytest

from db.engine import Session
from services.permissions import CurrentUser
from tests.activity_cases import rows
from tests.draft_cases import FULL, save, submit


@pytest.mark.dialects("sqlite")
@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("25", "10-25 周三"), ("25日", "10-25 周三"), ("10-25", "10-25 周三"),
        ("10月25日", "10-25 周三"), ("2023/10/25", "10-25 周三"),
        ("２０２３-１０-２５", "10-25 周三"),
        ("2023-10-25 00:00:00", "10-25 周三"), ("2023年10月25日", "10-25 周三"),
        ("24至25", "10-24–10-25"), ("24-25", "10-24–10-25"), ("10月24日～25日", "10-24–10-25"),
        ("20231025", "10-25 周三"), ("10月25日（周三）", "10-25 周三"), ("25号上午", "10-25 周三"),
        ("2023/10/25 星期三", "10-25 周三"), ("10月24日-25日", "10-24–10-25"),
        ("\u200e2023/10/25\u200b", "10-25 周三"),
        ("10.24-10.25", "10-24–10-25"), ("2023/10/24-2023/10/25", "10-24–10-25"),
    ],
)  # fmt: skip
def test_days_are_read_as_people_write_them(
    session: Session, staff: CurrentUser, text: str, shown: str
) -> None:
    assert save(session, staff, {"day": text}).rows[0].day == shown


@pytest.mark.dialects("sqlite")
@pytest.mark.parametrize(
    ("cells", "field", "says"),
    [
        ({"day": "32"}, "day", "读不懂"), ({"day": "某天"}, "day", "读不懂"),
        ({"day": "9-30"}, "day", "不在"), ({"day": "30"}, "day", "今天以后"),
        ({"day": "10.1"}, "day", "分不清"), ({"day": "10.24-10.3"}, "day", "分不清"),
        ({"day": "25 至 24"}, "day", "不能早于"), ({"type": "散步"}, "type", "没有这个活动类型"),
        ({"communities": "某社区"}, "communities", "某社区"),
        ({"partners": "路人 3"}, "partners", "路人"),
        ({"partners": "志愿者 -3"}, "partners", "负数"),
        ({"partners": "志愿者、志愿者"}, "partners", "两次"),
        ({"participants": "四十"}, "participants", "只填数字"),
        ({"participants": "-1"}, "participants", "负数"),
        ({"participants": "约30"}, "participants", "准确的数"),
        ({"partners": "志愿者约12人"}, "partners", "准确的数"),
        ({"measure-household_waste": "2 台次"}, "measure-household_waste",
         "单位是“吨”，这里写的是“台次”"),
        ({"measure-free_clinics": "3"}, "measure-free_clinics", "没有这项指标"),
        ({"place": "长" * 201}, "place", "最多"), ({"note": "长" * 2300}, "note", "最多"),
    ],
)  # fmt: skip
def test_every_bad_cell_is_saved_as_typed_with_its_reason(
    session: Session, staff: CurrentUser, cells: dict[str, str], field: str, says: str
) -> None:
    row = save(session, staff, FULL | cells).rows[0]
    assert row.state == "invalid"
    assert list(row.problems) == [field]
    assert says in row.problems[field]
    assert row.cells[field] == cells[field]
    assert "没有填完" in submit(session, staff).refusal
    assert rows(session) == 0


def test_a_number_may_have_its_unit_and_is_counted_as_it_is_read(
    session: Session, staff: CurrentUser
) -> None:
    said = {"participants": "40 人次", "measure-household_waste": "1.5 吨"}
    row = save(session, staff, FULL | said | {"partners": "志愿者 12名、物业3人"}).rows[0]
    assert (row.state, row.cells["participants"]) == ("ready", "40 人次")
    read = {"participants": 40, "measure-household_waste": 1.5}
    assert row.amounts == read
    done = submit(session, staff).row
    assert (done.cells["participants"], done.amounts) == ("40", read)
    assert done.cells["partners"] == "物业 3、志愿者 12"


def test_all_reasons_of_a_row_are_given_at_once(session: Session, staff: CurrentUser) -> None:
    bad = {"day": "32", "type": "?", "participants": "x", "partners": "y", "place": "长" * 201}
    assert set(save(session, staff, bad).rows[0].problems) == set(bad)


def test_a_row_without_day_or_type_is_a_draft(session: Session, staff: CurrentUser) -> None:
    assert save(session, staff, {"place": "广场"}).rows[0].state == "draft"
    assert save(session, staff, {"place": ""}, seen={"place": "广场"}).rows[0].state == "empty"
