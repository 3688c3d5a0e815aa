"""Links by which a person sets their password, once and within a week."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from db.engine import Session
from db.reads import accounts as reads
from db.reads import people as more
from db.writes import accounts as account_writes
from db.writes import people as writes
from db.writes.log import Author, raise_version
from services.accounts import create_user, token_hash
from services.admin.people import PersonFacts, queued
from services.errors import InvalidEntry, NotFound
from services.i18n import _
from services.passwords import check_rules, hashed
from services.permissions import CurrentUser
from services.writing import author_of

OPEN_FOR = timedelta(days=7)


@dataclass(frozen=True)
class Invitation:
    """`token` goes into the link and is kept nowhere; `until` is when the link ends."""

    token: str
    username: str
    until: datetime


def invite(
    session: Session, user: CurrentUser, username: str, facts: PersonFacts, now: datetime
) -> Invitation:
    """Add a person who sets their own password by the link. Raises what `create_user` raises."""
    made = create_user(
        session,
        user,
        now,
        username=username,
        name=facts.name,
        role=facts.role,
        community=facts.community,
        password=None,
    )
    return _link(session, user, queued(session, user, made.id), "invite", now)


def reset_link(session: Session, user: CurrentUser, person_id: int, now: datetime) -> Invitation:
    """A new link for a person; those before end. Their password stays until they set another."""
    person = queued(session, user, person_id)
    if not person.active:
        raise InvalidEntry(_("这个账号已经停用，请先恢复。"))
    return _link(session, user, person, "reset_link", now)


def invited(session: Session, token: str, now: datetime) -> str:
    """The username the link is for; NotFound if it was used, ended, or is too old."""
    return _person_of(session, token, now).username


def accept(session: Session, token: str, password: str, now: datetime) -> str:
    """Set the password of the link's person; the username to sign in with.

    The link ends, and so do their sessions. NotFound as `invited`, InvalidEntry for a bad password.
    """
    raise_version(session)
    person = _person_of(session, token, now)
    check_rules(password, person.username)
    writes.end_invitations(session, person.id, now)
    account_writes.end_other_sessions(session, person.id, "", now)
    author = Author(person.id, person.name, now)
    account_writes.set_password_hash(session, person, hashed(password), author)
    return person.username


def _link(
    session: Session, user: CurrentUser, person: reads.User, action: str, now: datetime
) -> Invitation:
    token = secrets.token_urlsafe(32)
    until = now + OPEN_FOR
    writes.add_invitation(session, author_of(user, now), action, person, token_hash(token), until)
    return Invitation(token, person.username, until)


def _person_of(session: Session, token: str, now: datetime) -> reads.User:
    person = more.invited_person(session, token_hash(token), now)
    if person is None:
        raise NotFound(_("这个链接已使用、已过期或已被新的链接代替，请向管理员索取新链接。"))
    return person
