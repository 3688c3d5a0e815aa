"""成效: what was done between two comparable surveys beside what changed; associations only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import pandas as pd

from db.engine import Session
from services import kpis
from services.catalogue import Catalogue
from services.formats import fixed, number
from services.i18n import _
from services.periods import Period
from services.satisfaction import Wave, changes, comparable_before, line_up, scores
from services.statistics.change import Difference, benjamini_hochberg
from services.statistics.effect import Association, association, before_after, permutation_p
from services.views import View

ALL_TYPES = ""
FEWEST_PLACES = 6  # of fewer, hardly any order would be beyond chance
_FEWEST_A_SIDE = 2  # fewer do not tell how much such communities differ
_ALPHA = 0.05
_TOLD = 0.05  # points: a smaller difference prints as 0.0


@dataclass(frozen=True, eq=False)
class Effect:
    """A domain between two comparable waves, by community in official order.

    places: index community; name, before, now, diff, low, high in points, of the communities
    that can be compared in both waves. held: activities by community × type of the domain.
    """

    before: Wave
    now: Wave
    days: tuple[date, date]
    places: pd.DataFrame
    held: pd.DataFrame

    def activities(self, type_code: str) -> pd.Series:
        """How often each community held the type, or (ALL_TYPES) anything of the domain."""
        return self.held.sum(axis=1) if type_code == ALL_TYPES else self.held[type_code]


@dataclass(frozen=True)
class Comparison:
    """Communities that held a type against those that did not.

    p: by permutation, adjusted for all comparisons of the page. began_apart: how much higher
    the first ones began, in points.
    """

    type_code: str
    treated: int
    control: int
    difference: Difference
    p: float
    began_apart: float

    @property
    def known(self) -> bool:
        """Whether both sides tell how much such communities differ by chance."""
        return np.isfinite(self.difference.low)

    @property
    def apart(self) -> bool:
        """Whether the interval leaves out 0."""
        return self.difference.low > 0 or self.difference.high < 0

    @property
    def real(self) -> bool:
        """Beyond chance by the interval and by permutation."""
        return self.known and self.apart and self.p < _ALPHA


def effect(session: Session, view: View, lists: Catalogue, domain: str) -> Effect | None:
    """The last two waves up to the view's last day that can be compared; None without such.

    Activities count from the day after the first survey to the day before the second.
    """
    waves = line_up(session, view.last_day, answered=True)
    pairs = ((comparable_before(waves, wave), wave) for wave in reversed(waves))
    before, now = next(((one, other) for one, other in pairs if one is not None), (None, None))
    if before is None or now is None:
        return None
    days = (before.last_day + timedelta(days=1), now.first_day - timedelta(days=1))
    return Effect(
        before,
        now,
        days,
        _places(session, view, lists, domain, (before, now)),
        _held(session, view, lists, domain, days),
    )


def _places(
    session: Session, view: View, lists: Catalogue, domain: str, waves: tuple[Wave, Wave]
) -> pd.DataFrame:
    before, now = waves
    frame = scores(session, waves, view.thresholds, subjects=[domain])
    moved = changes(frame, now, before, view.thresholds.level).set_index("community")
    names = _chosen(view, lists)
    moved = moved.loc[[code for code in names if code in moved.index]]
    return moved[["before", "now", "diff"]].assign(
        name=[names[code] for code in moved.index],
        low=moved["diff"] - moved["margin"],
        high=moved["diff"] + moved["margin"],
    )


def _held(
    session: Session, view: View, lists: Catalogue, domain: str, days: tuple[date, date]
) -> pd.DataFrame:
    types = [kind.code for kind in lists.types if kind.domain == domain]
    if days[0] > days[1]:
        return pd.DataFrame(0, index=list(_chosen(view, lists)), columns=types)
    filters = replace(view.filters, period=Period(days[0], "since", days[1]), domain=domain)
    sums = kpis.activity_sums(
        session, replace(view, filters=filters), ("type_code", "community_code")
    )
    table = sums.pivot(index="community_code", columns="type_code", values="activities")
    return table.reindex(index=list(_chosen(view, lists)), columns=types).fillna(0).astype(int)


def _chosen(view: View, lists: Catalogue) -> dict[str, str]:
    """The communities looked at and their names, in official order."""
    chosen = view.filters.communities
    return {
        place.code: place.name
        for place in lists.active_communities
        if not chosen or place.code in chosen
    }


def comparisons(found: Effect) -> tuple[Comparison, ...]:
    """First anything of the domain, then type by type; p adjusted over all of them."""
    compared = [_compare(found, code) for code in (ALL_TYPES, *found.held.columns)]
    adjusted = benjamini_hochberg([one.p for one in compared])
    return tuple(replace(one, p=float(p)) for one, p in zip(compared, adjusted, strict=True))


def _compare(found: Effect, type_code: str) -> Comparison:
    holds = found.activities(type_code).reindex(found.places.index) > 0
    treated, control = found.places[holds], found.places[~holds]
    enough = min(len(treated), len(control)) >= _FEWEST_A_SIDE
    sides = treated["diff"], control["diff"]
    return Comparison(
        type_code,
        len(treated),
        len(control),
        before_after(*sides),
        permutation_p(*sides) if enough else np.nan,
        treated["before"].mean() - control["before"].mean(),
    )


def per_resident(session: Session, found: Effect) -> pd.Series:
    """What one activity is per 1,000 residents, by community; NaN where nobody was counted."""
    one = pd.Series(1.0, index=found.places.index)
    return kpis.per_thousand(session, one, found.now.last_day.year)


def associations(found: Effect, per_activity: pd.Series) -> dict[str, Association]:
    """By type, and anything of the domain first: activity per resident with the change.

    p adjusted over all of them, so that looking at type after type finds nothing by chance.
    """
    known = per_activity.dropna()
    moved = found.places["diff"].reindex(known.index)
    related = {
        code: association(found.activities(code).reindex(known.index) * known, moved)
        for code in (ALL_TYPES, *found.held.columns)
    }
    adjusted = benjamini_hochberg([one.p for one in related.values()])
    return {
        code: replace(one, p=float(p))
        for (code, one), p in zip(related.items(), adjusted, strict=True)
    }


def association_sentence(found: Association, places: int) -> str:
    """Whether more activity goes with more change, p being adjusted; never as a cause."""
    if places < FEWEST_PLACES:
        return _(
            "可比较的社区只有 {count} 个，不足 {least} 个，不判断活动与满意度变化的关联。"
        ).format(count=number(places), least=FEWEST_PLACES)
    if found.rho != found.rho:
        return _("各社区的活动次数或满意度变化没有差别，看不出关联。")
    if not found.p < _ALPHA:
        sentence = _(
            "活动多少与满意度变化看不出关联（等级相关 {rho}，可信范围 {low} 至 {high}）；"
            "即使有关联，也不等于因果。"
        )
        if found.low > 0 or found.high < 0:
            sentence = _(
                "活动多少与满意度变化的等级相关 {rho}（可信范围 {low} 至 {high}），"
                "按多重比较校正后不能认定有关联；即使有关联，也不等于因果。"
            )
    elif found.rho > 0:
        sentence = _(
            "活动较多的社区，满意度上升也较多（等级相关 {rho}，可信范围 {low} 至 {high}）；"
            "这是关联，不等于因果。"
        )
    else:
        sentence = _(
            "活动较多的社区，满意度上升反而较少（等级相关 {rho}，可信范围 {low} 至 {high}）；"
            "这是关联，不等于因果。"
        )
    return sentence.format(
        rho=fixed(found.rho, 2), low=fixed(found.low, 2), high=fixed(found.high, 2)
    )


def comparison_sentence(found: Comparison, name: str) -> str:
    """开展活动的 6 个社区比未开展的多上升 3.1 分 … ; `name` is what was held."""
    words = {"name": name, "treated": number(found.treated), "control": number(found.control)}
    if not found.treated:
        return _("两次调查之间没有可比较的社区开展{name}，无从比较。").format(**words)
    if not found.control:
        return _(
            "可比较的 {treated} 个社区都开展了{name}，没有未开展的社区可作对照；"
            "可在左侧改选一种并非处处开展的活动。"
        ).format(**words)
    if not found.known:
        return _(
            "开展{name}的社区 {treated} 个、未开展的 {control} 个，每边至少 2 个才能比较。"
        ).format(**words)
    sentence = (
        _(
            "开展{name}的 {treated} 个社区比未开展的多上升 {size} 分"
            "（可信范围 {low} 至 {high}），{verdict}"
        )
        if found.difference.diff >= 0
        else _(
            "开展{name}的 {treated} 个社区比未开展的少上升 {size} 分"
            "（差值的可信范围 {low} 至 {high}），{verdict}"
        )
    )
    return sentence.format(
        **words,
        size=fixed(abs(found.difference.diff)),
        low=fixed(found.difference.low),
        high=fixed(found.difference.high),
        verdict=_verdict(found),
    )


def _verdict(found: Comparison) -> str:
    """What may be concluded, after a sentence's comma."""
    if found.real:
        return _("超出随机波动；这是关联，不等于因果。")
    if found.apart:
        return _("但经置换检验和多重比较校正，目前不能认定活动带来变化。")
    if found.difference.diff >= 0:
        return _("目前不能认定活动带来提升。")
    return _("目前不能认定活动带来变化。")


def regression_sentences(found: Comparison) -> Sequence[str]:
    """Who began low rises by chance alone: said wherever that may be part of a difference."""
    rose = found.known and found.difference.diff >= _TOLD
    if rose and found.began_apart <= -_TOLD:
        return (_("这些社区原本得分偏低，部分回升可能是自然回归。"),)
    return ()
