"""What may be concluded: changes, many comparisons, groups, reference values, drivers."""

from __future__ import annotations

from itertools import chain

from services.boards.survey_drivers import drivers_section
from services.formats import number
from services.i18n import _
from services.methods.method import Material, Method, no_answers, no_pair
from services.ranking import league
from services.satisfaction import OVERALL, WEIGHTED, sentences
from services.satisfaction import detectable as smallest

_ALPHA = 0.05


def change(material: Material) -> Method:
    return Method(
        _("变化与检验"),
        (
            _("两次调查的得分之差要与随机波动范围比较（韦尔奇检验），超出才认定为上升或下降。"),
            _("评分标准、调查方式、问卷措辞都相同的两次调查才作比较。"),
            _("得分的变化说“分”，满意率的变化说“百分点”，都不说百分之几。"),
        ),
        _change_example(material),
    )


def _change_example(material: Material) -> str:
    moved, before = material.found.change(OVERALL), material.found.before
    if moved is None or before is None:
        return no_pair()
    return _("{wave}与{before}比，总体满意度{sentence}").format(
        wave=material.wave, before=before.label, sentence=sentences.change(moved)
    )


def many(material: Material) -> Method:
    return Method(
        _("多重比较"),
        (
            _("同时比较几十项时，即使什么都没有变，也常有几项碰巧显得有变化。"),
            _("因此把全部比较放在一起校正（Benjamini-Hochberg 法），只认定校正后仍成立的。"),
            _("只有认定的变化才着色：改善用蓝色，需关注用橙色，并有符号和文字。"),
        ),
        _many_example(material),
    )


def _many_example(material: Material) -> str:
    moved = material.found.changes
    if not len(moved):
        return no_pair()
    return _(
        "{wave}共比较 {count} 项：不校正会有 {raw} 项显得有变化，校正后认定 {real} 项。"
    ).format(
        wave=material.wave,
        count=number(len(moved)),
        raw=number(int((moved["p"] < _ALPHA).sum())),
        real=number(int(moved["real"].sum())),
    )


def detectable(material: Material) -> Method:
    least = smallest(material.row, material.view.thresholds.level)
    return Method(
        _("能看出的最小变化"),
        (
            _("样本有限时，小的变化即使真有也看不出来。"),
            _("这里的最小变化，是两次同样规模的调查有八成把握能够认定的差别。"),
            _("比它小的变化没有被认定，不等于没有变化。"),
        ),
        no_answers()
        if least != least
        else _("{wave}：{sentence}").format(
            wave=material.wave, sentence=sentences.detectable(least)
        ),
    )


def groups(material: Material) -> Method:
    return Method(
        _("分组与控制线"),
        (
            _("社区两两比较，分不出高低的归为同一组，组内按官方顺序排列，不排名次。"),
            _("漏斗图按答卷多少画出 99.8% 控制线，线内的高低可能只是偶然，不作评价。"),
            _("超出控制线的建议了解原因，不直接等于工作好坏。"),
        ),
        _group_example(material),
    )


def _group_example(material: Material) -> str:
    limits = material.found.funnel(OVERALL)
    order = {place.code: place.position for place in material.lists.communities}
    rows = league(material.places, limits, order, material.view.thresholds.level)
    compared = rows[rows["group"].astype(bool)]
    if compared.empty:
        return no_answers()
    return _(
        "{wave}总体：参与比较的 {count} 个社区分成 {groups} 组，{beyond} 个超出控制线。"
    ).format(
        wave=material.wave,
        count=number(len(compared)),
        groups=number(len(set(chain.from_iterable(compared["group"])))),
        beyond=number(int(rows["state"].isin(["above", "below"]).sum())),
    )


def reference(material: Material) -> Method:
    return Method(
        _("参考值"),
        (
            _("答卷少的社区得分忽高忽低，参考值把它向街道平均适当靠拢。"),
            _("靠拢多少由答卷份数和各社区的差异决定，答卷越少靠拢越多（经验贝叶斯法）。"),
            _("参考值只帮助理解，不参与比较和考核。"),
        ),
        _reference_example(material),
    )


def _reference_example(material: Material) -> str:
    limits = material.found.funnel(OVERALL)
    if material.row is None or limits is None:
        return no_answers()
    drawn = limits.references(material.places)
    if drawn.empty:
        return _("{wave}没有样本较少而需要参考值的社区。").format(wave=material.wave)
    first = drawn.iloc[0]
    own = material.found.row(OVERALL, first["community"])
    return _("{wave}{name}：有效答卷 {n} 份，得分 {score} 分，{sentence}").format(
        wave=material.wave,
        name=material.lists.community(first["community"]).name,
        n=number(own.n),
        score=number(own.score, 1),
        sentence=sentences.reference(first["value"]),
    )


def drivers(material: Material) -> Method:
    return Method(
        _("与总体满意度的关系"),
        (
            _("看哪些领域的评价与总体满意度同高同低，按解释的份额分为高、中、低。"),
            _("份额用约翰逊相对权重计算，可信范围重叠的不硬分高低。"),
            _("这是关联，不等于因果：关系密切只提示优先了解。"),
        ),
        _drivers_example(material),
    )


def _drivers_example(material: Material) -> str:
    if material.found.latest is None:
        return no_answers()
    section = drivers_section(
        material.session, material.view, material.lists, material.found, WEIGHTED
    )
    if not section.sentences:
        return _("{wave}没有足够的逐份答卷，算不出来。").format(wave=material.wave)
    return _("{wave}：{sentence}").format(wave=material.wave, sentence=section.sentences[0])
