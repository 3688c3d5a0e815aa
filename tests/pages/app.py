"""The whole app in a test: signed in as someone, on one of its pages."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sqlalchemy import Engine
from streamlit.components.v2.component_manager import BidiComponentManager
from streamlit.testing.v1 import AppTest

from db.engine import write_session
from services import accounts
from services.periods import OFFICE_CLOCK
from services.settings import ROOT
from tests.builders import add_user

LONGEST = 180  # seconds that a run may take, on a slow or busy machine


def office_day() -> date:
    """The day it is in a real office, wherever and whenever the tests run."""
    return datetime.now(OFFICE_CLOCK).date()


def signed_in(door: Engine, role: str, language: str = "zh", community: str = "c01") -> AppTest:
    """The app on its first page, for a new person of this role; community staff are of c01."""
    own = community if role == "community_staff" else None
    with write_session(door) as session:
        person = add_user(session, role, own, username=f"test_{role}", language=language)
        token = accounts.sign_in(session, person.id, "10.0.0.7", datetime.now(UTC))
    return browser_of(token).run()


def browser_of(token: str) -> AppTest:
    """The whole app as the browser with this session has it, not yet run."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=LONGEST)
    app.user = {"session": accounts.token_hash(token)}
    # Else every test reads all installed packages in search of components of theirs.
    app._bidi_component_manager = BidiComponentManager()
    return app


def opened(app: AppTest, page: str, **query: str) -> AppTest:
    """The app on another page, e.g. "review/community", as a link with this query opens it."""
    app.query_params.clear()
    for name, value in query.items():
        app.query_params[name] = value
    return app.switch_page(f"pages/{page}.py").run()


def heading(app: AppTest) -> str:
    return app.header[0].value.replace("\\", "")
