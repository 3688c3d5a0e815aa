"""Where things to do come from: each source tells what one person has to do about it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time

from db.engine import Session
from services import activities, commitments, drafts, feedback, form_drafts, inspections, schedule
from services.activities import RETURNED, Mine
from services.catalogue import catalogue
from services.commitments import OPEN
from services.due.item import SOON, Due
from services.formats import number
from services.i18n import _, _n
from services.meetings import comments
from services.periods import OFFICE_CLOCK, day_label
from services.permissions import CurrentUser, may

_NEW = ("part", "new")
_ABOUT = {"A": "activity", "D": "follows"}  # what the number in a form's name stands for


def returned(session: Session, user: CurrentUser, _today: date) -> Iterator[Due]:
    """Records of theirs that were returned."""
    if not may(user, "enter_activity"):
        return
    for row in activities.mine(session, user, Mine(state=RETURNED)).rows:
        yield Due(
            _("更正被退回的 {number}").format(number=row.number),
            activities.record(session, row.number).return_reason,
            None,
            "pages/entry/mine.py",
            (("record", row.number),),
        )


def to_approve(session: Session, user: CurrentUser, _today: date) -> Iterator[Due]:
    """Submitted records that they may approve, a line a community."""
    if not may(user, "approve_activity"):
        return
    waiting = activities.waiting_by_community(session, user)
    for place in catalogue(session).communities:
        if place.code in waiting and waiting[place.code].own:
            count = waiting[place.code].own
            yield Due(
                _n("审核{community}的 {count} 条记录", count).format(
                    community=place.name, count=number(count)
                ),
                waiting[place.code].beside,
                None,
                "pages/entry/review.py",
                (("community", place.code),),
                count,
            )


def unsent(session: Session, user: CurrentUser, today: date) -> Iterator[Due]:
    """Rows of the batch grid whose day is over."""
    for one in drafts.waiting(session, user, today):
        yield Due(
            _n("提交批量填报中的 {count} 行", one.rows).format(count=number(one.rows)),
            _("{community}，{month}").format(
                community=catalogue(session).community(one.community).name, month=one.month.label
            ),
            None,
            "pages/entry/batch.py",
            (("community", one.community), ("month", one.month.code)),
            one.rows,
        )


def unfinished(session: Session, user: CurrentUser, today: date) -> Iterator[Due]:
    """Forms that they began on an earlier day and did not submit; each under its own link."""
    where = {
        "activity": (_("填完还没提交的活动"), "pages/entry/activity.py", ()),
        "feedback": (_("填完还没提交的民声"), "pages/followup/feedback.py", (_NEW,)),
        "inspection": (_("填完还没提交的督查"), "pages/followup/inspections.py", (_NEW,)),
        "commitment": (_("填完还没提交的承诺事项"), "pages/followup/commitments.py", ()),
    }
    for one in form_drafts.waiting(session, user, datetime.combine(today, time(), OFFICE_CLOCK)):
        kind, *about = one.form.split("-")
        title, page, query = where[kind]
        query += tuple((_ABOUT[number[0]], number) for number in about)
        at = f"{one.at.astimezone(OFFICE_CLOCK):%Y-%m-%d %H:%M}"
        yield Due(title, at, None, page, (*query, ("draft", one.token)))


def follow_ups(session: Session, user: CurrentUser, _today: date) -> Iterator[Due]:
    """Figures that are to be looked into again: of their community, or of all for the office."""
    for one in activities.follow_ups(session, user):
        yield Due(
            _("跟进 {number} 的{label}").format(number=one.number, label=one.label),
            one.note,
            None,
            "pages/entry/mine.py",
            (("record", one.number),),
        )


def voices(session: Session, user: CurrentUser, today: date) -> Iterator[Due]:
    """Voices that lie with them."""
    if not may(user, "see_feedback"):
        return
    for row in feedback.mine(session, user, today).rows:
        yield Due(
            _("办理民声 {number}").format(number=row.number),
            row.topic,
            date.fromisoformat(row.due),
            "pages/followup/feedback.py",
            (("voice", row.number),),
        )


def voices_to_take_on(session: Session, user: CurrentUser, _today: date) -> Iterator[Due]:
    """Voices that nobody has yet, and those whose person has not been asked: a line each."""
    if not may(user, "handle_feedback"):
        return
    waiting = feedback.to_take_on(session, user)
    for state, pile in sorted(waiting.items()):
        title = (
            _n("交办新收到的 {count} 件民声", pile.count)
            if state == feedback.RECEIVED
            else _n("回访办理完毕的 {count} 件民声", pile.count)
        )
        yield Due(
            title.format(count=number(pile.count)),
            _("最早的收到于{day}").format(day=day_label(pile.first)),
            None,
            "pages/followup/feedback.py",
            (("state", state), ("period", f"{pile.first}~")),
            pile.count,
        )


def questions(session: Session, user: CurrentUser, _today: date) -> Iterator[Due]:
    """Comments on slides that ask them."""
    if not may(user, "comment_meeting"):
        return
    for one in comments.asked(session, user):
        yield Due(
            _("{name}在“{meeting}”的材料上请您处理").format(name=one.who, meeting=one.title),
            one.text,
            None,
            "pages/meeting/pack.py",
            (("meeting", one.meeting), ("slide", str(one.slide))),
        )


def promises(session: Session, user: CurrentUser, today: date) -> Iterator[Due]:
    """Open commitments past their day or within a week of it: of their community, or all for
    those who hold meetings."""
    if not may(user, "report_commitment"):
        return
    own = (user.community,) if user.community else ()
    for one in commitments.book(session, today, own).promises:
        if one.state == OPEN and one.due_on <= today + SOON:
            yield Due(
                _("推进承诺事项 {number}").format(number=one.number),
                one.text,
                one.due_on,
                "pages/followup/commitments.py",
                (("commitment", one.number),),
            )


def rectifications(session: Session, user: CurrentUser, today: date) -> Iterator[Due]:
    """What inspections found: the community's own to put right until it says how it did; to look at
    again, once that was said or its day has come, the office's and who recorded it."""
    own = user.community
    if not may(user, "report_rectification" if own else "record_inspection"):
        return
    all_of_them = own or may(user, "report_rectification")
    rows = inspections.to_put_right(session, today, own, None if all_of_them else user.id)
    done = inspections.reported(session, rows)
    for row in rows:
        told = row.number in done
        if told if own else not told and row.due_on > today:
            continue
        about = _("已报告整改，{community}：{findings}") if told else _("{community}：{findings}")
        title = _("整改 {number}") if own else _("复查 {number}")
        yield Due(
            title.format(number=row.number),
            row.findings if own else about.format(community=row.community, findings=row.findings),
            row.due_on,
            "pages/followup/inspections.py",
            (("inspection", row.number),),
        )


def occasions(session: Session, user: CurrentUser, today: date) -> Iterator[Due]:
    """Occasions of their community's plans that are due and that no record fulfils."""
    if user.community is None or not may(user, "plan_activity"):
        return
    found = schedule.waiting(session, user.community, today)
    if not found:
        return
    lists = catalogue(session)
    for one in found:
        yield Due(
            _("按计划开展：{title}").format(title=schedule.title_of(one.occasion.plan, lists)),
            "",
            one.occasion.until if one.state == schedule.PLANNED else one.occasion.due,
            "pages/followup/rhythm.py",
            (("occasion", schedule.occasion_code(one.occasion)),),
        )
