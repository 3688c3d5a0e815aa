"""成效: in one domain, activity between two surveys beside the change in satisfaction."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from db.engine import Session
from services import charts
from services.boards.board import Board, Section, chart, table, with_counted
from services.catalogue import Catalogue, catalogue
from services.charts.cards import Chart
from services.effect import (
    ALL_TYPES,
    Comparison,
    Effect,
    association_sentence,
    associations,
    comparison_sentence,
    comparisons,
    effect,
    per_resident,
    regression_sentences,
)
from services.formats import fixed, number
from services.i18n import _, _n
from services.periods import day_label
from services.views import View


def board(session: Session, view: View, domain: str, type_code: str = ALL_TYPES) -> Board:
    """The whole page for a domain and one of its types, or (ALL_TYPES) all of them together."""
    lists = catalogue(session)
    label = lists.domain(domain).label
    found = effect(session, view, lists, domain)
    if found is None:
        return Board(
            _("{label}成效：还没有两期可以比较的调查。").format(label=label),
            (),
            (_("评分标准、方式、措辞都相同的两期调查才能比较；有了第二期，这里就会显示。"),),
        )
    name = _("该领域活动") if type_code == ALL_TYPES else f"“{lists.type(type_code).label}”"
    per_activity = per_resident(session, found)
    points = _points(found, type_code, per_activity)
    compared = comparisons(found)
    chosen = next(one for one in compared if one.type_code == type_code)
    related = associations(found, per_activity)[type_code]
    said = [association_sentence(related, int(per_activity.notna().sum()))]
    said += [comparison_sentence(chosen, name), *regression_sentences(chosen)]
    return Board(
        headline=_n(
            "{label}成效：{before}至{now}，{count} 个社区可以比较", len(found.places)
        ).format(
            label=label,
            before=found.before.label,
            now=found.now.label,
            count=number(len(found.places)),
        ),
        sentences=tuple(said) if len(found.places) else (_nobody(),),
        sections=(
            Section(
                _("活动与满意度变化"),
                (
                    _scatter(view, found, points, label, name),
                    _by_type(view, found, compared, lists, label),
                ),
            ),
        ),
    )


def _nobody() -> str:
    return _("没有社区在两期调查中都有足够的答卷，无从比较。")


def _points(found: Effect, type_code: str, per_activity: pd.Series) -> pd.DataFrame:
    """A row a community: how much was held per 1,000 residents, and the change."""
    held = found.activities(type_code).reindex(found.places.index)
    return found.places.rename(columns={"name": "label", "diff": "y"}).assign(
        x=held * per_activity, held=held, marked=held > 0, target="community:" + found.places.index
    )


def _scatter(view: View, found: Effect, points: pd.DataFrame, label: str, name: str) -> Chart:
    return chart(
        "effect-places",
        charts.scatter(points, x_unit=_("次/千人"), unit=_("分")),
        title=_("{label}：每千名居民的{name}与满意度变化").format(label=label, name=name),
        subtitle=_(
            "横轴：{first}至{last}每千名居民的活动次数；纵轴：得分变化（分），线为 95% 可信范围；"
            "空心为未开展"
        ).format(first=day_label(found.days[0]), last=day_label(found.days[1])),
        source=_source(view, found),
        height=420,
        empty=_nobody()
        if points.empty
        else _("没有各社区的居民人数，无法计算。请由管理员在 config.toml 中补充。"),
        notes=[
            _("联合活动计入每个参加的社区；有效答卷不足 {least} 份的社区不参与比较。").format(
                least=view.thresholds.compare_from
            )
        ],
        table=table(
            points,
            {
                "label": _("社区"),
                "held": _("活动次数（次）"),
                "x": _("每千名居民（次）"),
                "before": _("前期得分"),
                "now": _("本期得分"),
                "y": _("变化（分）"),
                "low": _("下限"),
                "high": _("上限"),
            },
        ),
    )


def _by_type(
    view: View, found: Effect, compared: Sequence[Comparison], lists: Catalogue, label: str
) -> Chart:
    """Type by type, how much more those rose that held it; coloured only beyond chance."""
    frame = _rows([one for one in compared if one.known], lists)
    return chart(
        "effect-types",
        charts.dot_interval(
            frame[["label", "value", "low", "high", "n", "state", "target"]],
            unit=_("分"),
            reference=0.0,
            reference_label=_("无差别"),
        ),
        title=_type_title(frame, label),
        subtitle=_(
            "开展的社区比未开展的多上升的分数，线为 95% 可信范围；括号内为开展与未开展的社区数"
        ),
        source=_source(view, found),
        height=130 + 40 * max(len(frame), 4),
        empty=_("没有哪种活动既有至少 2 个社区开展、又有至少 2 个社区未开展。"),
        notes=_type_notes(frame, compared, lists),
        table=table(
            frame,
            {
                "label": _("活动类型"),
                "value": _("多上升（分）"),
                "low": _("下限"),
                "high": _("上限"),
                "p": _("置换检验 p 值（已校正）"),
                "began": _("开展社区前期高出（分）"),
                "sentence": _("判断"),
            },
        ),
    )


def _type_title(frame: pd.DataFrame, label: str) -> str:
    real = int((frame["state"] != "ok").sum())
    if frame.empty:
        return _("{label}：没有哪种活动可以比较").format(label=label)
    if real:
        return _n("{label}：{count} 项活动的差别超出随机波动", real).format(label=label, count=real)
    return _("{label}：没有哪种活动的差别超出随机波动").format(label=label)


def _type_notes(
    frame: pd.DataFrame, compared: Sequence[Comparison], lists: Catalogue
) -> Sequence[str]:
    """The types that nearly all or nearly no communities held, and how many were compared."""
    types = [one for one in compared if one.type_code != ALL_TYPES and not one.known]
    said = {
        _("几乎所有社区都开展，没有对照：{names}。"): [one for one in types if one.treated > 1],
        _("几乎没有社区开展：{names}。"): [one for one in types if one.treated <= 1],
    }
    notes = [
        sentence.format(names=_("、").join(_name(one, lists) for one in part))
        for sentence, part in said.items()
        if part
    ]
    if len(frame):
        notes.append(
            _n(
                "共比较 {count} 项，已按多重比较校正；检验用置换法。这是关联，不等于因果。",
                len(frame),
            ).format(count=number(len(frame)))
        )
    return notes


def _rows(known: Sequence[Comparison], lists: Catalogue) -> pd.DataFrame:
    rows = [
        {
            "label": _("{name}（{treated}/{control}）").format(
                name=_name(one, lists), treated=one.treated, control=one.control
            ),
            "value": one.difference.diff,
            "low": one.difference.low,
            "high": one.difference.high,
            "n": float("nan"),
            "state": _state(one),
            "target": "",
            "p": fixed(one.p, 3),
            "began": one.began_apart,
            "sentence": _("超出随机波动") if one.real else _("不能认定有差别"),
        }
        for one in known
    ]
    columns = ["label", "value", "low", "high", "n", "state", "target", "p", "began", "sentence"]
    return pd.DataFrame(rows, columns=columns)


def _state(one: Comparison) -> str:
    if not one.real:
        return "ok"
    return "above" if one.difference.diff > 0 else "below"


def _name(one: Comparison, lists: Catalogue) -> str:
    return _("任何活动") if one.type_code == ALL_TYPES else lists.type(one.type_code).label


def _source(view: View, found: Effect) -> str:
    source = _("来源：{before}与{now}（{mode}）；活动填报记录").format(
        before=found.before.label, now=found.now.label, mode=found.now.mode_label
    )
    return with_counted(source, view)
