"""People as administrators keep them: invited, changed, closed, signed out; and by whom not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, select

from db.engine import Session, write_session
from db.models import Change, Invitation, User
from services import accounts
from services.admin import invitations, people
from services.admin.edits import fingerprint
from services.admin.people import PersonFacts
from services.errors import Conflict, InvalidEntry, NotFound, NotPermitted, SignInFailed
from services.permissions import CurrentUser
from services.settings import SignInSettings
from tests.builders import add_user

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
LIMITS = SignInSettings()
HERE = "10.0.0.7"
PASSWORD = "一二三四五六七八九十"
STAFF = PersonFacts("张三", "community_staff", "c02")


@pytest.fixture
def admin(session: Session) -> CurrentUser:
    return accounts.create_first_administrator(session, "admin", "王芳", PASSWORD, NOW)


def listed(session: Session, by: CurrentUser, username: str) -> people.Person:
    return next(one for one in people.people(session, by, NOW) if one.username == username)


def logged(session: Session) -> list[str]:
    session.flush()
    return list(session.scalars(select(Change.action).order_by(Change.id)))


def signed_in(session: Session, user_id: int) -> str:
    return accounts.token_hash(accounts.sign_in(session, user_id, HERE, NOW))


ACTIONS: dict[str, Callable[[Session, CurrentUser, int], object]] = {
    "list": lambda session, by, _id: people.people(session, by, NOW),
    "invite": lambda session, by, _id: invitations.invite(session, by, "new.one", STAFF, NOW),
    "reset": lambda session, by, who: invitations.reset_link(session, by, who, NOW),
    "change": lambda session, by, who: people.change(session, by, who, STAFF, "", NOW),
    "deactivate": lambda session, by, who: people.deactivate(session, by, who, NOW),
    "reactivate": lambda session, by, who: people.reactivate(session, by, who, NOW),
    "sign out": lambda session, by, who: people.sign_out_everywhere(session, by, who, NOW),
}


@pytest.mark.dialects("sqlite")
@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("role", ["official", "community_staff", "office_staff"])
def test_nobody_but_an_administrator_touches_accounts(
    session: Session, action: str, role: str
) -> None:
    target = add_user(session, "office_staff", username="target")
    community = "c01" if role == "community_staff" else None
    by = add_user(session, role, community, username="somebody")
    user = CurrentUser(by.id, by.username, by.name, role, community, "zh")
    with pytest.raises(NotPermitted):
        ACTIONS[action](session, user, target.id)
    assert logged(session) == []


def test_an_invited_person_cannot_sign_in_before_the_password_is_set(
    session: Session, admin: CurrentUser
) -> None:
    link = invitations.invite(session, admin, "Zhang.San", STAFF, NOW)
    assert (link.username, link.until) == ("zhang.san", NOW + timedelta(days=7))
    person = listed(session, admin, "zhang.san")
    assert (person.has_password, person.invited_until) == (False, link.until)
    for password in ("", PASSWORD):
        with pytest.raises(SignInFailed):
            accounts.check_password(session, "zhang.san", password)
    assert invitations.accept(session, link.token, PASSWORD, LATER) == "zhang.san"
    assert accounts.check_password(session, "zhang.san", PASSWORD) == person.id
    person = listed(session, admin, "zhang.san")
    assert (person.has_password, person.invited_until) == (True, None)


def test_a_link_works_once_and_only_its_hash_is_kept(session: Session, admin: CurrentUser) -> None:
    link = invitations.invite(session, admin, "zhang.san", STAFF, NOW)
    assert session.scalars(select(Invitation.token_hash)).all() == [accounts.token_hash(link.token)]
    invitations.accept(session, link.token, PASSWORD, LATER)
    with pytest.raises(NotFound, match="已使用"):
        invitations.accept(session, link.token, "another long password", LATER)
    session.flush()
    kept = [str(line.before) + str(line.after) for line in session.scalars(select(Change))]
    assert not [text for text in kept if link.token in text or PASSWORD in text]


@pytest.mark.parametrize(
    ("at", "open_"),
    [(NOW + timedelta(days=7, seconds=-1), True), (NOW + timedelta(days=7), False)],
)
def test_a_link_ends_after_seven_days(
    session: Session, admin: CurrentUser, at: datetime, open_: bool
) -> None:
    link = invitations.invite(session, admin, "zhang.san", STAFF, NOW)
    if open_:
        assert invitations.invited(session, link.token, at) == "zhang.san"
    else:
        with pytest.raises(NotFound):
            invitations.invited(session, link.token, at)
        with pytest.raises(NotFound):
            invitations.accept(session, link.token, PASSWORD, at)


def test_a_new_link_ends_the_one_before(session: Session, admin: CurrentUser) -> None:
    first = invitations.invite(session, admin, "zhang.san", STAFF, NOW)
    person = listed(session, admin, "zhang.san")
    second = invitations.reset_link(session, admin, person.id, NOW)
    with pytest.raises(NotFound):
        invitations.invited(session, first.token, NOW)
    assert invitations.invited(session, second.token, NOW) == "zhang.san"


def test_the_old_password_stays_until_another_is_set_and_then_all_sessions_end(
    session: Session, admin: CurrentUser
) -> None:
    kept = signed_in(session, admin.id)
    link = invitations.reset_link(session, admin, admin.id, NOW)
    assert accounts.check_password(session, "admin", PASSWORD) == admin.id
    with pytest.raises(InvalidEntry):
        invitations.accept(session, link.token, "short", NOW)
    assert accounts.person_of(session, kept, NOW, LIMITS) is not None
    invitations.accept(session, link.token, "another long password", NOW)
    assert accounts.person_of(session, kept, NOW, LIMITS) is None
    with pytest.raises(SignInFailed):
        accounts.check_password(session, "admin", PASSWORD)


@pytest.mark.parametrize("token", ["", "x", "' OR 1=1 --", "未"])
def test_a_link_that_was_never_made_leads_nowhere(session: Session, token: str) -> None:
    with pytest.raises(NotFound):
        invitations.invited(session, token, NOW)


def test_who_is_deactivated_is_out_at_once_and_can_come_back(
    session: Session, admin: CurrentUser
) -> None:
    link = invitations.invite(session, admin, "zhang.san", STAFF, NOW)
    invitations.accept(session, link.token, PASSWORD, NOW)
    person = listed(session, admin, "zhang.san")
    kept = signed_in(session, person.id)
    late = invitations.reset_link(session, admin, person.id, NOW)
    people.deactivate(session, admin, person.id, NOW)
    assert accounts.person_of(session, kept, NOW, LIMITS) is None
    with pytest.raises(SignInFailed):
        accounts.check_password(session, "zhang.san", PASSWORD)
    with pytest.raises(NotFound):
        invitations.accept(session, late.token, PASSWORD, NOW)
    for refused in (people.deactivate, invitations.reset_link):
        with pytest.raises(InvalidEntry, match="已经停用"):
            refused(session, admin, person.id, NOW)
    people.reactivate(session, admin, person.id, NOW)
    assert accounts.check_password(session, "zhang.san", PASSWORD) == person.id
    assert accounts.person_of(session, kept, NOW, LIMITS) is None
    with pytest.raises(InvalidEntry, match="没有停用"):
        people.reactivate(session, admin, person.id, NOW)


def test_nobody_closes_or_changes_their_own_role(session: Session, admin: CurrentUser) -> None:
    add_user(session, "administrator", username="second")
    with pytest.raises(NotPermitted, match="自己"):
        people.deactivate(session, admin, admin.id, NOW)
    seen = fingerprint(listed(session, admin, "admin").facts)
    with pytest.raises(NotPermitted, match="自己"):
        people.change(session, admin, admin.id, PersonFacts("王", "official", None), seen, NOW)


def test_the_last_active_administrator_stays(session: Session, admin: CurrentUser) -> None:
    console = CurrentUser(None, "", "命令行", "administrator", None, "zh")  # type: ignore[arg-type]
    second = add_user(session, "administrator", username="second", active=False)
    seen = fingerprint(listed(session, admin, "admin").facts)
    with pytest.raises(NotPermitted, match="最后一位"):
        people.deactivate(session, console, admin.id, NOW)
    with pytest.raises(NotPermitted, match="最后一位"):
        people.change(session, console, admin.id, PersonFacts("王", "official", None), seen, NOW)
    people.reactivate(session, admin, second.id, NOW)
    people.deactivate(session, console, admin.id, NOW)
    assert not listed(session, console, "admin").active


def test_a_change_is_kept_and_logged_with_both_values(session: Session, admin: CurrentUser) -> None:
    person = add_user(session, "community_staff", "c01", username="li")
    seen = fingerprint(listed(session, admin, "li").facts)
    people.change(session, admin, person.id, PersonFacts("李四", "official", None), seen, NOW)
    assert listed(session, admin, "li").facts == PersonFacts("李四", "official", None)
    session.flush()
    line = session.scalars(select(Change).order_by(Change.id.desc())).first()
    assert line is not None
    assert line.before == {"name": "测试员", "role": "community_staff", "community_code": "c01"}
    assert line.after == {"name": "李四", "role": "official", "community_code": None}


@pytest.mark.dialects("sqlite")
@pytest.mark.parametrize(
    ("facts", "field"),
    [
        (PersonFacts("  ", "official", None), "name"),
        (PersonFacts("李", "mayor", None), "role"),
        (PersonFacts("李", "community_staff", None), "community"),
        (PersonFacts("李", "community_staff", "c99"), "community"),
        (PersonFacts("李", "official", "c01"), "community"),
    ],
)
def test_a_change_that_cannot_be_names_its_field(
    session: Session, admin: CurrentUser, facts: PersonFacts, field: str
) -> None:
    person = add_user(session, "official", username="li")
    seen = fingerprint(listed(session, admin, "li").facts)
    with pytest.raises(InvalidEntry) as refused:
        people.change(session, admin, person.id, facts, seen, NOW)
    assert refused.value.field == field


def test_of_two_who_change_one_person_the_later_is_told(
    session: Session, admin: CurrentUser
) -> None:
    person = add_user(session, "official", username="li")
    seen = fingerprint(listed(session, admin, "li").facts)
    people.change(session, admin, person.id, PersonFacts("李四", "official", None), seen, NOW)
    with pytest.raises(Conflict):
        people.change(session, admin, person.id, PersonFacts("李五", "official", None), seen, NOW)
    assert listed(session, admin, "li").facts.name == "李四"


def test_saving_what_is_there_already_logs_nothing(session: Session, admin: CurrentUser) -> None:
    facts = listed(session, admin, "admin").facts
    before = logged(session)
    people.change(session, admin, admin.id, facts, fingerprint(facts), NOW)
    assert logged(session) == before


def test_signing_out_everywhere_ends_every_session_and_no_password(
    session: Session, admin: CurrentUser
) -> None:
    kept = [signed_in(session, admin.id) for _browser in range(3)]
    people.sign_out_everywhere(session, admin, admin.id, NOW)
    assert [accounts.person_of(session, one, NOW, LIMITS) for one in kept] == [None] * 3
    assert accounts.check_password(session, "admin", PASSWORD) == admin.id
    assert logged(session)[-1] == "sign_out_everywhere"


def test_the_list_says_when_somebody_was_last_here(session: Session, admin: CurrentUser) -> None:
    assert listed(session, admin, "admin").last_seen is None
    kept = signed_in(session, admin.id)
    accounts.note_seen(session, kept, LATER)
    assert listed(session, admin, "admin").last_seen == LATER


def test_a_person_who_is_not_there_is_not_found(session: Session, admin: CurrentUser) -> None:
    with pytest.raises(NotFound):
        people.deactivate(session, admin, 999, NOW)


def test_two_administrators_cannot_close_each_other(engine: Engine) -> None:
    with write_session(engine) as session:
        one = accounts.create_first_administrator(session, "one", "甲", PASSWORD, NOW)
        two = accounts.create_user(
            session, one, NOW, username="two", name="乙", role="administrator", password=PASSWORD
        )
    with write_session(engine) as session:
        people.deactivate(session, one, two.id, NOW)
    with write_session(engine) as session, pytest.raises(NotPermitted):
        people.deactivate(session, two, one.id, NOW)
    with write_session(engine) as session:
        assert session.get_one(User, one.id).active
