"""Checks at entry: ranges refuse; rules between fields and the community's own year ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from db.engine import Session
from db.models import Measure, PopulationCount
from services import activities
from services.activities import Background, Entry, Finding, findings
from services.activities.rules import AT_MOST, TOGETHER
from services.catalogue import Catalogue
from services.errors import InvalidEntry
from services.i18n import use_language
from services.permissions import CurrentUser
from tests.activity_cases import ENTRY, LATER, NOW, TODAY, WEDNESDAY, entered
from tests.builders import add_activity

USUAL = (31, 28, 40, 35, 22, 30, 33)  # participants in the months before


def background(**history: tuple[float, ...]) -> Background:
    return Background(
        {
            name.replace("__", "-"): [Decimal(str(value)) for value in values]
            for name, values in history.items()
        }
    )


def kinds(found: tuple[Finding, ...]) -> list[tuple[str, str]]:
    return [(one.field, one.kind) for one in found]


def stating(type_code: str, participants: int | None, measures: Mapping[str, float] = {}) -> Entry:  # noqa: B006
    return replace(
        ENTRY,
        type_code=type_code,
        participants=participants,
        partners=(),
        communities=(),
        grid=None,
        measures=tuple((code, Decimal(str(value))) for code, value in sorted(measures.items())),
    )


class TestRanges:
    @pytest.mark.parametrize(("value", "words"), [("501", "最多 500 吨"), ("0.05", "至少 0.1 吨")])
    def test_a_figure_out_of_range_is_refused_beside_its_field(
        self, session: Session, staff: CurrentUser, value: str, words: str
    ) -> None:
        measure = session.get_one(Measure, "household_waste")
        measure.least, measure.most = Decimal("0.1"), Decimal(500)
        typed = replace(ENTRY, measures=(("household_waste", Decimal(value)),))
        with pytest.raises(InvalidEntry, match=words) as refusal:
            activities.submit(session, typed, "key", staff, NOW, TODAY)
        assert refusal.value.field == "measure-household_waste"

    def test_what_was_recorded_before_the_range_was_set_may_stay(
        self, session: Session, staff: CurrentUser
    ) -> None:
        number = entered(session, staff)
        session.get_one(Measure, "household_waste").most = Decimal(1)
        noted = replace(ENTRY, note="另一句")
        activities.correct(session, number, noted, 1, staff, LATER, TODAY)
        more = replace(noted, measures=(("household_waste", Decimal("1.6")),))
        with pytest.raises(InvalidEntry):
            activities.correct(session, number, more, 2, staff, LATER, TODAY)

    def test_the_lists_come_with_ranges_that_hold_any_single_activity(
        self, lists: Catalogue
    ) -> None:
        assert lists.measure("household_waste").most == 1000
        assert lists.measure("elderly_amount").most is None


class TestRules:
    @pytest.mark.dialects("sqlite")
    @pytest.mark.parametrize(
        ("entry", "found"),
        [
            (replace(stating("fraud_prevention", 10), partners=(("police", 6), ("volunteer", 5))),
             [("partners", "over-participants")]),
            (replace(stating("fraud_prevention", 10), partners=(("volunteer", None),)),
             []),
            (stating("fraud_prevention", 10, {"consultations": 11}),
             [("measure-consultations", "over-participants")]),
            (stating("fraud_prevention", 10, {"consultations": 10, "leaflets": 200}), []),
            (stating("fraud_prevention", 10, {"leaflets": 201}),
             [("measure-leaflets", "over-participants")]),
            (stating("fraud_prevention", None, {"leaflets": 201}), []),
            (stating("weekly_film", 0, {"screenings": 1}),
             [("measure-screenings", "over-participants")]),
            (stating("wednesday_cleanup", 9, {"household_waste": 31, "vehicle_trips": 3}),
             [("measure-household_waste", "over-vehicle_trips")]),
            (stating("allowances", None, {"elderly_amount": 900}),
             [("measure-elderly_recipients", "alone")]),
            (stating("allowances", None, {"elderly_recipients": 9}),
             [("measure-elderly_amount", "alone")]),
            (stating("allowances", None, {"elderly_recipients": 9, "elderly_amount": 900}), []),
            (stating("allowances", None, {"elderly_recipients": 1, "elderly_amount": 5001}),
             [("measure-elderly_amount", "over-elderly_recipients")]),
            (stating("allowances", None, {"elderly_recipients": 900, "elderly_amount": 9}),
             [("measure-elderly_recipients", "over-elderly_amount")]),
            (replace(stating("road_repair", 5), last_day=WEDNESDAY + timedelta(days=31)),
             [("last_day", "long")]),
            (replace(stating("road_repair", 5), last_day=WEDNESDAY + timedelta(days=30)), []),
            (replace(stating("wednesday_cleanup", None), partners=(("volunteer", 12),)),
             [("participants", "uncounted")]),
            (stating("wednesday_cleanup", 0), []),
            (stating("wednesday_cleanup", None, {"litter_spots": 0}), []),
            (stating("holiday_patrol", None), []),
        ],
    )  # fmt: skip
    def test_fields_that_contradict_each_other_are_asked_about(
        self, lists: Catalogue, entry: Entry, found: list[tuple[str, str]]
    ) -> None:
        assert kinds(findings(entry, lists, Background())) == found

    def test_a_type_whose_measures_are_all_out_of_use_need_not_be_counted(
        self, lists: Catalogue
    ) -> None:
        nothing = stating("wednesday_cleanup", None)
        assert findings(nothing, replace(lists, measures=()), Background()) == ()

    def test_more_than_live_there_are_asked_about(self, lists: Catalogue) -> None:
        entry = stating("elderly_check_up", 90, {"check_ups": 80})
        asked = findings(entry, lists, Background(people={"measure-check_ups": 79}))
        assert kinds(asked) == [("measure-check_ups", "over-population")]
        assert asked[0].sentence == "老年人免费查体 80，多于社区登记的对应人口 79。"

    def test_people_of_all_communities_that_took_part_are_counted(self, session: Session) -> None:
        joint = replace(stating("elderly_check_up", None, {"check_ups": 80}), communities=("c02",))
        for place in ("c01", "c02"):
            session.add(PopulationCount(community_code=place, year=2023, population_group="aged_60",
                                        count=40))  # fmt: skip
            session.flush()
            assert activities.asked(session, joint) == (), "not counted everywhere, then enough"
        alone = replace(joint, communities=())
        assert kinds(activities.asked(session, alone)) == [("measure-check_ups", "over-population")]

    def test_every_rule_is_about_fields_that_one_type_has(self, lists: Catalogue) -> None:
        offered = [{f"measure-{code}" for code in kind.measures} for kind in lists.types]
        pairs = [(rule.part, rule.whole) for rule in AT_MOST] + list(TOGETHER)
        for pair in pairs:
            measures = {field for field in pair if field.startswith("measure-")}
            assert any(measures <= fields for fields in offered), pair

    def test_the_sentences_are_said_in_english_too(self, lists: Catalogue) -> None:
        use_language("en")
        entry = stating("fraud_prevention", 10, {"consultations": 11})
        assert "more than" in findings(entry, lists, Background())[0].sentence


class TestTheOwnYear:
    @pytest.mark.parametrize(
        ("participants", "odd"), [(310, True), (3, True), (33, False), (60, False), (15, False)]
    )
    def test_a_figure_far_from_what_is_usual_is_asked_about(
        self, lists: Catalogue, participants: int, odd: bool
    ) -> None:
        entry = stating("wednesday_cleanup", participants)
        asked = findings(entry, lists, background(participants=USUAL))
        assert kinds(asked) == ([("participants", "unusual")] if odd else [])

    def test_the_sentence_says_what_is_usual_and_on_how_many_records_it_rests(
        self, lists: Catalogue
    ) -> None:
        entry = stating("wednesday_cleanup", 310)
        one = findings(entry, lists, background(participants=USUAL))[0]
        assert one.sentence == "参加人数 310，本社区近 12 个月通常为 25–37（7 条记录）。"
        assert one.figure == "310"

    def test_where_it_was_always_the_same_one_number_is_said(self, lists: Catalogue) -> None:
        entry = stating("weekly_film", 40, {"screenings": 9})
        one = findings(entry, lists, background(measure__screenings=(1,) * 8))[0]
        assert one.sentence == "放映电影 9，本社区近 12 个月通常为 1（8 条记录）。"

    def test_of_fewer_than_six_records_nothing_is_usual(self, lists: Catalogue) -> None:
        entry = stating("wednesday_cleanup", 3100)
        assert findings(entry, lists, background(participants=USUAL[:5])) == ()

    def test_the_oddest_comes_first(self, lists: Catalogue) -> None:
        entry = stating("wednesday_cleanup", 310, {"household_waste": 900})
        history = background(participants=USUAL, measure__household_waste=(1, 1.2, 0.8, 1, 1.1, 1))
        assert [one.field for one in findings(entry, lists, history)] == [
            "measure-household_waste", "participants",
        ]  # fmt: skip

    def test_only_what_counts_of_the_own_community_type_and_twelve_months_is_looked_at(
        self, session: Session
    ) -> None:
        def add(day: date, host: str = "c01", kind: str = "wednesday_cleanup", **more: str) -> None:
            add_activity(session, kind, day, host, participants=30, **more)

        inside = [date(2022, 10, 25), WEDNESDAY, *(WEDNESDAY - timedelta(days=n) for n in (7, 14))]
        for day in inside:
            add(day)
        add(date(2022, 10, 24))
        add(WEDNESDAY + timedelta(days=1))
        add(WEDNESDAY, host="c02")
        add(WEDNESDAY, kind="weekend_duty")
        add(WEDNESDAY, state="void")
        add(WEDNESDAY, review="returned")
        entry = stating("wednesday_cleanup", 400)
        assert activities.asked(session, entry) == ()
        for days in (21, 28):
            add(WEDNESDAY - timedelta(days=days))
        assert "（6 条记录）" in activities.asked(session, entry)[0].sentence
