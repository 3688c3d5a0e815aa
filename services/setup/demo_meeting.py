"""The last review meeting of the demonstration, frozen on its day: what was shown then stays."""

from __future__ import annotations

from datetime import UTC, date, datetime

from db.engine import Session
from db.reads import accounts as reads
from services import meetings
from services.meetings import Rules, Typed
from services.permissions import CurrentUser
from services.settings import FeedbackRules, Thresholds

TITLE, HELD_ON = "十月考核通报会", date(2023, 10, 13)
PERIOD = "2023-09-01~2023-10-13"
_HOST = "demo_office_staff"
# By kind of slide: what the speaker meant to say.
_NOTES = {
    "promises": "先逐项对账：办结的销号，逾期的请责任社区当场说明原因和新的期限。",
    "satisfaction": "总体没有明显变化，不要说成上升。重点看下一页真正变化的领域。",
    "standing": "只点名超出控制线的社区，请其说明情况；其余社区不排名次。",
}


def hold(session: Session) -> None:
    """Prepare it, write the notes, freeze it: as the office did on that day."""
    row = reads.user_named(session, _HOST)
    if row is None:
        return
    host = CurrentUser(row.id, row.username, row.name, row.role, None, "zh")
    now = datetime(2023, 10, 13, 1, tzinfo=UTC)
    rules = Rules(Thresholds(), FeedbackRules())
    typed = Typed(TITLE, HELD_ON, PERIOD, ())
    made = meetings.make(session, typed, "demo-meeting", host, now, HELD_ON, rules)
    for slide in meetings.meeting(session, made.number).slides:
        if slide.kind in _NOTES:
            said = {"notes": _NOTES[slide.kind]}
            meetings.write_slide(session, slide.id, said, slide.version, host, now)
    held = meetings.meeting(session, made.number)
    meetings.freeze(session, held.number, held.version, host, now, HELD_ON, rules)
