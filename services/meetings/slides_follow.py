"""Slides that follow up: promises of the last meetings, voices past their day, what lies ahead."""

from __future__ import annotations

from datetime import date, timedelta

from services import commitments, feedback
from services.boards.board import where
from services.charts.cards import Table, Tile
from services.commitments import OPEN, Book, Promise
from services.formats import number, unit_of
from services.i18n import _, _n
from services.meetings.content import Content
from services.meetings.scope import Scope
from services.periods import day_label

_AHEAD = timedelta(days=31)


def cover(scope: Scope) -> Content:
    view = scope.view
    return Content(
        "cover",
        "",
        scope.title,
        _("{place}，{period}").format(
            place=where(view, scope.lists), period=view.filters.period.label
        ),
    )


def promises(scope: Scope) -> Content:
    """All commitments, open ones first, the latest due on top."""
    book = commitments.book(scope.session, scope.view.today, scope.view.filters.communities)
    title = _("上次承诺")
    if not book.promises:
        return Content("promises", "", title, _("还没有承诺事项。"))
    done = len(book.promises) - book.open
    return Content(
        "promises",
        "",
        title,
        _of_places(scope, _counted(book)),
        tiles=(
            Tile("done", _("已销号"), number(done), unit_of(done, _("项"))),
            Tile("open", _("办理中"), number(book.open), unit_of(book.open, _("项"))),
            Tile("late", _("超期"), number(book.late), unit_of(book.late, _("项")),
                 tone="concern" if book.late else "neutral"),
        ),
        table=_table(book.promises),
        source=_("来源：承诺事项，截至{day}").format(day=day_label(scope.view.today)),
    )  # fmt: skip


def _table(promised: tuple[Promise, ...]) -> Table:
    columns = (_("编号"), _("承诺内容"), _("责任人"), _("期限"), _("状态"))
    return Table(
        columns,
        tuple(
            (one.number, one.text, one.owner, one.due,
             _("超期") if one.late else commitments.state_label(one.state))
            for one in promised
        ),
    )  # fmt: skip


def overdue(scope: Scope) -> Content:
    """Voices of residents past their day, whoever has them and whenever they came."""
    view = feedback.seen_by(scope.user, scope.view)
    found = feedback.overdue(scope.session, view, scope.user)
    title = _("超期的民声")
    if not found.total:
        return Content("overdue", "", title, _("没有超期未办结的民声。"))
    columns = (_("编号"), _("收到日期"), _("主题"), _("社区"), _("责任人"), _("期限"))
    return Content(
        "overdue",
        "",
        title,
        _n("{place}有 {count} 件民声超期未办结。", found.total).format(
            place=where(view, scope.lists), count=number(found.total)
        ),
        table=Table(
            columns,
            tuple(
                (
                    row.number,
                    row.day,
                    row.topic,
                    row.community,
                    row.owner,
                    day_label(date.fromisoformat(row.due)),
                )
                for row in found.rows
            ),
        ),
        source=_("来源：民声，截至{day}").format(day=day_label(view.today)),
    )


def _of_places(scope: Scope, said: str) -> str:
    """A sentence about some communities says so: what the subdistrict promised is none's own."""
    if not scope.view.filters.communities:
        return said
    return _("{place}：{finding}").format(place=where(scope.view, scope.lists), finding=said)


def _counted(book: Book) -> str:
    many = len(book.promises)
    return _n(
        "承诺事项 {count} 项，已销号 {done} 项，办理中 {open} 项，其中超期 {late} 项。", many
    ).format(
        count=number(many),
        done=number(many - book.open),
        open=number(book.open),
        late=number(book.late),
    )


def ahead(scope: Scope) -> Content:
    """What falls due in the month after the meeting."""
    today = scope.view.today
    book = commitments.book(scope.session, today, scope.view.filters.communities)
    due = tuple(one for one in book.promises if one.state == OPEN and one.due_on <= today + _AHEAD)
    title = _("下月安排")
    if not due:
        return Content("ahead", "", title, _("一个月内没有到期的承诺事项。"))
    return Content(
        "ahead",
        "",
        title,
        _of_places(
            scope, _n("一个月内有 {count} 项承诺到期。", len(due)).format(count=number(len(due)))
        ),
        table=_table(due),
        source=_("来源：承诺事项，截至{day}").format(day=day_label(today)),
    )
