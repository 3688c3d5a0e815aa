"""People who sign in, as an administrator keeps them: listed, changed, closed, signed out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from db.engine import Session
from db.reads import accounts as reads
from db.reads import people as more
from db.writes import accounts as account_writes
from db.writes import form_drafts
from db.writes import people as writes
from db.writes.log import log_change, raise_version
from services.accounts import check_role, checked_name
from services.admin.edits import check_seen
from services.entries import gathered
from services.errors import InvalidEntry, NotFound, NotPermitted
from services.i18n import _
from services.permissions import ADMINISTRATOR, CurrentUser, require
from services.writing import author_of


@dataclass(frozen=True)
class PersonFacts:
    """What can be changed of a person. `community` is the own one of community staff, else None."""

    name: str
    role: str
    community: str | None


@dataclass(frozen=True)
class Person:
    """`has_password`: can sign in by one. `invited_until`: how long a link is open, if one is."""

    id: int
    username: str
    facts: PersonFacts
    active: bool
    has_password: bool
    last_seen: datetime | None
    invited_until: datetime | None


def people(session: Session, user: CurrentUser, now: datetime) -> tuple[Person, ...]:
    """Everybody, those who may sign in first, then in the order they were added."""
    require(user, "manage_users")
    seen, invited = more.last_seen(session), more.invited_until(session, now)
    rows = sorted(reads.users(session), key=lambda row: (not row.active, row.id))
    return tuple(
        Person(
            row.id,
            row.username,
            _facts(row),
            row.active,
            bool(row.password_hash),
            seen.get(row.id),
            invited.get(row.id),
        )
        for row in rows
    )


def change(
    session: Session,
    user: CurrentUser,
    person_id: int,
    facts: PersonFacts,
    seen: str,
    now: datetime,
) -> None:
    """Give a person another name, role or community; Conflict if somebody changed them since."""
    person = queued(session, user, person_id)
    with gathered() as part:
        name = part(checked_name, facts.name)
        part(check_role, session, facts.role, facts.community)
    check_seen(_facts(person), seen)
    if facts.role != person.role:
        _not_oneself(user, person, _("不能更改自己的角色，请由另一位管理员操作。"))
        _not_the_last_administrator(session, person)
    columns = {"name": name, "role": facts.role, "community_code": facts.community}
    if _facts(person) != PersonFacts(name, facts.role, facts.community):
        writes.change(session, author_of(user, now), "change", person, columns)


def deactivate(session: Session, user: CurrentUser, person_id: int, now: datetime) -> None:
    """Let a person sign in no more; they are signed out everywhere. What they did stays;
    what they had begun to type and not submitted goes."""
    person = queued(session, user, person_id)
    _not_oneself(user, person, _("不能停用自己的账号，请由另一位管理员操作。"))
    if not person.active:
        raise InvalidEntry(_("这个账号已经停用。"))
    _not_the_last_administrator(session, person)
    account_writes.end_other_sessions(session, person.id, "", now)
    writes.end_invitations(session, person.id, now)
    form_drafts.forget_all_of(session, person.id)
    writes.change(session, author_of(user, now), "deactivate", person, {"active": False})


def reactivate(session: Session, user: CurrentUser, person_id: int, now: datetime) -> None:
    """Let a person sign in again, with the password they had."""
    person = queued(session, user, person_id)
    if person.active:
        raise InvalidEntry(_("这个账号没有停用，不需要恢复。"))
    writes.change(session, author_of(user, now), "reactivate", person, {"active": True})


def sign_out_everywhere(session: Session, user: CurrentUser, person_id: int, now: datetime) -> None:
    """End every session of a person; they sign in anew."""
    person = queued(session, user, person_id)
    account_writes.end_other_sessions(session, person.id, "", now)
    log_change(session, author_of(user, now), "sign_out_everywhere", "user", str(person.id))


def queued(session: Session, user: CurrentUser, person_id: int) -> reads.User:
    """The person as they are once all writes before this one are done: two administrators who
    close each other's account at the same moment must not both succeed."""
    require(user, "manage_users")
    raise_version(session)
    person = reads.user(session, person_id)
    if person is None:
        raise NotFound(_("没有这个用户，请刷新页面。"))
    return person


def _facts(person: reads.User) -> PersonFacts:
    return PersonFacts(person.name, person.role, person.community_code)


def _not_oneself(user: CurrentUser, person: reads.User, sentence: str) -> None:
    if person.id == user.id:
        raise NotPermitted(sentence)


def _not_the_last_administrator(session: Session, person: reads.User) -> None:
    last = person.role == ADMINISTRATOR and person.active
    if last and not more.other_active(session, ADMINISTRATOR, person.id):
        raise NotPermitted(_("这是最后一位在用的系统管理员，请先添加另一位。"))
