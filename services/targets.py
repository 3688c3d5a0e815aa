"""目标: what a year is to bring, set by an administrator for the subdistrict or one community."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from db.engine import Session
from db.reads import targets as reads
from db.writes import targets as writes
from db.writes.log import log_change
from services.catalogue import Catalogue, Measure, catalogue
from services.entries import check_quantity, gathered, quantity
from services.errors import InvalidEntry
from services.formats import exact
from services.i18n import _
from services.permissions import CurrentUser, require
from services.satisfaction import OVERALL, SUBDISTRICT
from services.writing import author_of

HIGHEST = 100  # points of a score, per cent of a share
Values = Mapping[str, Decimal | None]  # indicator → target, None for none
Targets = Mapping[tuple[str, str], float]  # (indicator, community) → target


@dataclass(frozen=True)
class Indicator:
    """What can have a target: a score (at most 100), the share of a group that a measure reaches,
    or its total over the year."""

    code: str
    label: str
    unit: str
    whole: bool
    is_score: bool
    domain: str  # "" for the overall score
    is_share: bool = False  # of a population group, in per cent


def score_indicator(subject: str) -> str:
    """The indicator of a subject's score: satisfaction_overall, satisfaction_<domain>."""
    return f"satisfaction_{subject}"


def coverage_indicator(measure: Measure) -> str:
    """The indicator of the share of its group that a measure reaches, in per cent."""
    return f"coverage_{measure.code}"


def indicators(lists: Catalogue) -> tuple[Indicator, ...]:
    """Scores first, overall and by domain, then shares, then the measures, in the catalogue's
    order."""
    subjects = {OVERALL: _("总体满意度")} | {
        domain.code: _("{domain}满意度").format(domain=domain.label) for domain in lists.domains
    }
    scores = tuple(
        Indicator(
            score_indicator(subject), label, _("分"), False, True, subject.replace(OVERALL, "")
        )
        for subject, label in subjects.items()
    )
    shares = tuple(
        Indicator(
            coverage_indicator(measure),
            _("{measure}覆盖率").format(measure=measure.label),
            "%",
            False,
            False,
            measure.domain,
            True,
        )
        for measure in lists.measures
        if measure.population_group
    )
    totals = tuple(
        Indicator(
            measure.code, measure.label, measure.unit_label, measure.whole, False, measure.domain
        )
        for measure in lists.measures
    )
    return scores + shares + totals


def targets_of(session: Session, year: int) -> Targets:
    """All targets of a year; community "" is the whole subdistrict."""
    return {
        (row.indicator_code, row.community_code): float(row.value)
        for row in reads.targets(session, year)
    }


def targets_at(session: Session, communities: Sequence[str], year: int) -> dict[str, float]:
    """Indicator → target of the one community chosen, of the whole subdistrict where none is; a
    choice of several has none."""
    if len(communities) > 1:
        return {}
    place = communities[0] if communities else SUBDISTRICT
    return {
        indicator: value
        for (indicator, community), value in targets_of(session, year).items()
        if community == place
    }


def set_targets(
    session: Session, community: str, year: int, values: Values, user: CurrentUser, now: datetime
) -> int:
    """Set, change or clear (None) targets of one place and year; how many are now different.

    Community "" is the whole subdistrict. An indicator left out keeps its target. InvalidEntry
    names the indicator as its field.
    """
    require(user, "manage_catalogue")
    lists = catalogue(session)
    if community != SUBDISTRICT:
        lists.community(community)
    known = {indicator.code: indicator for indicator in indicators(lists)}
    before = {
        row.indicator_code: row.value
        for row in reads.targets(session, year)
        if row.community_code == community
    }
    changed = [code for code, value in values.items() if value != before.get(code)]
    with gathered() as part:
        for code in changed:
            part(check_target, known.get(code), values[code])
    for code in changed:
        writes.replace_target(session, code, community, year, values[code])
        log_change(
            session,
            author_of(user, now),
            "set" if values[code] is not None else "clear",
            "target",
            log_key(code, community, year),
            before=_logged(before.get(code)),
            after=_logged(values[code]),
        )
    return len(changed)


def log_key(code: str, community: str, year: int) -> str:
    """What the change log calls a target."""
    return f"{code}/{community}/{year}"


def read_target(text: str, indicator: Indicator) -> Decimal | None:
    """What was typed into the indicator's field; InvalidEntry, with the indicator as its field."""
    unit, field = (indicator.unit,), indicator.code
    value = quantity(text, indicator.label, whole=indicator.whole, unit=unit, field=field)
    check_target(indicator, value)
    return value


def check_target(indicator: Indicator | None, value: Decimal | None) -> None:
    """InvalidEntry, with the indicator as its field, for a target that cannot be."""
    if indicator is None:
        raise InvalidEntry(_("没有这个指标，请重新选择。"))
    if value is None:
        return
    check_quantity(value, indicator.label, whole=indicator.whole, field=indicator.code)
    if value == 0:
        raise InvalidEntry(
            _("“{label}”的目标要大于 0；不设目标请留空。").format(label=indicator.label),
            indicator.code,
        )
    if (indicator.is_score or indicator.is_share) and value > HIGHEST:
        raise InvalidEntry(
            _("“{label}”的目标不能超过 {most} {unit}。").format(
                label=indicator.label, most=HIGHEST, unit=indicator.unit
            ),
            indicator.code,
        )


def _logged(value: Decimal | None) -> dict[str, str] | None:
    return None if value is None else {"value": exact(value)}
