"""The switch of the office: does what is entered wait to be approved?"""

from __future__ import annotations

from datetime import datetime

from db.engine import Session
from db.writes import office as writes
from services.admin import edits
from services.permissions import CurrentUser
from services.writing import author_of


def switch_approval(session: Session, on: bool, user: CurrentUser, now: datetime) -> None:
    """From now on what is entered waits to be approved, or is approved at once.

    What was entered before stays as it is: approved, or waiting.
    """
    edits.begin(session, user)
    writes.switch_approval(session, author_of(user, now), on)
