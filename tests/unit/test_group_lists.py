"""Groups of people as administrators keep them: counted, divided by, in workbook and log."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from db import reference
from db.engine import Session
from db.models import Measure, PopulationGroup
from db.reads import catalogue as reads
from db.seed import load_reference_lists
from services import coverage, workbook
from services.admin import group_lists, lists, population
from services.admin.edits import fingerprint
from services.admin.group_lists import ALWAYS
from services.admin.list_facts import GroupFacts
from services.boards.coverage_words import finding
from services.catalogue import catalogue
from services.errors import Conflict, InvalidEntry, NotFound, NotPermitted
from services.filters import Filters
from services.i18n import _, use_language
from services.log.history import history
from services.periods import Period
from services.permissions import CurrentUser
from services.satisfaction import weights
from services.settings import Thresholds
from services.views import View
from services.workbook import Receipt, places_book
from tests.activity_cases import person
from tests.builders import add_activity
from tests.workbook_cases import check, sheet, take

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
NEW = GroupFacts("退役军人", "Veterans", 1, True)
PLACES = workbook.KINDS["places"]
TODAY = date(2023, 10, 28)
VIEW = View(Filters(Period(date(2023, 9, 1), "since", TODAY)), TODAY, Thresholds())


@pytest.fixture
def veterans(session: Session, admin: CurrentUser) -> str:
    return group_lists.add_group(session, admin, NEW, NOW)


def change(session: Session, by: CurrentUser, code: str, **changes: object) -> None:
    known = group_lists.groups_kept(session, by)[code]
    typed = replace(known, **changes)  # type: ignore[arg-type]
    group_lists.change_group(session, by, code, typed, fingerprint(known), NOW)


def state(session: Session, by: CurrentUser, year: int = 2023, **typed: str) -> None:
    facts = population.population(session, by, year)["c01"]
    counts = tuple((group, typed.get(group, text)) for group, text in facts)
    population.change_population(session, by, "c01", year, counts, fingerprint(facts), NOW)


def divide_by(session: Session, by: CurrentUser, measure: str, group: str) -> None:
    known = lists.lists(session, by).measures[measure]
    typed = replace(known, population_group=group)
    lists.change_measure(session, by, measure, typed, fingerprint(known), NOW)


def test_the_built_in_groups_are_there_and_stay_as_they_were_left(
    session: Session, admin: CurrentUser
) -> None:
    codes = [row[0] for row in reference.POPULATION_GROUPS]
    assert list(group_lists.groups_kept(session, admin)) == codes
    change(session, admin, "pupils", label="在校学生", active=True)
    load_reference_lists(session)
    assert list(population.groups(session)) == codes
    assert population.groups(session)["pupils"] == "在校学生"


def test_the_words_of_coverage_know_the_built_in_names() -> None:
    called = {row[0]: row[1:] for row in reference.POPULATION_GROUPS}
    for language, spoken in (("zh", 0), ("en", 1)):
        use_language(language)
        assert called["aged_60"][spoken] == _("60岁及以上")
        assert called["residents"][spoken] == _("常住人口")


def test_a_new_group_comes_last_and_is_counted_by_year(
    session: Session, admin: CurrentUser, veterans: str
) -> None:
    assert veterans == "group_001"
    assert list(population.groups(session))[-1] == veterans
    state(session, admin, residents="1000", group_001="120")
    assert reads.population(session, veterans, 2023) == {"c01": 120}
    lines = history(session, "population", ("c01/2023",), admin)
    assert "退役军人：— → 120" in "".join(lines[-1].differences)
    with pytest.raises(InvalidEntry, match="退役军人”不能多于常住人口") as refused:
        state(session, admin, group_001="1001")
    assert refused.value.field == veterans
    use_language("en")
    assert population.groups(session)[veterans] == "Veterans"


def test_a_measure_reaches_a_group_of_the_offices_own(
    session: Session, admin: CurrentUser, veterans: str
) -> None:
    state(session, admin, residents="1000", group_001="200")
    divide_by(session, admin, "relief_recipients", veterans)
    add_activity(session, "charity_relief", date(2023, 10, 9), "c01", {"relief_recipients": 50})
    known = catalogue(session)
    subject = next(one for one in coverage.subjects(known) if one.code == "relief_recipients")
    found = coverage.reach(coverage.Sums(session, VIEW), subject, known)
    assert found is not None
    assert found.whole.share == pytest.approx(0.25)
    assert "退役军人的 25.0%" in finding(found)
    lines = history(session, "measure", ("relief_recipients",), admin)
    assert "对应人群：— → 退役军人" in lines[-1].differences


def test_a_closed_group_is_asked_for_no_more_and_keeps_its_figures(
    session: Session, admin: CurrentUser, veterans: str
) -> None:
    state(session, admin, residents="1000", group_001="120")
    change(session, admin, veterans, active=False)
    assert veterans not in population.groups(session)
    state(session, admin, residents="1100")
    assert reads.population(session, veterans, 2023) == {"c01": 120}
    with pytest.raises(InvalidEntry, match="请选择对应人群"):
        divide_by(session, admin, "relief_recipients", veterans)
    change(session, admin, veterans, active=True)
    shown = dict(population.population(session, admin, 2023)["c01"])
    assert (shown["residents"], shown[veterans]) == ("1100", "120")


def test_a_group_is_renamed_and_moved_and_its_history_says_so(
    session: Session, admin: CurrentUser, veterans: str
) -> None:
    change(session, admin, veterans, label="退役军人和军属", position=2)
    assert list(population.groups(session))[1] == veterans
    change(session, admin, veterans, active=False)
    lines = history(session, "population_group", (veterans,), admin)
    assert [line.action for line in lines] == ["新增", "更改", "停用"]
    assert {(line.kind, line.name) for line in lines} == {("人群", "退役军人和军属")}
    assert "名称：退役军人 → 退役军人和军属" in lines[1].differences


@pytest.mark.parametrize("code", sorted(ALWAYS))
def test_what_the_program_counts_on_is_not_closed(
    session: Session, admin: CurrentUser, code: str
) -> None:
    with pytest.raises(InvalidEntry, match="不能停用"):
        change(session, admin, code, active=False)
    change(session, admin, code, label="另一个名称")
    assert population.groups(session)[code] == "另一个名称"


def test_the_weighting_groups_are_among_those_never_closed() -> None:
    assert {"residents", "households", *weights.GROUPS} == ALWAYS


def test_a_group_is_not_closed_while_a_measure_in_use_is_for_it(
    session: Session, admin: CurrentUser
) -> None:
    with pytest.raises(InvalidEntry, match="不能停用") as refused:
        change(session, admin, "pupils", active=False)
    assert refused.value.field == "active"
    for row in reads.measures(session):
        if row.population_group == "pupils":
            row.active = False
    change(session, admin, "pupils", active=False)
    assert "pupils" not in population.groups(session)


def test_a_measure_out_of_use_keeps_its_closed_group_until_it_comes_back(
    session: Session, admin: CurrentUser, veterans: str
) -> None:
    divide_by(session, admin, "relief_recipients", veterans)
    session.get_one(Measure, "relief_recipients").active = False
    change(session, admin, veterans, active=False)
    known = lists.lists(session, admin).measures["relief_recipients"]
    renamed = replace(known, label="救助对象")
    lists.change_measure(session, admin, "relief_recipients", renamed, fingerprint(known), NOW)
    with pytest.raises(InvalidEntry, match="请选择对应人群"):
        lists.change_measure(
            session, admin, "relief_recipients", replace(renamed, active=True),
            fingerprint(renamed), NOW,
        )  # fmt: skip


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_workbook_carries_a_new_group_out_and_back(
    session: Session, admin: CurrentUser, veterans: str, language: str
) -> None:
    state(session, admin, residents="1000", group_001="120")
    use_language(language)
    data = places_book(session, 2023, admin)
    assert take(session, data, admin, kind=PLACES) == Receipt(0, 0, 3, 0)
    use_language("zh")
    for heading, count in (("退役军人", 130), ("Veterans", 140)):
        row = {"社区名称": "甲社区", "年份": 2023, heading: count}
        line = check(session, sheet(row), admin, kind=PLACES).lines[0]
        assert [one.label for one in line.differences] == ["退役军人"]
        assert take(session, sheet(row), admin, kind=PLACES) == Receipt(0, 1, 0, 0)
        assert reads.population(session, veterans, 2023) == {"c01": count}


def test_a_file_from_before_a_group_came_or_closed_is_still_taken(
    session: Session, admin: CurrentUser, veterans: str
) -> None:
    state(session, admin, residents="1000")
    session.commit()
    data = places_book(session, 2023, admin)
    group_lists.add_group(session, admin, replace(NEW, label="孕产妇", label_en=""), NOW)
    change(session, admin, veterans, active=False)
    assert take(session, data, admin, kind=PLACES) == Receipt(0, 0, 3, 0)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        (replace(NEW, label=" "), "label"), (replace(NEW, label="残疾人"), "label"),
        (replace(NEW, label="年份"), "label"), (replace(NEW, label="核对码"), "label"),
        (replace(NEW, label_en="Pupils"), "label_en"), (replace(NEW, label_en="year"), "label_en"),
    ],
)  # fmt: skip
def test_a_name_that_would_be_two_columns_is_refused(
    session: Session, admin: CurrentUser, facts: GroupFacts, field: str
) -> None:
    with pytest.raises(InvalidEntry) as refused:
        group_lists.add_group(session, admin, facts, NOW)
    assert refused.value.field == field
    assert session.get(PopulationGroup, "group_001") is None


def test_of_two_who_change_one_group_the_later_is_told(
    session: Session, admin: CurrentUser, veterans: str
) -> None:
    facts = group_lists.groups_kept(session, admin)[veterans]
    change(session, admin, veterans, label="老兵")
    with pytest.raises(Conflict):
        group_lists.change_group(session, admin, veterans, facts, fingerprint(facts), NOW)
    with pytest.raises(NotFound):
        group_lists.change_group(session, admin, "nobody", facts, "", NOW)


ACTIONS: dict[str, Callable[[Session, CurrentUser], object]] = {
    "list": group_lists.groups_kept,
    "add": lambda session, by: group_lists.add_group(session, by, NEW, NOW),
    "change": lambda session, by: group_lists.change_group(session, by, "pupils", NEW, "", NOW),
}


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("role", ["official", "community_staff", "office_staff"])
def test_only_administrators_keep_them(session: Session, action: str, role: str) -> None:
    by = person(session, role, "c01" if role == "community_staff" else None)
    with pytest.raises(NotPermitted):
        ACTIONS[action](session, by)
