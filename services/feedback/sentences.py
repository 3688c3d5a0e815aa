"""The sentences that go with the figures of voices, by rule."""

from __future__ import annotations

from services.feedback.figures import Figures
from services.formats import number, percent
from services.i18n import _
from services.settings import Thresholds


def times(found: Figures, thresholds: Thresholds) -> str:
    """一半诉求在 6 天内办结（含未办结件）；7 天办结率 58%。"""
    if found.voices < thresholds.hide_below:
        return _("诉求不足 {least} 件，不计算办结时间。").format(
            least=number(thresholds.hide_below)
        )
    week = percent(found.within_week, 0)
    if found.median is None:
        return _("办结的还不到一半，暂无中位天数；7 天办结率 {week}。").format(week=week)
    return _("一半诉求在 {days} 天内办结（含未办结件）；7 天办结率 {week}。").format(
        days=number(found.median, 1), week=week
    )


def call_backs(found: Figures, thresholds: Thresholds) -> str:
    """回访成功 60%，其中 95% 满意；全部应回访诉求的满意率在 57%–97% 之间。"""
    if found.bounds is None:
        return _("还没有办理完毕、可以回访的诉求。")
    if found.reached.count < thresholds.hide_below:
        return _("有效回访 {n} 次，不足 {least} 次，不计算解决率和满意率。").format(
            n=number(found.reached.count), least=number(thresholds.hide_below)
        )
    low, high = found.bounds
    return _(
        "回访成功 {reached}（{n}/{of} 次），其中 {share} 满意；"
        "全部应回访诉求的满意率在 {low}–{high} 之间。"
    ).format(
        reached=percent(found.reached.share, 0),
        n=number(found.reached.count),
        of=number(found.reached.of),
        share=percent(found.satisfaction.share, 0),
        low=percent(low, 0),
        high=percent(high, 0),
    )
