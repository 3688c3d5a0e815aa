"""The list of voices: what the period leaves out is one click away."""

from __future__ import annotations

from sqlalchemy import Engine

from db.engine import Session
from tests.feedback_cases import RECEIVED_ON, Desk
from tests.pages.entry_steps import labels, open_page, press

PAGE = "pages/followup/feedback.py"


def test_a_click_shows_the_open_ones_of_before_the_period(door: Engine) -> None:
    desk = Desk(Session(door.execution_options(minyi_write=True), expire_on_commit=False))
    number = desk.submit()
    desk.brought_to("closed")
    at = open_page(door, "office_staff", page=PAGE, period="2024")
    assert "民声 0 件" in at.header[0].value
    press(at, "更早收到的还有 1 件没有办结")
    assert at.query_params["state"] == "open"
    assert at.query_params["period"] == f"{RECEIVED_ON}~"
    assert [one for one in labels(at.button) if one.startswith("F0")] == [
        one for one in labels(at.button) if one.startswith(number)
    ]
    assert not [one for one in labels(at.button) if one.startswith("更早收到")]
