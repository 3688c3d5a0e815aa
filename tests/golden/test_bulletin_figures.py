"""The source bulletin's figures, loaded as records, come back in its own words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import Engine, FromClause, func, select

from db import rollups
from db.engine import Session
from db.models import (
    Activity,
    ActivityMeasure,
    ActivityMonth,
    ActivityWeek,
    Base,
    CommunityGroup,
    QuantityMonth,
)
from services import kpis
from services.catalogue import catalogue
from services.filters import Filters
from services.meetings import Rules
from services.meetings.texts import bulletin_of_period
from services.periods import Period
from services.permissions import CurrentUser
from services.settings import ROOT, Thresholds, load_settings
from services.views import View
from tests.conftest import load

TODAY = date(2023, 10, 28)
SINCE = date(2023, 9, 1)
VIEW = View(Filters(Period(SINCE, "since", TODAY)), TODAY, Thresholds())

# Measure, what the records add up to, and how the bulletin of 28 October 2023 says it.
BULLETIN = (
    ("litter_spots", "126", "120余处"),
    ("household_waste", "172.5", "170余吨"),
    ("bulky_waste", "6.2", "约6吨"),
    ("vehicle_trips", "63", "60余台次"),
    ("leaflets", "3068", "3000余份"),
    ("consultations", "3046", "3000余名"),
    ("free_clinics", "24", "20多场"),
    ("home_visits", "48", "近50次"),
    ("health_talks", "33", "30多场"),
    ("health_leaflets", "5036", "5000多份"),
)


@pytest.mark.parametrize(("measure", "recorded", "words"), BULLETIN)
def test_the_running_total_says_what_the_bulletin_says(
    demo: Session, measure: str, recorded: str, words: str
) -> None:
    totals = kpis.running_totals(demo, VIEW, catalogue(demo))
    found = {total.measure.code: total for total in totals}
    assert found[measure].quantity == float(recorded)
    assert found[measure].phrase == words


@pytest.mark.parametrize(("measure", "recorded", "words"), BULLETIN)
def test_the_records_themselves_add_up_to_the_figure(
    demo: Session, measure: str, recorded: str, words: str
) -> None:
    """Each record once, void ones left out, without any kept sums in between."""
    quantities = demo.scalars(
        select(ActivityMeasure.quantity)
        .join(Activity, Activity.id == ActivityMeasure.activity_id)
        .where(
            ActivityMeasure.measure_code == measure,
            Activity.first_day.between(SINCE, TODAY),
            Activity.state == "recorded",
        )
    ).all()
    assert sum(quantities) == Decimal(recorded), words
    assert len(quantities) >= 10, "a figure is spread over many activities"


PROSE = {
    "environment": "截至目前，累计清理乱堆乱放120余处，清运生活垃圾170余吨，清理杂物约6吨，"
    "出动车辆60余台次。",
    "safety": "截至目前，累计发放宣传资料3000余份，群众参与咨询3000余名。",
    "health": "义诊20多场，上门义诊近50次，健康知识讲座30多场，健康宣教资料5000多份。",
}


def test_the_bulletin_writes_the_figures_as_the_source_did(demo: Session) -> None:
    settings = load_settings(ROOT / "config.toml", {})
    reader = CurrentUser(0, "", "", "official", None, "zh")
    rules = Rules(settings.thresholds, settings.feedback)
    said = bulletin_of_period(demo, VIEW, reader, rules, "")
    written = {one.part: one for one in said.paragraphs}
    assert list(written) == ["opening", *(domain.code for domain in catalogue(demo).domains)]
    for part, sentence in PROSE.items():
        assert sentence in written[part].text
    linked = {segment.link: segment for one in said.paragraphs for segment in one.segments}
    numbers = {link.rpartition("&measure=")[2]: segment for link, segment in linked.items()}
    for measure, recorded, words in BULLETIN:
        assert (numbers[measure].text, numbers[measure].exact) == (words, float(recorded))


def test_a_joint_activity_counts_once_in_the_subdistrict(demo: Session) -> None:
    whole = kpis.totals(demo, VIEW)
    places = [place.code for place in catalogue(demo).communities]
    singly = [kpis.totals(demo, VIEW.only(place)) for place in places]
    sizes = demo.scalars(
        select(CommunityGroup.size)
        .join(Activity, Activity.group_id == CommunityGroup.id)
        .where(Activity.first_day.between(SINCE, TODAY), Activity.state == "recorded")
    ).all()
    assert whole.activities == len(sizes)
    assert whole.joint == sum(size > 1 for size in sizes) > 10
    assert sum(total.activities for total in singly) == sum(sizes) > whole.activities
    assert kpis.totals(demo, VIEW.only(*places)) == whole


def test_quantities_of_single_communities_exceed_the_total_only_where_activities_were_joint(
    demo: Session,
) -> None:
    whole = kpis.quantity_sums(demo, VIEW).set_index("measure_code")["quantity"]
    by_place = kpis.quantity_sums(demo, VIEW, ("community_code",))
    singly = by_place.groupby("measure_code")["quantity"].sum()
    joint = set(
        demo.scalars(
            select(ActivityMeasure.measure_code)
            .join(Activity, Activity.id == ActivityMeasure.activity_id)
            .join(CommunityGroup, CommunityGroup.id == Activity.group_id)
            .where(
                Activity.first_day.between(SINCE, TODAY),
                Activity.state == "recorded",
                CommunityGroup.size > 1,
            )
        )
    )
    assert {"litter_spots", "leaflets", "consultations"} <= joint
    for measure, total in whole.items():
        if measure in joint:
            assert singly[measure] > total + 0.05
        else:
            assert singly[measure] == pytest.approx(total)


def test_the_kept_sums_are_those_of_the_records(demo_engine: Engine) -> None:
    tables = [model.__table__ for model in (ActivityMonth, QuantityMonth, ActivityWeek)]
    with Session(demo_engine.execution_options(minyi_write=True)) as session:
        before = [dump(session, table) for table in tables]
        rollups.rebuild(session)
        assert [dump(session, table) for table in tables] == before
        counted = session.scalar(select(func.sum(ActivityMonth.activities)))
        recorded = session.scalar(select(func.count()).where(Activity.state == "recorded"))
        assert counted == recorded > 3000
        session.rollback()


@pytest.mark.dialects("sqlite")
def test_two_loads_are_identical(demo: Session, empty_engine: Engine) -> None:
    load(empty_engine)
    with Session(empty_engine) as again:
        assert_identical(demo, again)


@pytest.mark.dialects("postgresql")
def test_a_load_is_the_same_on_either_dialect(demo: Session, demo_file_engine: Engine) -> None:
    with Session(demo_file_engine) as other:
        assert_identical(demo, other)


def assert_identical(one: Session, other: Session) -> None:
    """All rows of all tables, numbers, moments and log included."""
    for table in Base.metadata.sorted_tables:
        assert dump(one, table) == dump(other, table), table.name


def dump(session: Session, table: FromClause) -> list[str]:
    """All rows of a table in an order of their own."""
    return sorted(repr(tuple(row)) for row in session.execute(select(*table.columns)))
