"""Charts of voices: by topic, community and school, and how satisfied those reached were."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd

from services import charts
from services.boards.board import chart, list_target, table
from services.catalogue import Catalogue
from services.charts.cards import Chart
from services.feedback import Lists
from services.feedback.figures import figures
from services.formats import number
from services.i18n import _, _n
from services.periods import day_label
from services.privacy import mask
from services.settings import FeedbackRules
from services.statistics.proportions import wilson
from services.views import View

RECEPTION_DAY = "parents_day"
_MOST_SCHOOLS = 20
_MOST_NAMED = 3  # topics that share the first place, in the title


def by_topic(frame: pd.DataFrame, known: Lists, view: View, rules: FeedbackRules) -> Chart:
    rows = _by(frame, "topic_code", {one.code: one.label for one in known.topics}, view, rules)
    most = rows.loc[rows["value"] == rows["value"].max(), "label"].tolist()
    title = (
        _("反映最多的是{labels}").format(labels=_("、").join(most))
        if len(most) <= _MOST_NAMED
        else _("反映的各类问题")
    )

    def target(topic: str) -> str:
        return list_target("feedback", view, topic=topic)

    return _counts("topic", title, rows, _("问题"), view, target)


def by_community(frame: pd.DataFrame, lists: Catalogue, view: View, rules: FeedbackRules) -> Chart:
    rows = _by(frame, "community_code", _names(lists), view, rules)
    # No finding in the title: the biggest community has the most, and nothing follows from it.
    title = _("各社区收到的民声（未按人口折算）")

    def target(community: str) -> str:
        return list_target("feedback", view.only(community))

    return _counts("community", title, rows, _("社区"), view, target)


def schools(frame: pd.DataFrame, view: View, rules: FeedbackRules) -> Chart:
    """The schools most spoken of on the parents' reception day."""
    at_school = frame[frame["channel_code"].eq(RECEPTION_DAY) & frame["school"].ne("")]
    most = at_school["school"].value_counts().head(_MOST_SCHOOLS).index
    rows = _by(at_school, "school", {school: mask(school) for school in most}, view, rules)

    def target(school: str) -> str:
        return list_target("feedback", view, channel=RECEPTION_DAY, school=school)

    title = _n("家长接待日反映的问题涉及 {count} 所学校", len(rows)).format(count=number(len(rows)))
    return _counts("school", title, rows, _("学校"), view, target)


def satisfied(frame: pd.DataFrame, lists: Catalogue, view: View, rules: FeedbackRules) -> Chart:
    """The satisfied share of call-backs by community, with its interval; small ones hidden."""
    rows = _shares(_by(frame, "community_code", _names(lists), view, rules), view)
    least = number(view.thresholds.hide_below)
    figure = charts.dot_interval(rows, unit="%", range=(0, 100))
    return chart(
        "satisfied",
        figure if rows["value"].notna().any() else "",
        title=_("各社区回访满意率"),
        subtitle=_("{period}，单位：%；横线为可信范围；有效回访不足 {least} 次的不显示").format(
            period=view.filters.period.label, least=least
        ),
        source=_source(view),
        height=120 + 30 * max(len(rows), 4),
        empty=_("各社区的有效回访都不足 {least} 次，不显示满意率。").format(least=least),
        table=table(
            rows,
            {
                "label": _("社区"),
                "value": _("满意率（%）"),
                "low": _("下限"),
                "high": _("上限"),
                "n": _("有效回访（次）"),
            },
        ),
    )


def _counts(
    name: str,
    title: str,
    rows: pd.DataFrame,
    head: str,
    view: View,
    target: Callable[[str], str],
) -> Chart:
    """How many voices by group, and how many of them are open."""
    drawn = rows.assign(
        text=[_count_text(*pair) for pair in zip(rows["value"], rows["open"], strict=True)],
        target=[target(code) for code in rows["code"]],
    )
    return chart(
        f"by-{name}",
        charts.bars(
            drawn[["label", "value", "text", "target"]], unit=_("件"), colour=view.filters.domain
        ),
        title=title,
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


def _count_text(count: int, left: int) -> str:
    if not left:
        return number(count)
    return _("{count}（未办结 {open}）").format(count=number(count), open=number(left))


def _by(
    frame: pd.DataFrame,
    column: str,
    labels: Mapping[str, str],
    view: View,
    rules: FeedbackRules,
) -> pd.DataFrame:
    """Columns: code, label, value, open, late, reached, satisfied, median (None for few).

    In the order of the labels; a group without voices is left out.
    """
    groups = dict(tuple(frame.groupby(column)))
    rows = []
    for code, label in labels.items():
        if code in groups:
            found = figures(groups[code], view.today, rules)
            median = found.median if found.voices >= view.thresholds.hide_below else None
            rows.append((code, label, found.voices, found.open, found.late, found.reached.count,
                         found.satisfaction.count, median))  # fmt: skip
    return pd.DataFrame(
        rows,
        columns=["code", "label", "value", "open", "late", "reached", "satisfied", "median"],
    )


def _shares(rows: pd.DataFrame, view: View) -> pd.DataFrame:
    """Per cent of those reached that are satisfied, as `charts.dot_interval` takes it."""
    least, enough = view.thresholds.hide_below, view.thresholds.compare_from
    n = rows["reached"]
    low, high = wilson(rows["satisfied"], n, view.thresholds.level)
    shown = n >= least
    return pd.DataFrame(
        {
            "label": rows["label"],
            "value": (100 * rows["satisfied"] / n).where(shown),
            "low": pd.Series(100 * low, rows.index).where(shown),
            "high": pd.Series(100 * high, rows.index).where(shown),
            "n": n,
            "state": ["hidden" if c < least else "few" if c < enough else "ok" for c in n],
            "target": "community:" + rows["code"],
        }
    )


def _names(lists: Catalogue) -> dict[str, str]:
    return {place.code: place.name for place in lists.communities}


def _source(view: View) -> str:
    return _("来源：民声登记与办理记录，截至{day}").format(day=day_label(view.today))
