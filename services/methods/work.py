"""Work beside other spans, month by month, and beside satisfaction."""

from __future__ import annotations

from services.boards.work import comparison as comparison_sentences
from services.compared import bases
from services.effect import ALL_TYPES, association_sentence, associations, effect, per_resident
from services.formats import number, running
from services.i18n import _
from services.methods.method import Material, Method, no_pair
from services.monthly import Series, assurance, finding, monthly_series


def comparison(material: Material) -> Method:
    return Method(
        _("环比、同比与完成率"),
        (
            _(
                "环比与上一个同样长的时段比，同比与去年同期比；还没有过完的时段，只比已经过去的天数。"
            ),
            _("被比的时段要有完整的记录才作比较；上期为零的，不说百分之几。"),
            _(
                "完成率是本年累计除以年度目标，旁边的时间进度是全年已过去的比例；"
                "工作有淡旺季，落后于时间进度不一定有问题。"
            ),
        ),
        _comparison_example(material),
    )


def _comparison_example(material: Material) -> str:
    view = material.view
    said = comparison_sentences(material.session, view, bases(material.session, view))
    return running(*said) or _("还没有可以比较的时段。")


def control(material: Material) -> Method:
    return Method(
        _("控制图"),
        (
            _("每月的数量总有高低，控制图用历史波动画出正常范围（均值 ± 2.66 倍平均移动极差）。"),
            _(
                "在范围之内的高低无需单独解释；"
                "超出范围、连续 7 个月偏在一侧或同向变化，才值得了解原因。"
            ),
            _("至少要有 12 个整月的记录；没有过完的月份不算。"),
        ),
        _control_example(material),
    )


def _control_example(material: Material) -> str:
    for domain in material.lists.domains:
        inside = material.view.within(domain.code)
        for series in monthly_series(material.session, inside, material.lists):
            if series.limits is not None:
                return _limits_of(domain.label, series)
    return _("还没有满 12 个整月的记录。")


def _limits_of(domain: str, series: Series) -> str:
    return _("{domain}{figure}：均值每月 {mean} {unit}，正常波动 {low}–{high}；{sentence}").format(
        domain=domain,
        figure=series.label,
        mean=number(series.limits.mean[-1], 1),
        unit=series.unit,
        low=number(max(series.limits.low[-1], 0.0), 1),
        high=number(series.limits.high[-1], 1),
        sentence=running(finding(series), assurance(series)),
    )


def effects(material: Material) -> Method:
    return Method(
        _("成效"),
        (
            _("把两次可比调查之间各社区的活动多少，与满意度的变化放在一起看。"),
            _("开展某种活动的社区与未开展的相比，差别要超出随机波动（置换检验）才提请注意。"),
            _("这是关联，不等于因果；原本得分低的社区，回升可能只是自然回归。"),
        ),
        _effect_example(material),
    )


def _effect_example(material: Material) -> str:
    for domain in material.lists.domains:
        found = effect(material.session, material.view, material.lists, domain.code)
        if found is None:
            return no_pair()
        per_activity = per_resident(material.session, found)
        places = int(per_activity.notna().sum())
        if places:
            related = associations(found, per_activity)[ALL_TYPES]
            return _("{domain}：{sentence}").format(
                domain=domain.label, sentence=association_sentence(related, places)
            )
    return _("还没有社区可以比较。")
