"""What an office is begun with, what later starts take over, and its users at the console."""

from __future__ import annotations

from datetime import datetime

from db.demo import load_demo
from db.engine import Session
from db.reads import accounts as reads
from db.reads import catalogue
from db.reads.office import office
from db.seed import load_office, load_places, load_reference_lists
from db.writes import accounts as writes
from db.writes.log import Author
from services import accounts
from services.errors import InvalidEntry, NotFound
from services.i18n import _
from services.passwords import check_rules, hashed
from services.permissions import ADMINISTRATOR, CurrentUser
from services.satisfaction import estimates
from services.settings import Settings
from services.setup import demo_meeting

DEMO, EMPTY = "demo", "empty"

# Whoever can run manage.py can write the database itself, so the console may do what an
# administrator may. It is nobody's account: the log keeps its name and no id.
CONSOLE = CurrentUser(None, "", "命令行", ADMINISTRATOR, None, "zh")  # type: ignore[arg-type]


def kind_of_office(session: Session) -> str | None:
    """DEMO or EMPTY, as it was begun; None while nothing was begun."""
    state = office(session)
    if state is None:
        return None
    return DEMO if state.demonstration else EMPTY


def begin_demonstration(session: Session) -> None:
    """Fill a fresh database with the demonstration year."""
    load_demo(session)
    estimates.keep_all(session)
    demo_meeting.hold(session)


def begin_office(
    session: Session, settings: Settings, username: str, password: str, now: datetime
) -> None:
    """Begin an empty office with its places and first administrator; InvalidEntry for a bad one."""
    load_reference_lists(session)
    load_office(session, demonstration_day=None, running_since=settings.running_since)
    _load_places(session, settings)
    accounts.create_first_administrator(session, username, username, password, now)


def take_over_settings(session: Session, settings: Settings) -> None:
    """Later starts: what is missing of the lists and, in a real office, of config.toml's places."""
    load_reference_lists(session)
    if kind_of_office(session) == EMPTY:
        _load_places(session, settings)


def _load_places(session: Session, settings: Settings) -> None:
    """config.toml's communities, with their people by the codes of groups; InvalidEntry for a group
    there is none of."""
    groups = catalogue.population_groups(session)
    called = {name: row.code for row in groups for name in (row.label_en, row.label, row.code)}
    places = [dict(row) for row in settings.communities]
    for row in places:
        unknown = {name for year in row.get("population", {}).values() for name in year} - {*called}
        if unknown:
            raise InvalidEntry(
                _("config.toml 中{place}的人口有不认识的人群“{names}”。可以写：{known}。").format(
                    place=row["name"],
                    names=_("”和“").join(sorted(unknown)),
                    known=_("、").join(group.code for group in groups),
                )
            )
        row["population"] = {
            year: {called[name]: count for name, count in counts.items()}
            for year, counts in row.get("population", {}).items()
        }
    load_places(session, settings.office_name, settings.office_name_en, places)


def fault_of_password(password: str, username: str) -> str:
    """The sentence that says why it cannot be this person's password; "" if it can."""
    try:
        check_rules(password, username)
    except InvalidEntry as error:
        return error.sentence
    return ""


def people(session: Session) -> list[tuple[str, str, str, str, str]]:
    """Everybody: username, name, role, community ("" if none), and whether they may sign in."""
    return [
        (row.username, row.name, row.role, row.community_code or "", "" if row.active else "停用")
        for row in reads.users(session)
    ]


def reset_password(session: Session, username: str, password: str, now: datetime) -> None:
    """Give a person a new password and sign them out everywhere; NotFound, InvalidEntry."""
    person = reads.user_named(session, username.strip().casefold())
    if person is None:
        raise NotFound(_("没有用户“{name}”。").format(name=username))
    check_rules(password, person.username)
    writes.set_password_hash(session, person, hashed(password), Author(None, CONSOLE.name, now))
    writes.end_other_sessions(session, person.id, "", now)
