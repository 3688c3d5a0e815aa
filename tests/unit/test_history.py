"""The history of a thing: every line of the log about it, for those who may see the thing."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from db.engine import Session
from services.admin import places, population
from services.admin.edits import fingerprint
from services.errors import NotPermitted
from services.log.history import history
from services.permissions import ALLOWED, CurrentUser
from services.targets import log_key, set_targets
from tests.activity_cases import person

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def test_a_target_is_named_by_what_where_and_when(session: Session, admin: CurrentUser) -> None:
    for value in (Decimal(60), Decimal(65), None):
        set_targets(session, "c02", 2026, {"coverage_check_ups": value}, admin, NOW)
    keys = (log_key("coverage_check_ups", "c02", 2026), log_key("coverage_check_ups", "", 2026))
    lines = history(session, "target", keys, admin)
    assert [line.action for line in lines] == ["设定", "设定", "清除"]
    assert {line.name for line in lines} == {"老年人免费查体覆盖率 · 乙社区 · 2026"}
    assert lines[1].differences == ("数值：60 → 65",)


def test_population_says_which_group_from_what_to_what(
    session: Session, admin: CurrentUser
) -> None:
    seen = population.population(session, admin, 2026)["c01"]
    typed = tuple((group, "900" if group == "aged_60" else text) for group, text in seen)
    population.change_population(session, admin, "c01", 2026, typed, fingerprint(seen), NOW)
    (line,) = history(session, "population", ("c01/2026",), admin)
    assert (line.name, line.differences) == ("甲社区 · 2026", ("60岁及以上：— → 900",))


def test_several_things_stand_in_the_order_of_what_was_done(
    session: Session, admin: CurrentUser
) -> None:
    codes = tuple(places.add_grid(session, admin, "c01", name, NOW) for name in ("东", "西"))
    assert [line.name for line in history(session, "grid", codes, admin)] == ["东", "西"]
    assert history(session, "grid", (), admin) == ()


@pytest.mark.dialects("sqlite")
@pytest.mark.parametrize("role", ALLOWED)
@pytest.mark.parametrize(
    ("entity", "readers"),
    [
        ("commitment", set(ALLOWED)),
        ("meeting", {"office_staff", "administrator"}),
        ("user", {"administrator"}),
        ("measure", {"administrator"}),
        ("target", {"administrator"}),
        ("session", {"administrator"}),
    ],
)
def test_who_may_see_the_thing_may_read_its_history(
    session: Session, role: str, entity: str, readers: set[str]
) -> None:
    user = person(session, role, "c01" if role == "community_staff" else None)
    if role in readers:
        assert history(session, entity, ("x",), user) == ()
    else:
        with pytest.raises(NotPermitted):
            history(session, entity, ("x",), user)
