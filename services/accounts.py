"""Accounts: signing in and out, who is signed in, making users, their password and language."""

from __future__ import annotations

import hashlib
import re
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta

from db.engine import Session
from db.reads import accounts as reads
from db.reads import catalogue
from db.reads.office import office
from db.writes import accounts as writes
from db.writes.log import Author
from services.entries import gathered, words
from services.errors import InvalidEntry, NotFound, NotPermitted, SignInFailed
from services.i18n import LANGUAGES, _, _n
from services.passwords import check_rules, hashed, matches
from services.permissions import ADMINISTRATOR, ALLOWED, COMMUNITY_STAFF, CurrentUser, require
from services.settings import SignInSettings
from services.writing import author_of

LONGEST_NAME = 60

_SEEN_AGAIN = timedelta(minutes=1)
_USERNAME = re.compile(r"[\w.@-]{2,60}")


@dataclass(frozen=True)
class SignedIn:
    """A signed-in browser. `unseen`: its last sign of life is old enough to be written anew."""

    user: CurrentUser
    unseen: bool


def token_hash(token: str) -> str:
    """What is kept of a browser's token: whoever reads the database cannot sign in with it."""
    return hashlib.sha256(token.encode()).hexdigest()


def count_attempt(
    session: Session, username: str, address: str, now: datetime, limits: SignInSettings
) -> None:
    """Count a try before its password is looked at; SignInFailed after too many failed ones.

    A unit of work of its own, before `check_password`: a try that fails, or never ends, has
    then been counted. A successful sign-in takes the count back.
    """
    since = now - timedelta(minutes=limits.failures_minutes)
    writes.one_at_a_time(session)
    writes.forget_failures_before(session, since)
    if reads.failures(session, _known_as(username), address, since) >= limits.failures_allowed:
        raise SignInFailed(
            _n("登录失败次数过多，请{minutes}分钟后再试。", limits.failures_minutes).format(
                minutes=limits.failures_minutes
            )
        )
    writes.add_failure(session, _known_as(username), address, now)


def check_password(session: Session, username: str, password: str) -> int:
    """The id of the person with this name and password; SignInFailed if there is none.

    Only reads: a hash takes long, and no write transaction should wait for it.
    """
    person = reads.user_named(session, _known_as(username))
    kept = person.password_hash if person is not None and person.active else ""
    if not matches(password, kept) or person is None:
        raise SignInFailed(_("用户名或密码不正确，请重新输入。"))
    return person.id


def sign_in(session: Session, user_id: int, address: str, now: datetime) -> str:
    """Begin a session for a person whose password was checked; the token for the browser."""
    person = reads.user(session, user_id)
    if person is None or not person.active:
        raise SignInFailed(_("该账号已停用，请联系管理员。"))
    writes.forget_failures(session, person.username, address)
    token = secrets.token_urlsafe(32)
    writes.add_session(session, person, token_hash(token), address, now)
    return token


def sign_in_demo(session: Session, role: str, address: str, now: datetime) -> str:
    """Begin a session as the role's person, without a password: in the demonstration office only.

    Elsewhere NotPermitted.
    """
    state = office(session)
    if state is None or not state.demonstration:
        raise NotPermitted(_("只有演示环境可以免密码体验。"))
    person = reads.first_active(session, role)
    if person is None:
        raise NotFound(_("演示环境中没有这个角色。"))
    return sign_in(session, person.id, address, now)


def person_of(
    session: Session, kept_hash: str, now: datetime, limits: SignInSettings
) -> SignedIn | None:
    """Who the session belongs to; None if it ended, was idle too long, or is too old."""
    row = reads.open_session(session, kept_hash)
    if row is None:
        return None
    found, person = row
    idle = now - found.last_seen
    if idle > timedelta(minutes=limits.idle_minutes):
        return None
    if now - found.created_at > timedelta(hours=limits.longest_hours):
        return None
    return SignedIn(_current(person), idle >= _SEEN_AGAIN)


def note_seen(session: Session, kept_hash: str, now: datetime) -> None:
    """The person did something. Asked for at most once a minute (`SignedIn.unseen`)."""
    writes.note_seen(session, kept_hash, now)


def sign_out(session: Session, kept_hash: str, now: datetime) -> None:
    """End a session; every tab of that browser is signed out at its next step."""
    row = reads.open_session(session, kept_hash)
    if row is not None:
        found, person = row
        writes.end_session(session, person, found, now)


def choose_language(session: Session, user: CurrentUser, language: str, now: datetime) -> None:
    """Keep the person's language; InvalidEntry for one there is no catalogue of."""
    if language not in LANGUAGES:
        raise InvalidEntry(_("暂不支持这种语言。"), "language")
    person = reads.user(session, user.id)
    if person is not None and person.language != language:
        writes.set_language(session, person, language, now)


def change_password(
    session: Session,
    user: CurrentUser,
    old: str,
    new: str,
    kept_hash: str,
    address: str,
    now: datetime,
) -> None:
    """Set one's own password and end one's sessions elsewhere.

    SignInFailed if `old` is wrong (count the try first), InvalidEntry if `new` breaks a rule.
    """
    check_rules(new, user.username)
    person = reads.user(session, user.id)
    if person is None or not matches(old, person.password_hash):
        raise SignInFailed(_("当前密码不正确，请重新输入。"))
    writes.forget_failures(session, person.username, address)
    writes.set_password_hash(session, person, hashed(new), author_of(user, now))
    writes.end_other_sessions(session, user.id, kept_hash, now)


def create_user(
    session: Session,
    user: CurrentUser,
    now: datetime,
    *,
    username: str,
    name: str,
    role: str,
    password: str | None,
    community: str | None = None,
) -> CurrentUser:
    """Make a person; without a password they cannot sign in until they have set one by a link.

    NotPermitted without manage_users, InvalidEntry with its fields, also if the name is taken.
    """
    require(user, "manage_users")
    return _add(session, author_of(user, now), username, name, role, community, password)


def create_first_administrator(
    session: Session, username: str, name: str, password: str, now: datetime
) -> CurrentUser:
    """Make the administrator who makes all others; NotPermitted once there is one."""
    if reads.has_role(session, ADMINISTRATOR):
        raise NotPermitted(_("已经有管理员账号，请由管理员添加其他用户。"))
    return _add(session, Author(None, "", now), username, name, ADMINISTRATOR, None, password)


def check_role(session: Session, role: str, community: str | None) -> None:
    """InvalidEntry unless there is the role: community staff need a community, others have none."""
    if role not in ALLOWED:
        raise InvalidEntry(_("没有这个角色，请重新选择。"), "role")
    if role == COMMUNITY_STAFF:
        if community not in {place.code for place in catalogue.communities(session)}:
            raise InvalidEntry(_("社区工作人员需要选择所属社区。"), "community")
    elif community is not None:
        raise InvalidEntry(_("只有社区工作人员需要选择所属社区。"), "community")


def checked_name(name: str) -> str:
    """The person's name as it is kept; InvalidEntry if there is none or it is too long."""
    kept = words(name, _("姓名"), LONGEST_NAME, "name")
    if not kept:
        raise InvalidEntry(_("请填写姓名，不超过60个字符。"), "name")
    return kept


def database_answers(session: Session) -> bool:
    """Whether the database can be reached and holds our tables."""
    return reads.answers(session)


def _check_username(session: Session, known_as: str) -> None:
    if not _USERNAME.fullmatch(known_as):
        raise InvalidEntry(_("用户名应为2到60个字符，只能包含文字、数字和 . _ - @。"), "username")
    if reads.user_named(session, known_as) is not None:
        raise InvalidEntry(
            _("用户名“{name}”已被使用，请换一个。").format(name=known_as), "username"
        )


def _add(
    session: Session,
    author: Author,
    username: str,
    name: str,
    role: str,
    community: str | None,
    password: str | None,
) -> CurrentUser:
    known_as = _known_as(username)
    with gathered() as part:
        part(_check_username, session, known_as)
        kept_name = part(checked_name, name)
        part(check_role, session, role, community)
        if password is not None:
            part(check_rules, password, known_as)
    return _current(
        writes.add_user(
            session,
            author,
            username=known_as,
            name=kept_name,
            role=role,
            community=community,
            password_hash=hashed(password) if password is not None else "",
        )
    )


def _current(person: reads.User) -> CurrentUser:
    return CurrentUser(
        person.id,
        person.username,
        person.name,
        person.role,
        person.community_code,
        person.language,
    )


def _known_as(username: str) -> str:
    """The username as it is kept: however its letters were typed, and no longer than the column."""
    plain = unicodedata.normalize("NFKC", username).replace("\x00", "").strip()
    return plain.casefold()[:60]
