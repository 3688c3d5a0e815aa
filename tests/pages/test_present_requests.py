"""The presentation as a page of its own: who gets it, and that it needs nothing from elsewhere."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, select, update
from starlette.testclient import TestClient

from db.engine import write_session
from db.models import Meeting, MeetingSlide, User
from services import accounts
from services.settings import ROOT
from tests.pages.web import HTML, browser

PATH = "/present/M000001"
STATIC = ROOT / "pages" / "shared" / "static"


def visitor(door: Engine, role: str) -> TestClient:
    """A browser in which one of the demonstration's people is signed in."""
    with write_session(door) as session:
        row = session.scalars(select(User).where(User.role == role)).first()
        assert row is not None
        token = accounts.sign_in(session, row.id, "10.0.0.7", datetime.now(UTC))
    client = browser()
    client.cookies["minyi_session"] = token
    return client


def change(door: Engine, **values: object) -> None:
    with write_session(door) as session:
        session.execute(update(Meeting).values(**values))


@pytest.mark.usefixtures("demonstration")
def test_who_is_not_signed_in_is_led_to_the_sign_in_and_back() -> None:
    answer = browser().get(PATH, headers=HTML)
    assert (answer.status_code, answer.headers["location"]) == (
        303, "/account/login?next=%2Fpresent%2FM000001",
    )  # fmt: skip


@pytest.mark.parametrize("role", ["official", "community_staff", "office_staff", "administrator"])
def test_everybody_may_see_a_frozen_meeting_and_only_the_host_its_notes(
    demonstration: Engine, role: str
) -> None:
    answer = visitor(demonstration, role).get(PATH)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert answer.text.count('<section class="slide') == 14
    holds = role in ("office_staff", "administrator")
    assert ("先逐项对账" in answer.text) == holds
    assert ('data-key="n"' in answer.text) == holds


def test_the_script_may_run_at_once_for_all_it_needs_stands_above_it(
    demonstration: Engine,
) -> None:
    text = visitor(demonstration, "office_staff").get(PATH).text
    above = text.partition('type="module"')[0]
    asked = re.findall(r'\$\("(\w+)"\)', (STATIC / "present.js").read_text(encoding="utf-8"))
    assert {"stage", "place", "making"} <= set(asked)
    assert [name for name in asked if f'id="{name}"' not in above] == []


def test_before_it_is_frozen_only_who_prepares_it_sees_it(demonstration: Engine) -> None:
    change(demonstration, frozen_at=None, data_version=None)
    refused = visitor(demonstration, "official").get(PATH)
    assert refused.status_code == 403
    assert refused.text == "这次会议的数据还没有冻结，冻结后才能放映。"
    assert visitor(demonstration, "office_staff").get(PATH).status_code == 200


def test_a_void_or_unknown_meeting_is_not_shown(demonstration: Engine) -> None:
    client = visitor(demonstration, "administrator")
    assert client.get("/present/M999999").status_code == 404
    change(demonstration, void_reason="改期")
    assert client.get(PATH).text == "这次会议已作废，不能放映。"


def test_the_page_has_no_inline_script_and_asks_no_other_host(demonstration: Engine) -> None:
    answer = visitor(demonstration, "official").get(PATH)
    scripts = re.findall(r"<script([^>]*)>", answer.text)
    assert {re.sub(r'="[^"]*"', "", one).strip() for one in scripts} == {
        "src defer", "src type async", "type",
    }  # fmt: skip
    assert all("application/json" in one for one in scripts if "src" not in one)
    assert "unsafe-inline" not in answer.headers["content-security-policy"].split("style-src")[0]
    assert not re.search(r'(src|href)="(https?:)?//', answer.text)
    assert not re.search(r"\son\w+=", answer.text)


def test_what_people_wrote_is_text_and_nothing_else(demonstration: Engine) -> None:
    with write_session(demonstration) as session:
        said = '</script><img src=x onerror="alert(1)">'
        session.execute(update(MeetingSlide).values(headline=said, body=said, notes=said))
    text = visitor(demonstration, "administrator").get(PATH).text
    assert "<img" not in text
    assert "&lt;img src=x" in text


def test_slides_that_were_taken_out_are_not_sent(demonstration: Engine) -> None:
    with write_session(demonstration) as session:
        cover = select(MeetingSlide.id).where(MeetingSlide.kind == "cover")
        session.execute(update(MeetingSlide).where(MeetingSlide.id.in_(cover)).values(shown=False))
    text = visitor(demonstration, "official").get(PATH).text
    assert text.count('<section class="slide') == 13


def test_the_page_speaks_english_to_who_chose_it(demonstration: Engine) -> None:
    client = visitor(demonstration, "official")
    with write_session(demonstration) as session:
        session.execute(update(User).values(language="en"))
    text = client.get(PATH).text
    assert '<html lang="en">' in text
    assert "Next slide" in text
    assert "2023 Q3 satisfaction survey" in text


def test_the_first_slide_goes_out_before_the_others_are_made(demonstration: Engine) -> None:
    client = visitor(demonstration, "official")
    with client.stream("GET", PATH) as answer:
        assert answer.headers["content-encoding"] == "gzip"
        pieces = list(answer.iter_text())
    first = next(place for place, piece in enumerate(pieces) if "<section" in piece)
    assert pieces[first].count("<section") == 1
    assert first < len(pieces) - 5
    plain = client.get(PATH, headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.text == "".join(pieces)
