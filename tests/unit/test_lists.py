"""The catalogue as administrators keep it: types, measures, partner kinds; and by whom not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import select

from db.engine import Session
from db.models import ActivityWeek, Change
from services.admin import lists
from services.admin.edits import fingerprint
from services.admin.list_facts import MeasureFacts, PartnerFacts, TypeFacts
from services.catalogue import catalogue
from services.errors import Conflict, InvalidEntry, NotFound, NotPermitted
from services.log import changes
from services.log.changes import Asked
from services.permissions import CurrentUser
from tests.activity_cases import person
from tests.builders import add_activity

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
TYPE = TypeFacts("义务植树", "Tree planting", "weekly", 6, ("litter_spots",), 1, True)
MEASURE = MeasureFacts(
    "栽种树木", "Trees planted", "places", "栽种并成活的树木。", "", "棵", "多", "", "more", 1, True
)


def change_type(session: Session, admin: CurrentUser, code: str, **changes: object) -> None:
    facts = lists.lists(session, admin).types[code]
    typed = replace(facts, **changes)  # type: ignore[arg-type]
    lists.change_type(session, admin, code, typed, fingerprint(facts), NOW)


def change_measure(session: Session, admin: CurrentUser, code: str, **changes: object) -> None:
    facts = lists.lists(session, admin).measures[code]
    typed = replace(facts, **changes)  # type: ignore[arg-type]
    lists.change_measure(session, admin, code, typed, fingerprint(facts), NOW)


ACTIONS: dict[str, Callable[[Session, CurrentUser], object]] = {
    "list": lists.lists,
    "add type": lambda session, by: lists.add_type(session, by, "environment", TYPE, NOW),
    "change type": lambda session, by: lists.change_type(session, by, "tai_chi", TYPE, "", NOW),
    "add measure": lambda session, by: lists.add_measure(session, by, "environment", MEASURE, NOW),
    "change measure": lambda session, by: lists.change_measure(
        session, by, "leaflets", MEASURE, "", NOW
    ),
    "add partner": lambda session, by: lists.add_partner_kind(session, by, "商户", "", NOW),
    "change partner": lambda session, by: lists.change_partner_kind(
        session, by, "volunteer", PartnerFacts("x", "", 1), "", NOW
    ),
}


@pytest.mark.dialects("sqlite")
@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("role", ["official", "community_staff", "office_staff"])
def test_nobody_but_an_administrator_keeps_the_catalogue(
    session: Session, action: str, role: str
) -> None:
    own = "c01" if role == "community_staff" else None
    user = person(session, role, own)
    with pytest.raises(NotPermitted):
        ACTIONS[action](session, user)
    session.flush()
    assert session.scalars(select(Change)).all() == []


def test_a_new_type_is_offered_with_its_measures_at_the_end_of_its_domain(
    session: Session, admin: CurrentUser
) -> None:
    code = lists.add_type(session, admin, "environment", TYPE, NOW)
    assert code == "type_001"
    offered = catalogue(session).types_of("environment")[-1]
    assert (offered.code, offered.label, offered.weekday) == (code, "义务植树", 6)
    assert offered.measures == ("litter_spots",)


def test_every_kept_type_can_be_saved_as_it_is(session: Session, admin: CurrentUser) -> None:
    kept = lists.lists(session, admin)
    for code in kept.types:
        change_type(session, admin, code)
    for code in kept.measures:
        change_measure(session, admin, code)
    session.flush()
    assert session.scalars(select(Change)).all() == []


def test_a_type_is_renamed_and_given_other_measures_in_another_order(
    session: Session, admin: CurrentUser
) -> None:
    offers = ("vehicle_trips", "litter_spots")
    change_type(session, admin, "wednesday_cleanup", label="周三清洁日", offers=offers)
    kind = catalogue(session).type("wednesday_cleanup")
    assert (kind.label, kind.measures) == ("周三清洁日", offers)
    line = changes.lines(session, admin, Asked(kind="activity_type"))[0]
    assert line.differences[0].endswith("→ 周三清洁日")
    assert line.differences[1].endswith("→ 出动车辆、清理乱堆乱放")


def test_a_type_moves_within_its_domain_only(session: Session, admin: CurrentUser) -> None:
    def order(domain: str) -> list[str]:
        return [kind.code for kind in catalogue(session).types_of(domain)]

    culture, health = order("culture"), order("health")
    change_type(session, admin, culture[-1], position=1)
    assert order("culture") == [culture[-1], *culture[:-1]]
    assert order("health") == health


def test_a_type_out_of_use_is_offered_no_more(session: Session, admin: CurrentUser) -> None:
    change_type(session, admin, "tai_chi", active=False)
    assert "tai_chi" not in [kind.code for kind in catalogue(session).types_of("culture")]
    assert catalogue(session).type("tai_chi").label
    change_type(session, admin, "tai_chi", active=True)
    assert "tai_chi" in [kind.code for kind in catalogue(session).types_of("culture")]


def weeks(session: Session, code: str) -> list[tuple[date, str, int]]:
    rows = session.execute(
        select(ActivityWeek.week, ActivityWeek.community_code, ActivityWeek.activities).where(
            ActivityWeek.type_code == code
        )
    )
    return [tuple(row) for row in rows]


def test_weeks_are_counted_as_soon_as_a_type_is_weekly_and_no_longer_than_it_is(
    session: Session, admin: CurrentUser
) -> None:
    add_activity(session, "tai_chi", date(2026, 2, 25), "c01", communities=["c02"])
    add_activity(session, "tai_chi", date(2026, 2, 26), "c01")
    assert weeks(session, "tai_chi") == []
    change_type(session, admin, "tai_chi", rhythm="weekly", weekday=3)
    assert sorted(weeks(session, "tai_chi")) == [
        (date(2026, 2, 23), "c01", 2), (date(2026, 2, 23), "c02", 1),
    ]  # fmt: skip
    change_type(session, admin, "tai_chi", rhythm="irregular")
    assert weeks(session, "tai_chi") == []
    assert lists.lists(session, admin).types["tai_chi"].weekday is None


@pytest.mark.parametrize(
    ("changes_", "field"),
    [
        ({"label": " "}, "label"),
        ({"label": "广场舞大赛"}, "label"),
        ({"rhythm": "daily"}, "rhythm"),
        ({"rhythm": "weekly", "weekday": 8}, "weekday"),
        ({"offers": ("no_such",)}, "offers"),
        ({"offers": ("leaflets",)}, "offers"),
        ({"offers": ("performances", "performances")}, "offers"),
    ],
)
def test_a_type_that_cannot_be_names_its_field(
    session: Session, admin: CurrentUser, changes_: dict[str, object], field: str
) -> None:
    with pytest.raises(InvalidEntry) as refused:
        change_type(session, admin, "tai_chi", **changes_)
    assert refused.value.field == field
    typed = replace(TYPE, **({"offers": ()} | changes_))  # type: ignore[arg-type]
    with pytest.raises(InvalidEntry):
        lists.add_type(session, admin, "culture", typed, NOW)


def test_of_two_who_change_one_type_the_later_is_told(session: Session, admin: CurrentUser) -> None:
    facts = lists.lists(session, admin).types["tai_chi"]
    change_type(session, admin, "tai_chi", label="太极")
    with pytest.raises(Conflict):
        lists.change_type(session, admin, "tai_chi", facts, fingerprint(facts), NOW)


def test_a_new_measure_can_be_offered_by_a_type(session: Session, admin: CurrentUser) -> None:
    code = lists.add_measure(session, admin, "environment", MEASURE, NOW)
    assert code == "measure_001"
    change_type(session, admin, "wednesday_cleanup", offers=(code,))
    measure = catalogue(session).measure(code)
    assert (measure.label, measure.unit_label, measure.counter) == ("栽种树木", "处", "棵")


def test_a_unit_is_fixed_once_a_quantity_was_recorded(session: Session, admin: CurrentUser) -> None:
    change_measure(session, admin, "litter_spots", unit_code="times")
    add_activity(session, "wednesday_cleanup", date(2026, 2, 25), "c01", {"litter_spots": 3})
    assert lists.lists(session, admin).in_use == {"litter_spots"}
    with pytest.raises(InvalidEntry, match="单位不能再改") as refused:
        change_measure(session, admin, "litter_spots", unit_code="places")
    assert refused.value.field == "unit_code"
    change_measure(session, admin, "litter_spots", label="清理点位", more_word="多")
    assert catalogue(session).measure("litter_spots").label == "清理点位"


@pytest.mark.dialects("sqlite")
@pytest.mark.parametrize(
    ("changes_", "field"),
    [
        ({"label": ""}, "label"),
        ({"label": "出动车辆"}, "label"),
        ({"unit_code": "miles"}, "unit_code"),
        ({"definition": "  "}, "definition"),
        ({"definition": "长" * 501}, "definition"),
        ({"counter": "长" * 11}, "counter"),
        ({"more_word": "近"}, "more_word"),
        ({"better": "bigger"}, "better"),
        ({"population_group": "nobody"}, "population_group"),
    ],
)
def test_a_measure_that_cannot_be_names_its_field(
    session: Session, admin: CurrentUser, changes_: dict[str, object], field: str
) -> None:
    with pytest.raises(InvalidEntry) as refused:
        change_measure(session, admin, "litter_spots", **changes_)
    assert refused.value.field == field
    with pytest.raises(InvalidEntry):
        lists.add_measure(session, admin, "environment", replace(MEASURE, **changes_), NOW)


def test_partner_kinds_are_added_renamed_and_moved(session: Session, admin: CurrentUser) -> None:
    code = lists.add_partner_kind(session, admin, "沿街商户", "Shops", NOW)
    assert code == "partner_001"
    facts = lists.lists(session, admin).partner_kinds[code]
    typed = PartnerFacts("商户", "Shops", 1)
    lists.change_partner_kind(session, admin, code, typed, fingerprint(facts), NOW)
    assert catalogue(session).partner_kinds[0].label == "商户"
    with pytest.raises(InvalidEntry, match="已经有"):
        lists.add_partner_kind(session, admin, "志愿者", "", NOW)


def test_what_is_not_there_is_not_found(session: Session, admin: CurrentUser) -> None:
    with pytest.raises(NotFound):
        lists.change_type(session, admin, "no_such", TYPE, "", NOW)
    with pytest.raises(NotFound):
        lists.change_measure(session, admin, "no_such", MEASURE, "", NOW)
    with pytest.raises(InvalidEntry):
        lists.add_type(session, admin, "no_such", TYPE, NOW)


def test_a_measure_takes_a_range_that_is_logged_and_can_be_taken_away(
    session: Session, admin: CurrentUser
) -> None:
    change_measure(session, admin, "leaflets", least=Decimal(1), most=Decimal("2500.5"))
    measure = catalogue(session).measure("leaflets")
    assert (measure.least, measure.most) == (1, Decimal("2500.5"))
    logged = session.scalars(select(Change).where(Change.entity_key == "leaflets")).one()
    assert (logged.before, logged.after) == (
        {"least": None, "most": "50000"}, {"least": "1", "most": "2500.5"},
    )  # fmt: skip
    told = changes.lines(session, admin, Asked())[0].differences
    assert told == ("一次最少：— → 1", "一次最多：50000 → 2500.5")
    change_measure(session, admin, "leaflets", least=None, most=None)
    assert catalogue(session).measure("leaflets").most is None


@pytest.mark.parametrize(
    ("least", "most", "field"),
    [(-1, None, "least"), (None, 10**9, "most"), (5, 4, "least"), (None, "0.0001", "most")],
)
def test_a_range_that_no_figure_fits_is_refused(
    session: Session, admin: CurrentUser, least: int | None, most: int | str | None, field: str
) -> None:
    bounds = {
        "least": None if least is None else Decimal(least),
        "most": None if most is None else Decimal(most),
    }
    with pytest.raises(InvalidEntry) as refusal:
        change_measure(session, admin, "leaflets", **bounds)
    assert refusal.value.field == field
