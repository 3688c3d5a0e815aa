"""Submit a voice and take it step by step: who may, what is refused, and nothing twice."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from db.engine import Session
from db.reads import feedback as reads
from db.writes import feedback as writes
from db.writes.feedback import Step
from db.writes.log import log_change
from services.catalogue import catalogue
from services.entries import LONGEST_REASON, gathered, words
from services.errors import Conflict, InvalidEntry
from services.feedback.course import (
    ASSIGNED,
    RESOLVED,
    STEPS,
    VERDICTS,
    VOID,
    action_label,
    asks_due,
    state_label,
)
from services.feedback.entry import LONGEST_TEXT, Receipt, Typed, checked, find, lists
from services.i18n import _
from services.permissions import CurrentUser, may, require
from services.writing import author_of, first_sent

_WITH_NOTE = {"resolve", "reopen", "void"}


def submit(
    session: Session, typed: Typed, key: str, user: CurrentUser, now: datetime, today: date
) -> Receipt:
    """Register a voice under the key of its form. The same key again gives the first receipt."""
    require(user, "enter_feedback", typed.community)
    first = _replayed(session, key, user)
    if first is not None:
        return first
    facts = checked(typed, lists(session), catalogue(session), today)
    made = writes.submit(session, author_of(user, now), key, facts)
    return Receipt(writes.number_of(made.id), created=True)


def take(
    session: Session,
    number: str,
    step: Step,
    seen_version: int,
    key: str,
    user: CurrentUser,
    now: datetime,
    today: date,
) -> Receipt:
    """Take a voice one step on (`step.action` is one of STEPS) under the key of its form.

    Conflict if somebody took it on after `seen_version` was shown; InvalidEntry for a step that
    its state does not allow, or that lacks what it must say.
    """
    permission = "void_feedback" if step.action in ("void", "restore") else "handle_feedback"
    require(user, permission, find(session, number).community_code)
    first = _replayed(session, key, user)
    if first is not None:
        return first
    feedback = find(session, number)
    if feedback.version != seen_version:
        raise moved_on()
    stated = checked_step(session, feedback, step, today)
    author = author_of(user, now)
    changes = changes_of(feedback, stated)
    if not writes.take(session, author, key, feedback, seen_version, stated, changes):
        raise moved_on()
    return Receipt(writes.number_of(feedback.id), created=True)


def reveal(session: Session, number: str, user: CurrentUser, now: datetime) -> tuple[str, ...]:
    """The voice and the notes of its steps as typed, with their numbers. The look is logged."""
    feedback = find(session, number)
    require(user, "handle_feedback", feedback.community_code)
    author = author_of(user, now)
    log_change(session, author, "reveal", writes.ENTITY, writes.number_of(feedback.id))
    return (feedback.text, *(step.note for step in feedback.steps if step.note))


def may_own(person: CurrentUser, community: str) -> bool:
    """Whether a voice of this community can be assigned to the person."""
    return may(person, "handle_feedback", community)


def workers(session: Session) -> Mapping[int, CurrentUser]:
    """Who works here now, in the order they came."""
    return {
        row.id: CurrentUser(
            row.id, row.username, row.name, row.role, row.community_code, row.language
        )
        for row in reads.people(session)
        if row.active
    }


def _replayed(session: Session, key: str, user: CurrentUser) -> Receipt | None:
    """The receipt of a form that was sent before."""
    step = first_sent(session, key, user, reads.step_by_key, lambda row: row.user_id)
    return step and Receipt(writes.number_of(step.feedback_id), created=False)


def checked_step(session: Session, feedback: reads.Feedback, step: Step, today: date) -> Step:
    """The step as it is kept; InvalidEntry for one that the voice's state does not allow, or that
    lacks what it must say."""
    state = VOID if feedback.void_reason else feedback.state
    if state not in STEPS.get(step.action, ()):
        raise InvalidEntry(
            _("这条民声现在是“{state}”，不能进行这一步，请刷新后再看。").format(
                state=state_label(state)
            )
        )
    with gathered() as part:
        part(_check_day, feedback, step, today)
        if step.action == "assign":
            part(_check_owner, session, feedback, step.owner)
        return Step(
            step.action,
            step.day,
            owner=step.owner if step.action == "assign" else None,
            verdict=part(_verdict, step),
            due=part(_due, step),
            note=part(_note, step),
        )


def _check_day(feedback: reads.Feedback, step: Step, today: date) -> None:
    if not feedback.steps[-1].day <= step.day <= today:
        raise InvalidEntry(_("日期不能早于上一步，也不能晚于今天。"), "day")


def _verdict(step: Step) -> str:
    if step.action != "call_back":
        return ""
    if step.verdict not in VERDICTS:
        raise InvalidEntry(_("请选择回访结果。"), "verdict")
    return step.verdict


def _due(step: Step) -> date | None:
    if not asks_due(step.action, step.verdict):
        return None
    if step.due is None or step.due < step.day:
        raise InvalidEntry(_("请选择办理期限，不能早于这一步的日期。"), "due")
    return step.due


def _note(step: Step) -> str:
    longest = LONGEST_REASON if step.action == "void" else LONGEST_TEXT
    note = words(step.note, _("说明"), longest, "note")
    asked = step.action in _WITH_NOTE or (
        step.action == "call_back" and step.verdict in ("unsatisfied", "not_resolved")
    )
    if asked and not note:
        raise InvalidEntry(
            _("请写明“{action}”的情况或原因。").format(action=action_label(step.action)), "note"
        )
    return note


def _check_owner(session: Session, feedback: reads.Feedback, owner: int | None) -> None:
    person = workers(session).get(owner or 0)
    if person is None or not may_own(person, feedback.community_code):
        raise InvalidEntry(_("请选择责任人：本社区或街道的工作人员。"), "owner")


def changes_of(feedback: reads.Feedback, step: Step) -> dict[str, Any]:
    """What a step makes different of the voice."""
    again = {"state": ASSIGNED, "resolved_on": None, "rounds": feedback.rounds + 1,
             "due_on": step.due}  # fmt: skip
    if step.action == "assign":
        return {
            "state": ASSIGNED,
            "owner_id": step.owner,
            "due_on": step.due,
            "responded_on": feedback.responded_on or step.day,
        }
    if step.action == "resolve":
        return {"state": RESOLVED, "resolved_on": step.day, "verdict": ""}
    if step.action == "reopen":
        return again | {"verdict": ""}
    if step.action == "call_back":
        if step.verdict == "not_reached":
            return {}
        if step.verdict == "not_resolved":
            return again | {"verdict": step.verdict}
        return {"state": VERDICTS[step.verdict], "verdict": step.verdict}
    return {"void_reason": step.note if step.action == "void" else ""}


def moved_on() -> Conflict:
    """What who saw an older state is told."""
    return Conflict(_("您打开之后，这条民声已有新的进展。请看清最新情况，再决定怎么办。"))
