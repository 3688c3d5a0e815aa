"""The requests by which a form is kept: behind the gate, from our own page, for oneself."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Engine, select

from db.engine import read_session
from db.models import FormDraft
from tests.pages.test_drafts_requests import Staff

FORM = {"form": "activity", "token": "a" * 32, "version": 0, "fields": {"place": "广场"}}


@pytest.fixture
def staff(door: Engine) -> Staff:
    return Staff(door)


def post(staff: Staff, **body: Any) -> Any:
    return staff.client.post(
        "/entry/form-draft",
        json={"person": staff.person} | FORM | body,
        headers={"x-minyi-csrf": staff.client.cookies["minyi_csrf"]},
    )


def test_a_form_is_kept(staff: Staff) -> None:
    assert post(staff).json() == {"state": "open", "version": 1}
    late = post(staff, fields={"place": "公园"}).json()
    assert late == {"state": "elsewhere", "version": 1}


def test_one_that_is_not_for_this_person_is_refused(door: Engine, staff: Staff) -> None:
    assert post(staff, form="commitment").status_code == 403
    assert post(staff, person=staff.person + 1).status_code == 401
    address = "/entry/form-draft"
    assert staff.client.post(address, json=FORM | {"person": 1}).status_code == 403
    with read_session(door) as session:
        assert session.scalars(select(FormDraft)).all() == []


@pytest.mark.parametrize(
    "broken", [{"fields": 5}, {"fields": ["x"]}, {"version": "x"}, {"token": None}]
)
def test_what_no_page_sends_is_refused(staff: Staff, broken: dict[str, Any]) -> None:
    assert post(staff, **broken).status_code == 422
