"""The sentences that go with survey figures, by rule."""

from __future__ import annotations

from typing import Any

from services.formats import fixed, number, percent
from services.i18n import _
from services.satisfaction.waves import Wave


def level(name: str, row: Any) -> str:
    """居住环境满意度 82.4 分(可信范围 79.1–85.7,有效答卷 143 份,另有 12% 表示不了解)。"""
    if row is None or row.state == "hidden":
        return _("{name}：样本不足，不予显示。").format(name=name)
    if row.low != row.low:
        return _("{name}满意度 {score} 分（公布值，有效答卷 {n} 份）。").format(
            name=name, score=fixed(row.score), n=number(row.n)
        )
    return _(
        "{name}满意度 {score} 分（可信范围 {low}–{high}，有效答卷 {n} 份，"
        "另有 {share} 表示不了解）。"
    ).format(
        name=name,
        score=fixed(row.score),
        low=fixed(row.low),
        high=fixed(row.high),
        n=number(row.n),
        share=percent(row.dont_know_rate, 0),
    )


def score(name: str, row: Any) -> str:
    """居住环境满意度 82.4 分: the level for a headline, `precision` follows it."""
    if row is None or row.state == "hidden":
        return level(name, row)
    return _("{name}满意度 {score} 分").format(name=name, score=fixed(row.score))


def precision(row: Any) -> tuple[str, ...]:
    """How sure a score is and of how many answers; nothing for one that is not shown."""
    if row is None or row.state == "hidden":
        return ()
    if row.low != row.low:
        return (_("公布值，有效答卷 {n} 份。").format(n=number(row.n)),)
    return (
        _("可信范围 {low}–{high}，有效答卷 {n} 份，另有 {share} 表示不了解。").format(
            low=fixed(row.low),
            high=fixed(row.high),
            n=number(row.n),
            share=percent(row.dont_know_rate, 0),
        ),
    )


def change(row: Any) -> str:
    """Whether a change can be told from chance."""
    if row is None:
        return _("没有可以比较的上期结果。")
    words = {"size": fixed(abs(row.diff)), "margin": fixed(row.margin)}
    if not row.real:
        if abs(row.diff) < 0.05:
            return _("与上期持平（随机波动范围 ±{margin} 分）。").format(**words)
        sentence = (
            _("较上期上升 {size} 分，在随机波动范围（±{margin} 分）之内，不能认定有变化。")
            if row.diff > 0
            else _("较上期下降 {size} 分，在随机波动范围（±{margin} 分）之内，不能认定有变化。")
        )
        if abs(row.diff) > row.margin:
            sentence = (
                _("较上期上升 {size} 分，按多重比较校正后不能认定有变化。")
                if row.diff > 0
                else _("较上期下降 {size} 分，按多重比较校正后不能认定有变化。")
            )
        return sentence.format(**words)
    if row.diff > 0:
        return _("较上期上升 {size} 分，超出随机波动范围（±{margin} 分），可以认定为上升。").format(
            **words
        )
    return _("较上期下降 {size} 分，超出随机波动范围（±{margin} 分），可以认定为下降。").format(
        **words
    )


def short_change(row: Any) -> str:
    """The change for a tile: sign, size, word."""
    if row is None:
        return _("无可比上期")
    if not row.real:
        return _("较上期无明显变化")
    if row.diff > 0:
        return _("▲ 较上期上升 {size} 分").format(size=fixed(row.diff))
    return _("▼ 较上期下降 {size} 分").format(size=fixed(-row.diff))


def tone(row: Any) -> str:
    """Colour only what survives the correction."""
    if row is None or not row.real:
        return "neutral"
    return "improved" if row.diff > 0 else "concern"


def comparisons(count: int, real: int) -> str:
    return _("共比较 {count} 项，已按多重比较校正；其中 {real} 项变化可认定。").format(
        count=count, real=real
    )


def detectable(change: float) -> str:
    """本期样本只能看出 7 分以上的变化。"""
    return _("本期样本只能看出 {size} 分以上的变化。").format(size=number(change, 1))


def standing(row: Any) -> str:
    """How a community's score compares with the whole at its own number of answers."""
    if row.state == "hidden":
        return _("样本不足，不予显示。")
    if row.state == "few":
        return _("有效答卷仅 {n} 份，只作参考，不参与比较。").format(n=number(row.n))
    if row.low != row.low:
        return _("公布结果，没有可信范围，不参与比较。")
    if row.state == "above":
        return _("在同等样本量下明显高于街道平均（超出 99.8% 控制线），值得总结经验。")
    if row.state == "below":
        return _("在同等样本量下明显低于街道平均（超出 99.8% 控制线），建议了解原因。")
    return _("与街道平均无明显差异，名次高低不作评价。")


def reference(value: float) -> str:
    """参考值 83.0 分：样本较少，已向街道平均适当靠拢。"""
    return _("参考值 {value} 分：样本较少，已向街道平均适当靠拢。").format(value=fixed(value))


def beyond_chance(phi: float, tau2: float) -> tuple[str, ...]:
    """Whether communities differ by more than their samples would; nothing where unknown."""
    if phi != phi:
        return ()
    if tau2 > 0:
        return (
            _(
                "整体而言，各社区的差异明显大于抽样误差（离散系数 {phi}，1 为只有抽样误差）；"
                "点线是据此放宽的控制线。"
            ).format(phi=fixed(phi)),
        )
    return (
        _(
            "整体而言，各社区的差异没有明显超出抽样误差（离散系数 {phi}，1 为只有抽样误差）。"
        ).format(phi=fixed(phi)),
    )


def weighted(row: Any) -> str:
    """What the weights cost: the design effect and how many equal answers they leave."""
    return _(
        "得分已加权，使答卷的构成与居民一致：设计效应 {deff}，{n} 份有效答卷相当于 {n_eff} 份。"
    ).format(deff=fixed(row.deff, 2), n=number(row.n), n_eff=number(row.n_eff))


def unweighted() -> str:
    return _("这里的得分不加权，每份答卷同等计算。")


def drivers(high: list[str]) -> str:
    """与总体满意度关系较密切的是居住环境、社会治安（高）；这是关联，不等于因果。"""
    if not high:
        return _("各领域与总体满意度的关系分不出高低；这是关联，不等于因果。")
    return _("与总体满意度关系较密切的是{names}（高）；这是关联，不等于因果。").format(
        names=_("、").join(high)
    )


def finding(row: Any, name: str) -> str:
    """Something worth a check, in neutral words: it may well have an ordinary cause."""
    words = {
        "name": name,
        "n": number(row.n),
        "count": number(row.count),
        "share": percent(row.count / row.n, 0),
        "whole": percent(row.whole, 0),
    }
    sentence = {
        "satisfied": _("{name}：{n} 份有效答卷全部满意（全街道 {whole}），建议核实。"),
        "alike": _(
            "{name}：{n} 份答卷中 {count} 份各题选项完全相同（{share}，全街道 {whole}），建议核实。"
        ),
        "copies": _(
            "{name}：{n} 份答卷中 {count} 份与另一份的回答和背景完全相同"
            "（{share}，全街道 {whole}），建议核实是否重复录入。"
        ),
        "load": _(
            "{name}：完成 {count} 份答卷，占全部的 {share}（平均每人 {whole}），建议核实工作量。"
        ),
    }[row.kind]
    return sentence.format(**words)


def not_comparable(wave: Wave, before: Wave) -> str:
    """Why a line breaks before this wave."""
    if wave.mode != before.mode:
        return _("{wave}改为{mode}，不与{before}的{other}比较。").format(
            wave=wave.label, mode=wave.mode_label, before=before.label, other=before.mode_label
        )
    if wave.scale != before.scale:
        return _("{wave}改用另一种评分标准，不与{before}比较。").format(
            wave=wave.label, before=before.label
        )
    return _("{wave}的问卷措辞有改动，不与{before}比较。").format(
        wave=wave.label, before=before.label
    )
