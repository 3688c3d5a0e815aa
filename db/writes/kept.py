"""Write the lists an administrator keeps: rows are added, changed, put in order; what a file added
is taken out with it as long as nothing refers to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from db import rollups
from db.models import (
    ActivityType,
    ActivityTypeMeasure,
    Community,
    FeedbackChannel,
    FeedbackTopic,
    Grid,
    Measure,
    PartnerKind,
    PopulationCount,
    PopulationGroup,
    Subdistrict,
)
from db.writes.log import Author, log_change

TABLES: Mapping[str, Any] = {
    "community": Community,
    "grid": Grid,
    "activity_type": ActivityType,
    "measure": Measure,
    "partner_kind": PartnerKind,
    "feedback_topic": FeedbackTopic,
    "feedback_channel": FeedbackChannel,
    "population_group": PopulationGroup,
}
# What is said of a row but is no column of it: its rank among its like, the measures it offers.
_ASIDE = ("position", "offers")


def add(
    session: Session,
    author: Author,
    entity: str,
    code: str,
    fixed: Mapping[str, Any],
    facts: Mapping[str, Any],
) -> None:
    """Add a row at the end of its list. `fixed` columns never change, `facts` may later."""
    table = TABLES[entity]
    last = session.scalar(select(func.max(table.position)))
    columns = {name: value for name, value in facts.items() if name not in _ASIDE}
    if entity == "community":
        columns["subdistrict_code"] = session.scalars(select(Subdistrict.code)).first()
    session.add(table(code=code, position=0 if last is None else last + 1, **fixed, **columns))
    session.flush()
    if "offers" in facts:
        _replace_offers(session, code, facts["offers"])
    log_change(session, author, "add", entity, code, after=_logged({**fixed, **facts}))


def change(
    session: Session,
    author: Author,
    entity: str,
    code: str,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    order: Sequence[str],
) -> None:
    """Make a row state `after`. `order`: the codes of its like as they shall follow, or none."""
    row = session.get_one(TABLES[entity], code)
    differs = [name for name in after if after[name] != before[name]]
    for name in differs:
        if name not in _ASIDE:
            setattr(row, name, after[name])
    session.flush()
    if "offers" in differs:
        _replace_offers(session, code, after["offers"])
    if "rhythm" in differs:
        rollups.rebuild_weeks(session, code)
    if order:
        _arrange(session, entity, order)
    action = "change"
    if differs == ["active"]:
        action = "reactivate" if after["active"] else "deactivate"
    log_change(
        session,
        author,
        action,
        entity,
        code,
        before=_logged({name: before[name] for name in differs}),
        after=_logged({name: after[name] for name in differs}),
    )


def remove(
    session: Session,
    author: Author,
    entity: str,
    code: str,
    facts: Mapping[str, Any],
    reason: str,
) -> None:
    """Take out a row that nothing refers to; the log keeps all that it said."""
    session.delete(session.get_one(TABLES[entity], code))
    session.flush()
    log_change(session, author, "clear", entity, code, before=_logged(facts), reason=reason)


def replace_population(
    session: Session, author: Author, community: str, year: int, counts: Mapping[str, int | None]
) -> None:
    """Put these people of groups in place of a year's; None takes a group out. Nothing is written
    where nothing differs."""
    key = (PopulationCount.community_code == community, PopulationCount.year == year)
    before = {
        row.population_group: row.count
        for row in session.scalars(select(PopulationCount).where(*key))
    }
    differs = [group for group, count in counts.items() if count != before.get(group)]
    if not differs:
        return
    for group in differs:
        if counts[group] is None:
            session.execute(
                delete(PopulationCount).where(*key, PopulationCount.population_group == group)
            )
        else:
            session.merge(
                PopulationCount(
                    community_code=community,
                    year=year,
                    population_group=group,
                    count=counts[group],
                )
            )
    session.flush()
    log_change(
        session,
        author,
        "change",
        "population",
        f"{community}/{year}",
        before={group: before.get(group) for group in differs},
        after={group: counts[group] for group in differs},
    )


def _arrange(session: Session, entity: str, order: Sequence[str]) -> None:
    """Hand the places these rows have out anew, in this order."""
    rows = {code: session.get_one(TABLES[entity], code) for code in order}
    lowest = -1
    for code, place in zip(order, sorted(row.position for row in rows.values()), strict=True):
        lowest = max(place, lowest + 1)
        rows[code].position = lowest
    session.flush()


def _replace_offers(session: Session, code: str, measures: Sequence[str]) -> None:
    session.execute(delete(ActivityTypeMeasure).where(ActivityTypeMeasure.type_code == code))
    session.add_all(
        ActivityTypeMeasure(type_code=code, measure_code=measure, position=position)
        for position, measure in enumerate(measures)
    )
    session.flush()


def _logged(facts: Mapping[str, Any]) -> dict[str, Any]:
    """As JSON has it."""
    return {name: _plain(value) for name, value in facts.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value
