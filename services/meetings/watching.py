"""Who may have a meeting on the screen: frozen everybody, before that who prepares it."""

from __future__ import annotations

from dataclasses import replace

from db.engine import Session
from services.errors import InvalidEntry, NotPermitted
from services.i18n import _
from services.meetings.reading import Meeting, listing, meeting
from services.permissions import CurrentUser, may, require


def watchable(session: Session, user: CurrentUser) -> tuple[Meeting, ...]:
    """The meetings this person may open, the newest first."""
    require(user, "see")
    holds = may(user, "hold_meeting")
    known = (one for one in listing(session) if not one.void_reason)
    return tuple(_for(one, user) for one in known if holds or one.frozen_at)


def watched(session: Session, number: str, user: CurrentUser) -> Meeting:
    """The meeting to show; NotPermitted while its figures may still change and somebody else
    prepares it."""
    require(user, "see")
    held = meeting(session, number)
    if held.void_reason:
        raise InvalidEntry(_("这次会议已作废，不能放映。"))
    if held.frozen_at is None and not may(user, "hold_meeting"):
        raise NotPermitted(_("这次会议的数据还没有冻结，冻结后才能放映。"))
    return _for(held, user)


def _for(held: Meeting, user: CurrentUser) -> Meeting:
    """The speaker's notes are for who holds the meeting."""
    if may(user, "hold_meeting"):
        return held
    return replace(held, slides=tuple(replace(slide, notes="") for slide in held.slides))
