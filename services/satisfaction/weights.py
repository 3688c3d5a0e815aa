"""Weights of a wave's respondents: who was asked, brought to who lives there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from db.engine import Session
from db.reads import catalogue as reads
from services.formats import running
from services.i18n import _
from services.statistics.survey import post_stratify, rake

SEXES = ("male", "female")
AGE_GROUPS = ("age_18_34", "age_35_59", "age_60_plus")
FILE, COMMUNITY, SEX, AGE = "file", "community", "sex", "age"

# The groups of the register that answers are weighted to.
GROUPS = ("residents", *SEXES, *AGE_GROUPS)

Register = Mapping[str, Mapping[str, int]]  # population group → community → people


@dataclass(frozen=True, eq=False)
class Weighting:
    """One weight per respondent with mean 1, or None where nothing is known to weigh by.

    `by` says what they rest on, `without` what they could not rest on: FILE, COMMUNITY, SEX, AGE.
    """

    weights: NDArray[np.float64] | None
    by: tuple[str, ...]
    without: tuple[str, ...]


def register(session: Session, year: int) -> Register:
    """Who lives in each community, as counted for the newest year up to `year`."""
    return {group: reads.population(session, group, year) for group in GROUPS}


def weigh(people: pd.DataFrame, lives: Register) -> Weighting:
    """Weights for respondents (columns community, weight, sex, age_group).

    A weight of the file is where it starts. Then the communities' residents and, over the whole,
    sex and age, each where the register has it for every community that was asked; who did not
    state it keeps the share they have. Source: post-stratification and raking, as in
    services.statistics.survey. Errors take these weights as given, which is cautious.
    """
    given = people["weight"].notna()
    base = people["weight"].fillna(people["weight"].mean() if given.any() else 1.0).to_numpy(float)
    columns, margins = {}, {}
    for name, labels, counts in _margins(people, lives):
        cells = _cells(labels, base, counts)
        if cells is not None:
            columns[name], margins[name] = cells
    weights, by = _brought(base, columns, margins)
    if given.any():
        by = (FILE, *by)
    without = tuple(name for name in (COMMUNITY, SEX, AGE) if name not in by)
    return Weighting(weights / weights.mean() if by else None, by, without)


def weighting_sentence(found: Weighting) -> str:
    """What the weights rest on, for the person who reads the figures."""
    names = {
        FILE: _("文件中的权重"),
        COMMUNITY: _("社区人口"),
        SEX: _("性别"),
        AGE: _("年龄"),
    }
    if not found.by:
        return _("没有登记人口，也没有权重列，得分未加权。")
    sentence = _("得分按{by}加权。").format(by=_("、").join(names[name] for name in found.by))
    if not found.without:
        return sentence
    lacking = _("缺少{without}的登记人口或答卷信息，未按其加权。")
    return running(
        sentence, lacking.format(without=_("、").join(names[name] for name in found.without))
    )


def _margins(
    people: pd.DataFrame, lives: Register
) -> list[tuple[str, pd.Series, dict[str, float]]]:
    """Name, everybody's label, and label → people; only what is known for all communities."""
    places = [place for place in people["community"].unique() if place in lives["residents"]]
    found: list[tuple[str, pd.Series, dict[str, float]]] = []
    residents = {place: float(lives["residents"][place]) for place in places}
    found.append((COMMUNITY, people["community"], residents))
    for name, column, groups in ((SEX, "sex", SEXES), (AGE, "age_group", AGE_GROUPS)):
        if places and all(place in lives[group] for group in groups for place in places):
            counts = {
                group: float(sum(lives[group][place] for place in places)) for group in groups
            }
            found.append((name, people[column], counts))
    return found


def _cells(
    labels: pd.Series, base: NDArray[np.float64], counts: Mapping[str, float]
) -> tuple[NDArray[np.intp], dict[int, float]] | None:
    """Everybody's cell and the cells' shares of the whole; None where a cell has nobody.

    Labels that the register does not have make one cell more, which keeps its share.
    """
    known = [label for label, count in counts.items() if count > 0]
    if not known:
        return None
    cell = pd.Index(known).get_indexer(labels)
    weight = np.bincount(cell + 1, weights=base, minlength=len(known) + 1) / base.sum()
    unknown = weight[0]
    if not (weight[1:] > 0).all() or unknown > 0.5:
        return None
    total = sum(counts[label] for label in known)
    shares = {place: counts[label] / total * (1 - unknown) for place, label in enumerate(known)}
    return cell, shares | ({-1: float(unknown)} if unknown else {})


def _brought(
    base: NDArray[np.float64],
    columns: dict[str, NDArray[np.intp]],
    margins: dict[str, dict[int, float]],
) -> tuple[NDArray[np.float64], tuple[str, ...]]:
    """The weights brought to the margins, and to which."""
    if not columns:
        return base, ()
    try:
        return rake(base, columns, margins), tuple(columns)
    except ValueError:
        # Sex and age contradict the communities; what a community weighs comes first.
        first = next(iter(columns))
        return post_stratify(base, columns[first], margins[first]), (first,)
