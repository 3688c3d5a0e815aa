"""Characters nobody can see, which a server's text columns refuse, never reach them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from db.engine import Session
from services import surveys
from services.admin import invitations
from services.admin.people import PersonFacts, people
from services.errors import InvalidEntry
from services.log import changes
from services.permissions import CurrentUser
from services.scales import edit_scale, scale_of
from tests.activity_cases import person
from tests.unit.test_surveys import NOW, SCALES, TODAY, WAVE

NUL, TOO_LONG = "甲\x00\x07乙", "长" * 5000


@pytest.fixture
def admin(session: Session) -> CurrentUser:
    return person(session, "administrator")


def test_the_name_of_a_person(session: Session, admin: CurrentUser) -> None:
    facts = PersonFacts(NUL, "official", None)
    invitations.invite(session, admin, "a\x00b", facts, NOW)
    session.flush()
    assert {one.username: one.facts.name for one in people(session, admin, NOW)}["ab"] == "甲乙"
    with pytest.raises(InvalidEntry, match="60"):
        invitations.invite(session, admin, "c", replace(facts, name=TOO_LONG), NOW)


def test_a_search_of_the_log(session: Session, admin: CurrentUser) -> None:
    asked = changes.Asked(number="A\x00000001", words=NUL)
    assert changes.lines(session, admin, asked) == ()
    with pytest.raises(InvalidEntry, match="500"):
        changes.lines(session, admin, changes.Asked(words=TOO_LONG))


def test_a_survey_and_its_options(session: Session, admin: CurrentUser) -> None:
    code = surveys.add_wave(session, replace(WAVE, label=NUL), SCALES, admin, NOW, TODAY)
    assert surveys.wave_of(session, code).label == "甲乙"
    first, *others = scale_of(session, code)
    edit_scale(session, code, (replace(first, label=NUL), *others), SCALES, admin, NOW)
    session.flush()
    assert scale_of(session, code)[0].label == "甲乙"
    with pytest.raises(InvalidEntry, match="120"):
        edit_scale(session, code, (replace(first, label=TOO_LONG), *others), SCALES, admin, NOW)
