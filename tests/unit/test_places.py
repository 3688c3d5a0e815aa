"""Communities, grids and population as administrators keep them; and by whom not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from db.engine import Session
from db.models import Change
from db.reads import catalogue as reads
from services.admin import places, population
from services.admin.edits import fingerprint
from services.admin.places import GridFacts
from services.catalogue import catalogue
from services.errors import Conflict, InvalidEntry, NotFound, NotPermitted
from services.permissions import CurrentUser
from tests.activity_cases import person

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def names(session: Session, admin: CurrentUser) -> list[str]:
    return [one.name for one in places.communities(session, admin).values()]


def change(session: Session, admin: CurrentUser, code: str, **changes: object) -> None:
    facts = places.communities(session, admin)[code]
    typed = replace(facts, **changes)  # type: ignore[arg-type]
    places.change_community(session, admin, code, typed, fingerprint(facts), NOW)


def state(
    session: Session, admin: CurrentUser, year: int = 2026, community: str = "c01", **typed: str
) -> None:
    """Type figures over those of a year."""
    facts = population.population(session, admin, year)[community]
    counts = tuple((group, typed.get(group, text)) for group, text in facts)
    population.change_population(session, admin, community, year, counts, fingerprint(facts), NOW)


def last_line(session: Session) -> Change:
    session.flush()
    line = session.scalars(select(Change).order_by(Change.id.desc())).first()
    assert line is not None
    return line


ACTIONS: dict[str, Callable[[Session, CurrentUser], object]] = {
    "list": places.communities,
    "grids": lambda session, by: places.grids(session, by, "c01"),
    "add": lambda session, by: places.add_community(session, by, "丁社区", "", NOW),
    "change": lambda session, by: places.change_community(
        session, by, "c01", places.CommunityFacts("x", "", 1, True), "", NOW
    ),
    "add grid": lambda session, by: places.add_grid(session, by, "c01", "x", NOW),
    "change grid": lambda session, by: places.change_grid(
        session, by, "c01", "c01-g01", GridFacts("x", 1), "", NOW
    ),
    "people": lambda session, by: population.population(session, by, 2026),
    "change people": lambda session, by: population.change_population(
        session, by, "c01", 2026, (), "", NOW
    ),
}


@pytest.mark.dialects("sqlite")
@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("role", ["official", "community_staff", "office_staff"])
def test_nobody_but_an_administrator_keeps_places(session: Session, action: str, role: str) -> None:
    own = "c01" if role == "community_staff" else None
    user = person(session, role, own)
    with pytest.raises(NotPermitted):
        ACTIONS[action](session, user)
    session.flush()
    assert session.scalars(select(Change)).all() == []


def test_a_new_community_comes_last_under_a_code_of_its_own(
    session: Session, admin: CurrentUser
) -> None:
    code = places.add_community(session, admin, " 丁社区 ", "Ding", NOW)
    assert code == "p001"
    assert places.add_community(session, admin, "戊社区", "", NOW) == "p002"
    assert names(session, admin) == ["甲社区", "乙社区", "丙社区", "丁社区", "戊社区"]
    assert catalogue(session).community(code).name == "丁社区"
    assert last_line(session).after == {
        "name": "戊社区", "name_en": "", "position": 5, "active": True,
    }  # fmt: skip


@pytest.mark.parametrize("name", ["", "  ", "乙社区", "长" * 121])
def test_a_name_that_cannot_be_is_refused(session: Session, admin: CurrentUser, name: str) -> None:
    with pytest.raises(InvalidEntry) as refused:
        places.add_community(session, admin, name, "", NOW)
    assert refused.value.field == "name"
    with pytest.raises(InvalidEntry):
        change(session, admin, "c01", name=name)


def test_a_community_is_renamed_and_keeps_its_code(session: Session, admin: CurrentUser) -> None:
    change(session, admin, "c01", name="甲新社区", name_en="New")
    assert catalogue(session).community("c01").name == "甲新社区"
    line = last_line(session)
    assert (line.action, line.entity, line.entity_key) == ("change", "community", "c01")
    assert line.before == {"name": "甲社区", "name_en": "Jia"}
    assert line.after == {"name": "甲新社区", "name_en": "New"}


@pytest.mark.parametrize(
    ("code", "rank", "order"),
    [
        ("c01", 3, ["乙社区", "丙社区", "甲社区"]),
        ("c03", 1, ["丙社区", "甲社区", "乙社区"]),
        ("c02", 99, ["甲社区", "丙社区", "乙社区"]),
        ("c02", 0, ["乙社区", "甲社区", "丙社区"]),
    ],
)
def test_a_community_is_moved_in_the_list(
    session: Session, admin: CurrentUser, code: str, rank: int, order: list[str]
) -> None:
    change(session, admin, code, position=rank)
    assert names(session, admin) == order
    assert [place.name for place in catalogue(session).communities] == order


def test_a_closed_community_is_offered_no_more_and_can_come_back(
    session: Session, admin: CurrentUser
) -> None:
    change(session, admin, "c02", active=False)
    assert [one.code for one in catalogue(session).active_communities] == ["c01", "c03"]
    assert last_line(session).action == "deactivate"
    change(session, admin, "c02", active=True)
    assert len(catalogue(session).active_communities) == 3
    assert last_line(session).action == "reactivate"


def test_of_two_who_change_one_community_the_later_is_told(
    session: Session, admin: CurrentUser
) -> None:
    facts = places.communities(session, admin)["c01"]
    change(session, admin, "c01", name="甲新社区")
    with pytest.raises(Conflict):
        places.change_community(session, admin, "c01", facts, fingerprint(facts), NOW)


def test_saving_what_is_there_already_logs_nothing(session: Session, admin: CurrentUser) -> None:
    change(session, admin, "c01")
    state(session, admin)
    session.flush()
    assert session.scalars(select(Change)).all() == []


def test_grids_are_added_renamed_and_moved(session: Session, admin: CurrentUser) -> None:
    code = places.add_grid(session, admin, "c01", "第三网格", NOW)
    assert code == "c01-p001"
    known = places.grids(session, admin, "c01")
    assert [one.name for one in known.values()] == ["第一网格", "第二网格", "第三网格"]
    places.change_grid(
        session, admin, "c01", code, GridFacts("新网格", 1), fingerprint(known[code]), NOW
    )
    known = places.grids(session, admin, "c01")
    assert [one.name for one in known.values()] == ["新网格", "第一网格", "第二网格"]
    assert [one.name for one in places.grids(session, admin, "c02").values()] == ["第一网格"]


def test_a_grid_is_looked_for_in_its_community_only(session: Session, admin: CurrentUser) -> None:
    facts = places.grids(session, admin, "c01")["c01-g01"]
    with pytest.raises(NotFound):
        places.change_grid(session, admin, "c02", "c01-g01", facts, fingerprint(facts), NOW)
    with pytest.raises(InvalidEntry):
        places.add_grid(session, admin, "c01", "第一网格", NOW)
    with pytest.raises(NotFound):
        places.add_grid(session, admin, "c99", "第一网格", NOW)


def test_population_is_stated_changed_and_cleared_year_by_year(
    session: Session, admin: CurrentUser
) -> None:
    state(session, admin, residents="8,200", aged_60="１５００")
    state(session, admin, year=2025, residents="8000")
    assert reads.population(session, "residents", 2026) == {"c01": 8200}
    assert reads.population(session, "aged_60", 2026) == {"c01": 1500}
    assert reads.population(session, "residents", 2025) == {"c01": 8000}
    state(session, admin, aged_60="")
    assert reads.population(session, "aged_60", 2026) == {}
    line = last_line(session)
    assert (line.entity, line.entity_key) == ("population", "c01/2026")
    assert (line.before, line.after) == ({"aged_60": 1500}, {"aged_60": None})


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"residents": "很多"}, "residents"),
        ({"residents": "-1"}, "residents"),
        ({"residents": "1.5"}, "residents"),
        ({"residents": "nan"}, "residents"),
        ({"residents": "99999999"}, "residents"),
        ({"residents": "100", "aged_60": "101"}, "aged_60"),
        ({"residents": "0", "male": "1"}, "male"),
    ],
)
def test_a_figure_that_cannot_be_names_its_field(
    session: Session, admin: CurrentUser, typed: dict[str, str], field: str
) -> None:
    with pytest.raises(InvalidEntry) as refused:
        state(session, admin, **typed)
    assert refused.value.field == field
    assert reads.population_of_year(session, 2026) == {}


def test_of_two_who_state_one_year_the_later_is_told(session: Session, admin: CurrentUser) -> None:
    shown = population.population(session, admin, 2026)["c01"]
    state(session, admin, residents="8200")
    with pytest.raises(Conflict):
        population.change_population(session, admin, "c01", 2026, shown, fingerprint(shown), NOW)
    assert reads.population(session, "residents", 2026) == {"c01": 8200}


@pytest.mark.parametrize(("community", "year"), [("c99", 2026), ("c01", 1999), ("c01", 2100)])
def test_population_of_nowhere_and_never_is_refused(
    session: Session, admin: CurrentUser, community: str, year: int
) -> None:
    with pytest.raises((InvalidEntry, NotFound)):
        population.change_population(session, admin, community, year, (), "", NOW)
