"""How satisfied: the score, the share, what is certain about them, weights, small samples."""

from __future__ import annotations

import pandas as pd

from services.formats import fixed, number, percent, running
from services.i18n import _
from services.methods.method import Material, Method, no_answers
from services.satisfaction import WEIGHTED, sentences

_SAME = 0.05  # points: what prints alike


def score(material: Material) -> Method:
    return Method(
        _("得分"),
        (
            _("得分是有效回答的平均分：每个选项按当期的评分标准折成分数，再取平均。"),
            _("评分标准跟着每次调查走，印在图的下方；标准不同的两次调查不作比较。"),
            _("回答“不了解”的不计分，也不算有效答卷，单独列出比例。"),
        ),
        _score_example(material),
    )


def _score_example(material: Material) -> str:
    row, plain = material.row, material.plain_row
    if row is None:
        return no_answers()
    scored = [(option, n) for option, n in material.counts if option.points is not None]
    total = sum(option.points * n for option, n in scored)
    base = sum(n for _option, n in scored)
    if not base or abs(total / base - plain.score) >= _SAME:
        return _("{wave}总体满意度 {score} 分，有效答卷 {n} 份。").format(
            wave=material.wave, score=fixed(row.score), n=number(row.n)
        )
    example = _("{wave}总体满意度：（{sum}）÷ {n} = {score} 分。").format(
        wave=material.wave,
        sum=" + ".join(f"{option.label} {number(n)}×{option.points:g}" for option, n in scored),
        n=number(base),
        score=fixed(plain.score),
    )
    if row.basis != WEIGHTED:
        return example
    weighted = _("这是未加权的算法；加权后为 {score} 分。").format(score=fixed(row.score))
    return running(example, weighted)


def share(material: Material) -> Method:
    return Method(
        _("满意率"),
        (
            _("满意率是有效回答中选择满意类选项的比例，“基本满意”也算在内。"),
            _("满意率和得分是两个指标：85% 的人满意，不等于得 85 分。"),
            _("它的可信范围用威尔逊法计算，人人都满意时也不会写成 100% ± 0。"),
        ),
        _share_example(material),
    )


def _share_example(material: Material) -> str:
    row, plain = material.row, material.plain_row
    if row is None or row.share != row.share:
        return no_answers()
    said = _("{wave}总体满意率 {share}（可信范围 {low}–{high}）。").format(
        wave=material.wave,
        share=percent(row.share),
        low=percent(row.share_low),
        high=percent(row.share_high),
    )
    base = sum(n for option, n in material.counts if option.points is not None)
    chosen = [(option, n) for option, n in material.counts if option.satisfied]
    if not base or abs(sum(n for _option, n in chosen) / base - plain.share) >= _SAME / 100:
        return said
    worked = _("（{sum}）÷ {n} = {share}。").format(
        sum=" + ".join(f"{option.label} {number(n)}" for option, n in chosen),
        n=number(base),
        share=percent(plain.share),
    )
    return running(said, _("未加权的算法：") + worked if row.basis == WEIGHTED else worked)


def interval(material: Material) -> Method:
    return Method(
        _("可信范围"),
        (
            _("调查只问到一部分居民，换一批人得分会略有不同；可信范围就是抽样误差允许的范围。"),
            _("同样的调查做 100 次，约有 95 次的可信范围包含真实的得分。"),
            _("答卷越多范围越窄；比较高低要看范围，不能只看得分。"),
        ),
        no_answers()
        if material.row is None
        else _("{wave}：{sentence}").format(
            wave=material.wave, sentence=sentences.level(_("总体"), material.row)
        ),
    )


def weights(material: Material) -> Method:
    row = material.row
    if row is None:
        example = no_answers()
    elif row.basis == WEIGHTED:
        example = sentences.weighted(row)
    else:
        example = _("{wave}没有可用来加权的人口或权重，每份答卷同等计算。").format(
            wave=material.wave
        )
    return Method(
        _("答卷加权"),
        (
            _("各社区、男女、老少接受调查的比例与实际人口不一致时，按登记人口调整每份答卷的分量。"),
            _("加权使得分更能代表全体居民，代价是可信范围变宽，代价的大小叫设计效应。"),
            _("没有登记人口或答卷信息的方面不加权，并如实说明；不加权的得分一点即可查看。"),
        ),
        example,
    )


def small_samples(material: Material) -> Method:
    few, least = material.view.thresholds.compare_from, material.view.thresholds.hide_below
    return Method(
        _("小样本"),
        (
            _("有效答卷不足 {least} 份的不予显示，以免认出个人。").format(least=least),
            _("为防止用总数倒推，旁边最小的一个或几个也一并隐藏，合起来不少于 {least} 份。").format(
                least=least
            ),
            _("不足 {few} 份的用灰色显示，只作参考，不比较、不着色。").format(few=few),
        ),
        _small_example(material),
    )


def _small_example(material: Material) -> str:
    if material.found.latest is None:
        return no_answers()
    rows = pd.concat([material.found.of_latest(subject) for subject in material.subjects])
    states = rows["state"].value_counts()
    return _("{wave}各社区各问题共 {count} 格：{few} 格只作参考，{hidden} 格不予显示。").format(
        wave=material.wave,
        count=number(len(rows)),
        few=number(int(states.get("few", 0))),
        hidden=number(int(states.get("hidden", 0))),
    )
