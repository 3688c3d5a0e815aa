"""Who answered, beside who lives there, and what the weights make of it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from db.engine import Session
from db.reads import patterns as reads
from services import charts
from services.boards.board import chart, survey_source, table
from services.boards.survey_parts import Survey
from services.charts.cards import Chart
from services.formats import fixed
from services.i18n import _
from services.satisfaction import WEIGHTED, sentences
from services.satisfaction.weights import AGE_GROUPS, SEXES, register
from services.statistics.disclosure import audit, suppress
from services.views import View

_GROUPS = {"sex": SEXES, "age_group": AGE_GROUPS}
_NEAR = 5.0  # percentage points, below which the make-up is called similar


def weight_sentences(found: Survey, subject: str, has_weights: bool) -> tuple[str, ...]:
    """Whether the figures are weighted and what that costs; nothing where no weights exist."""
    row = found.row(subject)
    if not has_weights or row is None or row.state == "hidden":
        return ()
    return (sentences.weighted(row) if row.basis == WEIGHTED else sentences.unweighted(),)


def respondents_chart(session: Session, view: View, found: Survey) -> tuple[Chart, ...]:
    """Sex and age of those who took part; nothing where neither was asked.

    Of the whole subdistrict only: taking one choice of communities from another would tell of
    a few people.
    """
    wave = found.latest
    if view.filters.communities:
        return ()
    frame = _people(session, wave.code, wave.last_day.year, view.thresholds.hide_below)
    if frame.empty:
        return ()
    return (
        chart(
            "people",
            charts.against_register(frame),
            title=_title(frame),
            subtitle=_("{wave}，占答卷的百分比；不足 {least} 份的不显示").format(
                wave=wave.label, least=view.thresholds.hide_below
            ),
            source=survey_source(wave),
            width="full",
            height=110 + 34 * max(len(frame), 4),
            table=table(
                frame,
                {
                    "label": _("性别、年龄"),
                    "n": _("答卷（份）"),
                    "value": _("占答卷（%）"),
                    "reference": _("占登记人口（%）"),
                },
            ),
        ),
    )


def _title(frame: pd.DataFrame) -> str:
    """The group that is farthest from its share of the residents."""
    apart = (frame["value"] - frame["reference"]).dropna()
    if apart.empty:
        return _("答卷的性别和年龄构成")
    if apart.abs().max() < _NEAR:
        return _("答卷的性别、年龄构成与登记人口相近")
    row = frame.loc[apart.abs().idxmax()]
    return _("{group}占答卷 {share}%，占登记人口 {reference}%").format(
        group=row["label"], share=fixed(row["value"], 0), reference=fixed(row["reference"], 0)
    )


def _people(session: Session, wave: str, year: int, least: int) -> pd.DataFrame:
    """A row a group in the order of the register, then what is not in it."""
    asked = reads.margins(session, wave)
    lives = register(session, year) if len(asked) else {}
    labels = group_labels()
    rows = []
    for margin, groups in _GROUPS.items():
        counts = asked[asked["margin"] == margin].set_index("label")["count"]
        order = [*groups, *sorted(set(counts.index) - set(groups))]
        shown = _shown(counts.reindex(order, fill_value=0), least)
        residents = _residents(lives, groups)
        for group in order if len(counts) else ():
            rows.append(
                {
                    "label": labels.get(group, group),
                    "n": shown[group],
                    "value": shown[group] / counts.sum() * 100,
                    "reference": residents.get(group, np.nan),
                    "state": "ok" if shown[group] == shown[group] else "hidden",
                    "target": "page:satisfaction",
                }
            )
    return pd.DataFrame(rows, columns=["label", "n", "value", "reference", "state", "target"])


def _shown(counts: pd.Series, least: int) -> pd.Series:
    """The counts that give no few people away; the others are missing."""
    mask = suppress(counts.to_numpy(), least)
    if audit(counts.to_numpy(), mask).any():
        mask[:] = True
    return counts.astype(float).mask(mask)


def _residents(lives: Mapping[str, Mapping[str, int]], groups: tuple[str, ...]) -> dict[str, float]:
    """Each group's share of the residents in per cent, over communities where all are known."""
    known = set.intersection(*(set(lives.get(group, {})) for group in groups))
    counts = {group: sum(lives[group][place] for place in known) for group in groups if known}
    total = sum(counts.values())
    return {group: count / total * 100 for group, count in counts.items()} if total else {}


def group_labels() -> dict[str, str]:
    """What the groups of the register are called."""
    return {
        "male": _("男性"),
        "female": _("女性"),
        "age_18_34": _("18–34 岁"),
        "age_35_59": _("35–59 岁"),
        "age_60_plus": _("60 岁及以上"),
        "": _("未说明"),
    }
