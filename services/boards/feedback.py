"""民声: the three rates with their denominators, days to resolve, and where voices come from."""

from __future__ import annotations

from db.engine import Session
from services import feedback
from services.boards.board import Board, Section, list_target, where
from services.boards.feedback_charts import by_community, by_topic, satisfied, schools
from services.catalogue import catalogue
from services.charts.cards import Card, Tile
from services.feedback import sentences
from services.feedback.figures import Figures, Rate, figures, voices
from services.formats import NONE, fixed, number, percent, unit_of
from services.i18n import _, _n
from services.permissions import CurrentUser
from services.settings import FeedbackRules
from services.views import View


def board(session: Session, view: View, user: CurrentUser, rules: FeedbackRules) -> Board:
    """The figures of the voices received in the view's period, as they stand today."""
    view = feedback.seen_by(user, view)
    lists = catalogue(session)
    frame = voices(session, view, user)
    found = figures(frame, view.today, rules)
    headline = _n(
        "{period}，{place}：收到民声 {count} 件，未办结 {open} 件，超期 {late} 件", found.voices
    ).format(
        period=view.filters.period.label,
        place=where(view, lists),
        count=number(found.voices),
        open=number(found.open),
        late=number(found.late),
    )
    if frame.empty:
        return Board(headline, ())
    places = (
        by_topic(frame, feedback.lists(session), view, rules),
        by_community(frame, lists, view, rules),
        schools(frame, view, rules),
        satisfied(frame, lists, view, rules),
    )
    return Board(
        headline,
        (
            Section(
                _("三率与时限"),
                (*_rate_tiles(found, view, rules), *_time_tiles(found, view)),
                _definitions(rules),
            ),
            Section(_("反映什么，来自哪里"), places),
        ),
        (
            sentences.times(found, view.thresholds),
            sentences.call_backs(found, view.thresholds),
        ),
    )


def _rate_tiles(found: Figures, view: View, rules: FeedbackRules) -> tuple[Card, ...]:
    """响应率, 解决率, 满意率, and the three as one by the office's weights."""
    enough = found.reached.count >= view.thresholds.hide_below
    joint = found.joint(rules) if enough else None
    resolved = _("有效回访中已解决 {count}/{of} 次")
    content = _("有效回访中满意 {count}/{of} 次")
    return (
        _rate("response", _("响应率"), found.response, _("按时响应 {count}/{of} 件")),
        _rate("resolution", _("解决率"), found.resolution, resolved, enough),
        _rate("satisfaction", _("满意率"), found.satisfaction, content, enough),
        Tile(
            "joint",
            _("三率综合"),
            fixed(None if joint is None else joint * 100),
            "" if joint is None else _("分"),
            _("响应 {a}、解决 {b}、满意 {c} 加权").format(
                a=number(rules.response_weight, 2),
                b=number(rules.resolution_weight, 2),
                c=number(rules.satisfaction_weight, 2),
            ),
        ),
    )


def _rate(code: str, label: str, rate: Rate, note: str, enough: bool = True) -> Tile:
    """A rate with its denominator; where that is too small, why there is no rate."""
    if not enough or rate.share is None:
        return Tile(code, label, NONE, note=_("样本不足，不予显示。"), tone="muted")
    said = note.format(count=number(rate.count), of=number(rate.of))
    return Tile(code, label, percent(rate.share), note=said)


def _time_tiles(found: Figures, view: View) -> tuple[Card, ...]:
    median = found.median if found.voices >= view.thresholds.hide_below else None
    return (
        Tile(
            "late",
            _("超期未办结"),
            number(found.late),
            unit_of(found.late, _("件")),
            _("未办结 {open} 件，重新办理过 {again} 件").format(
                open=number(found.open), again=number(found.reopened)
            ),
            tone="concern" if found.late else "neutral",
            target=list_target("feedback", view, state=feedback.LATE),
        ),
        Tile(
            "median",
            _("办结天数（中位）"),
            number(median, 1),
            "" if median is None else unit_of(median, _("天")),
            _("未办结的按截至今天计入"),
        ),
    )


def _definitions(rules: FeedbackRules) -> str:
    return _(
        "响应：收到之日后 {hours} 小时内交办；解决、满意：以有效回访（联系上并作答）的次数为分母，"
        "未解决而重新办理的，每次回访都计入。各项截至今天。"
    ).format(hours=number(rules.response_hours, 1))
