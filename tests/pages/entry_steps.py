"""What the tests of the entry pages share: open a page as a person, fill in, press, look."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, select
from streamlit.testing.v1 import AppTest

from db.engine import read_session, write_session
from db.models import Activity, User
from services import accounts, activities
from services.permissions import CurrentUser
from tests.activity_cases import ENTRY
from tests.builders import add_user
from tests.pages.app import browser_of

ENTRY_PAGE = "pages/entry/activity.py"
MINE_PAGE = "pages/entry/mine.py"


def open_page(
    door: Engine, role: str, community: str | None = None, page: str = ENTRY_PAGE, **query: str
) -> AppTest:
    """Open a page in a browser of one's own; the person is made at the first time."""
    with write_session(door) as session:
        name = "_".join(filter(None, (role, community)))
        known = session.scalar(select(User).where(User.username == name))
        person = known or add_user(session, role, community)
        token = accounts.sign_in(session, person.id, "10.0.0.7", datetime.now(UTC))
    at = browser_of(token)
    at.run().switch_page(page)
    for name, value in query.items():
        at.query_params[name] = value
    at.run()
    assert not at.exception
    return at


def field(at: AppTest, name: str) -> str:
    """The key of a field in the form's present round."""
    return f"{token(at)}-{name}"


def token(at: AppTest, name: str = "activity") -> str:
    return at.text_input(key=f"form-{name}").value


def labels(elements: object) -> list[str]:
    return [element.label for element in elements]


def said(elements: object) -> str:
    """The first message, without the marks that keep it from being read as markup."""
    return elements[0].value.replace("\\", "")


def choose(at: AppTest, kind: str = "wednesday_cleanup", domain: str = "environment") -> AppTest:
    at.button_group(key=field(at, "domain")).set_value(domain).run()
    return at.button_group(key=field(at, f"type-{domain}")).set_value(kind).run()


def press(at: AppTest, label: str) -> AppTest:
    next(button for button in at.button if button.label == label).click()
    at.run()
    assert not at.exception
    return at


def type_in(at: AppTest, **texts: str) -> None:
    for name, text in texts.items():
        at.text_input(key=field(at, name.replace("__", "-"))).set_value(text)


def stored(door: Engine) -> list[Activity]:
    with read_session(door) as session:
        return list(session.scalars(select(Activity).order_by(Activity.id)))


def enter(door: Engine, entry: activities.Entry = ENTRY, key: str = "before") -> str:
    """A record of the community's staff, entered a day ago."""
    with write_session(door) as session:
        row = session.scalar(select(User).where(User.username == f"community_staff_{entry.host}"))
        row = row or add_user(session, "community_staff", entry.host)
        user = CurrentUser(row.id, row.username, row.name, row.role, row.community_code, "zh")
        at = datetime.now(UTC) - timedelta(days=1)
        return activities.submit(session, entry, key, user, at, at.date()).number
