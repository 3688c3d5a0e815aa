"""督查: somebody else takes a step while a person fills in a form of it."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Engine

from db.engine import Session
from services import inspections
from tests.activity_cases import person
from tests.inspection_cases import recorded
from tests.pages.admin_steps import fill, key
from tests.pages.entry_steps import labels, open_page, press

PAGE = "pages/followup/inspections.py"


def test_what_was_typed_outlives_that_it_is_made_void(door: Engine) -> None:
    with Session(door.execution_options(minyi_write=True), expire_on_commit=False) as session:
        number = recorded(session, person(session, "office_staff"))
    at = press(open_page(door, "office_staff", page=PAGE, inspection=number), "更正")
    fill(at, number, findings="还有两处")
    with Session(door.execution_options(minyi_write=True), expire_on_commit=False) as session:
        user = person(session, "administrator")
        inspections.void(session, number, "重复", 1, user, datetime.now(UTC))
        session.commit()
    press(at, "保存")
    assert any("别人刚刚办理过" in one.value for one in at.warning)
    assert at.text_area(key=key(at, number, "findings")).value == "还有两处"
    press(at, "放弃填写")
    assert "恢复" in labels(at.button)
