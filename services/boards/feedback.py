"""民声: the three rates with their denominators, days to resolve, and where voices come from."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

import pandas as pd

from db.engine import Session
from services import charts, feedback
from services.boards.board import Board, Section, chart, table, where
from services.catalogue import Catalogue, catalogue
from services.charts.cards import Card, Chart, Tile
from services.feedback import sentences
from services.feedback.figures import Figures, Rate, figures, voices
from services.formats import NONE, fixed, number, percent
from services.i18n import _
from services.periods import day_label
from services.permissions import CurrentUser
from services.privacy import mask
from services.settings import FeedbackRules
from services.statistics.proportions import wilson
from services.views import View

RECEPTION_DAY = "parents_day"
_MOST_SCHOOLS = 20


def board(session: Session, view: View, user: CurrentUser, rules: FeedbackRules) -> Board:
    """The figures of the voices received in the view's period, as they stand today."""
    view = feedback.seen_by(user, view)
    lists, known = catalogue(session), feedback.lists(session)
    frame = voices(session, view, user)
    found = figures(frame, view.today, rules)
    at_school = frame[frame["channel_code"].eq(RECEPTION_DAY) & frame["school"].ne("")]
    topics = {topic.code: topic.label for topic in known.topics}
    places = {place.code: place.name for place in lists.communities}
    return Board(
        headline=_(
            "{period}，{place}：收到民声 {count} 件，未办结 {open} 件，超期 {late} 件"
        ).format(
            period=view.filters.period.label,
            place=where(view, lists),
            count=number(found.voices),
            open=number(found.open),
            late=number(found.late),
        ),
        sentences=()
        if frame.empty
        else (
            sentences.times(found, view.thresholds),
            sentences.call_backs(found, view.thresholds),
        ),
        sections=(
            Section(_("三率与时限"), _tiles(found, view, rules), _definitions(rules)),
            Section(
                _("反映什么，来自哪里"),
                (
                    _counts(frame, "topic_code", topics, _("问题"), "topic", view, rules),
                    _counts(frame, "community_code", places, _("社区"), "community", view, rules),
                    _schools(at_school, view, rules),
                    _satisfied(frame, view, lists, rules),
                ),
            ),
        ),
    )


def _tiles(found: Figures, view: View, rules: FeedbackRules) -> tuple[Card, ...]:
    enough = found.reached.count >= view.thresholds.hide_below
    joint = found.joint(rules) if enough else None
    return (
        _rate_tile("response", _("响应率"), found.response, _("按时响应 {count}/{of} 件")),
        _rate_tile(
            "resolution",
            _("解决率"),
            found.resolution,
            _("有效回访中已解决 {count}/{of} 次"),
            enough,
        ),
        _rate_tile(
            "satisfaction",
            _("满意率"),
            found.satisfaction,
            _("有效回访中满意 {count}/{of} 次"),
            enough,
        ),
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
        Tile(
            "late",
            _("超期未办结"),
            number(found.late),
            _("件"),
            _("未办结 {open} 件，重新办理过 {again} 件").format(
                open=number(found.open), again=number(found.reopened)
            ),
            tone="concern" if found.late else "neutral",
            target=_list_target(view, state=feedback.LATE),
        ),
        Tile(
            "median",
            _("办结天数（中位）"),
            number(found.median if found.voices >= view.thresholds.hide_below else None, 1),
            _("天"),
            _("未办结的按截至今天计入"),
        ),
    )


def _rate_tile(code: str, label: str, rate: Rate, note: str, shown: bool = True) -> Tile:
    """A rate with its denominator; where that is too small, only why there is no rate."""
    if not shown or rate.share is None:
        return Tile(code, label, NONE, note=_("样本不足，不予显示。"), tone="muted")
    return Tile(
        code, label, percent(rate.share), note=note.format(
            count=number(rate.count), of=number(rate.of)
        )
    )  # fmt: skip


def _definitions(rules: FeedbackRules) -> str:
    return _(
        "响应：收到之日后 {hours} 小时内交办；解决、满意：以有效回访（联系上并作答）的次数为分母，"
        "未解决而重新办理的，每次回访都计入。各项截至今天。"
    ).format(hours=number(rules.response_hours, 1))


def _counts(
    frame: pd.DataFrame,
    column: str,
    labels: dict[str, str],
    head: str,
    name: str,
    view: View,
    rules: FeedbackRules,
) -> Chart:
    """How many voices by a column, in its own order; those with none are left out."""
    rows = _by(frame, column, labels, view, rules)
    most = rows.loc[rows["value"].idxmax(), "label"] if len(rows) else ""
    targets: dict[str, Callable[[str], str]] = {
        "topic": lambda code: _list_target(view, topic=code),
        "community": lambda code: _list_target(view.only(code)),
        "school": lambda code: _list_target(view, channel=RECEPTION_DAY, school=code),
    }
    drawn = rows.assign(
        text=[
            _("{count}（未办结 {open}）").format(count=number(count), open=number(left))
            if left
            else number(count)
            for count, left in zip(rows["value"], rows["open"], strict=True)
        ],
        target=[targets[name](code) for code in rows["code"]],
    )
    return chart(
        f"by-{name}",
        charts.bars(
            drawn[["label", "value", "text", "target"]],
            unit=_("件"),
            colour=view.filters.domain,
        ),
        title=_("最多的是“{label}”").format(label=most) if most else _("没有民声"),
        subtitle=_("{period}，按{head}，单位：件；点击查看清单").format(
            period=view.filters.period.label, head=head
        ),
        source=_source(view),
        height=120 + 34 * max(len(rows), 4),
        table=table(
            rows,
            {
                "label": head,
                "value": _("民声（件）"),
                "open": _("未办结（件）"),
                "late": _("超期（件）"),
                "reached": _("有效回访（次）"),
                "median": _("办结天数（中位）"),
            },
        ),
    )


def _schools(frame: pd.DataFrame, view: View, rules: FeedbackRules) -> Chart:
    """The schools most spoken of on the parents' reception day."""
    counts = frame["school"].value_counts()
    schools = {code: mask(code) for code in counts.head(_MOST_SCHOOLS).index}
    return _counts(frame, "school", schools, _("学校（家长接待日）"), "school", view, rules)


def _by(
    frame: pd.DataFrame, column: str, labels: dict[str, str], view: View, rules: FeedbackRules
) -> pd.DataFrame:
    """Columns: code, label, value, open, late, reached, answers …; medians of few are left out."""
    rows = []
    groups = dict(tuple(frame.groupby(column)))
    for code, label in labels.items():
        if code not in groups:
            continue
        found = figures(groups[code], view.today, rules)
        median = found.median if found.voices >= view.thresholds.hide_below else None
        rows.append((code, label, found.voices, found.open, found.late, found.reached.count,
                     found.satisfaction.count, median))  # fmt: skip
    return pd.DataFrame(
        rows,
        columns=["code", "label", "value", "open", "late", "reached", "satisfied", "median"],
    )


def _satisfied(frame: pd.DataFrame, view: View, lists: Catalogue, rules: FeedbackRules) -> Chart:
    """The satisfied share of those reached by community, with its interval; small ones hidden."""
    places = {place.code: place.name for place in lists.communities}
    rows = _by(frame, "community_code", places, view, rules)
    least, enough = view.thresholds.hide_below, view.thresholds.compare_from
    low, high = wilson(rows["satisfied"], rows["reached"], view.thresholds.level)
    drawn = rows.assign(
        value=100 * rows["satisfied"] / rows["reached"].where(rows["reached"] > 0),
        low=100 * low,
        high=100 * high,
        n=rows["reached"],
        state=["hidden" if n < least else "few" if n < enough else "ok" for n in rows["reached"]],
        target="community:" + rows["code"],
    )
    shown = drawn.assign(
        **{name: drawn[name].mask(drawn["state"] == "hidden") for name in ("value", "low", "high")}
    )
    return chart(
        "satisfied",
        charts.dot_interval(
            shown[["label", "value", "low", "high", "n", "state", "target"]],
            unit="%",
            range=(0, 100),
        )
        if shown["value"].notna().any()
        else "",
        title=_("各社区回访满意率"),
        subtitle=_("{period}，单位：%；横线为可信范围；有效回访不足 {least} 次的不显示").format(
            period=view.filters.period.label, least=number(least)
        ),
        source=_source(view),
        height=120 + 30 * max(len(shown), 4),
        empty=_("各社区的有效回访都不足 {least} 次，不显示满意率。").format(least=number(least)),
        table=table(
            shown,
            {
                "label": _("社区"),
                "value": _("满意率（%）"),
                "low": _("下限"),
                "high": _("上限"),
                "n": _("有效回访（次）"),
            },
        ),
    )


def _list_target(view: View, **chosen: str) -> str:
    """Where a figure leads: the voices behind it, as the query of the page of voices."""
    filters = view.filters
    query = {
        "period": filters.period.code,
        "communities": ",".join(filters.communities),
        "domain": filters.domain or "",
        **chosen,
    }
    return "feedback:" + urlencode({name: value for name, value in query.items() if value})


def _source(view: View) -> str:
    return _("来源：民声登记与办理记录，截至{day}").format(day=day_label(view.today))
