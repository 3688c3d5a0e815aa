"""变更记录: all that was done to one thing, in words, for those who may see the thing."""

from __future__ import annotations

from db.engine import Session
from db.reads import changes as reads
from db.reads import plans
from db.writes.plans import ENTITY, number_of
from services.feedback.entry import find
from services.log.wording import Line, line_of, vocabulary
from services.permissions import CurrentUser, require
from services.schedule.reading import plan

# Who may read the log of a thing; of a catalogue entry, only who keeps the catalogue.
_SEEN_WITH = {"commitment": "see", "meeting": "hold_meeting", "user": "manage_users"}


def history(
    session: Session, entity: str, keys: tuple[str, ...], user: CurrentUser
) -> tuple[Line, ...]:
    """The lines of the change log about these things of a kind, oldest first.

    NotPermitted for who may not see them; of a voice also for staff of another community.
    """
    if entity == "feedback":
        for key in keys:
            require(user, "see_feedback", find(session, key).community_code)
    else:
        require(user, _SEEN_WITH.get(entity, "manage_catalogue"))
    known = vocabulary(session)
    return tuple(line_of(row, known) for row in reads.about(session, entity, keys))


def plan_history(session: Session, number: str) -> tuple[Line, ...]:
    """The lines about a plan and its occasions, oldest first."""
    known, key = vocabulary(session), number_of(plan(session, number).id)
    return tuple(line_of(row, known) for row in plans.history(session, ENTITY, key))
