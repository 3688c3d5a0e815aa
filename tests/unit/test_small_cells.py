"""Small cells: no figure of fewer than ten answers is shown, nor can one be worked out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain, combinations

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray

from db.engine import Session
from db.models import Community, SurveyTally
from services.boards import community, domain, overview, satisfaction
from services.boards.survey_answers import options_by_domain
from services.boards.survey_charts import community_dots, heat_map
from services.boards.survey_parts import Survey
from services.catalogue import Catalogue, catalogue
from services.charts.cards import Chart
from services.filters import Filters
from services.periods import Period
from services.satisfaction import OVERALL, SUBDISTRICT, Wave, line_up, scores
from services.satisfaction.small_cells import concealed
from services.settings import Thresholds
from services.statistics.disclosure import audit
from services.views import View
from tests.builders import add_wave

pytestmark = pytest.mark.dialects("sqlite")

LEAST = 10
SUBJECTS = (OVERALL, "environment", "safety", "culture", "health", "education", "assistance")
OPTIONS = ("satisfied", "fairly_satisfied", "dissatisfied", "dont_know")
SIZES = (0, 2, 4, 8, 9, 10, 12, 15, 25, 40, 60, 90)  # valid answers of one community
DAY = date(2000, 1, 1)


def rows(counts: dict[str, float], whole: float | None = None) -> pd.DataFrame:
    """One question: n by community, and of the whole (default: their sum)."""
    n = {SUBDISTRICT: sum(counts.values()) if whole is None else whole} | counts
    return pd.DataFrame({"wave": "w", "community": n.keys(), "subject": "s", "n": n.values()})


def hidden(counts: dict[str, float], *chosen: str) -> list[str]:
    whole = sum(count for place, count in counts.items() if not chosen or place in chosen)
    frame = rows(counts, whole)
    return frame.loc[concealed(frame, LEAST, chosen), "community"].tolist()


@pytest.mark.parametrize(
    ("counts", "places"),
    [
        ({"a": 30, "b": 40, "c": 50}, []),
        ({"a": 9, "b": 40, "c": 30}, ["a", "c"]),
        ({"a": 9, "b": 3, "c": 30}, ["a", "b"]),  # together 12: the sum tells of ten or more
        ({"a": 4, "b": 3, "c": 30, "d": 20}, ["a", "b", "d"]),  # together 7: one more is needed
        ({"a": 0, "b": 40, "c": 30}, ["a"]),  # nobody stands behind a nought
        ({"a": 0, "b": 5, "c": 30}, ["a", "b", "c"]),
        ({"a": 4, "b": 3}, [SUBDISTRICT, "a", "b"]),
        ({"a": 7}, [SUBDISTRICT, "a"]),
        ({}, [SUBDISTRICT]),
    ],
)
def test_as_few_are_hidden_as_it_takes(counts: dict[str, float], places: list[str]) -> None:
    assert hidden(counts) == places


@pytest.mark.parametrize(
    ("chosen", "whole_hidden"),
    [("a", True), ("c", True), ("ab", True), ("bd", False), ("ac", False), ("abc", False)],
)
def test_the_sum_of_a_choice_with_some_of_the_hidden_is_hidden(
    chosen: str, whole_hidden: bool
) -> None:
    counts = {"a": 9.0, "b": 40.0, "c": 30.0, "d": 60.0}
    assert (SUBDISTRICT in hidden(counts, *chosen)) == whole_hidden


@dataclass(frozen=True)
class Office:
    """Random waves, and the true number of answers: wave × community × subject × option."""

    session: Session
    lists: Catalogue
    waves: tuple[Wave, ...]
    truth: NDArray[np.int64]

    @property
    def places(self) -> list[str]:
        return [place.code for place in self.lists.communities]


@pytest.fixture
def office(session: Session, request: pytest.FixtureRequest) -> Office:
    """As many waves as asked for of five communities, many of them with few answers."""
    for place in (4, 5):
        session.add(
            Community(
                code=f"c0{place}", subdistrict_code="subdistrict", name=f"{place}社区",
                position=place,
            )
        )  # fmt: skip
    count = request.param
    lists, chance = catalogue(session), np.random.default_rng(20231028)
    codes = [f"w{number:03d}" for number in range(count)]
    for number, code in enumerate(codes):
        day = DAY + timedelta(days=number)
        add_wave(session, code, day, day)
    places = [place.code for place in lists.communities]
    truth = np.zeros((count, len(places), len(SUBJECTS), len(OPTIONS)), dtype=int)
    valid = chance.choice(SIZES, truth.shape[:3])
    truth[..., :3] = chance.multinomial(valid, (0.5, 0.3, 0.2))
    truth[..., 3] = chance.integers(0, 6, truth.shape[:3])
    names = (codes, places, SUBJECTS, OPTIONS)
    session.execute(
        SurveyTally.__table__.insert(),
        [
            {
                "wave_code": codes[w], "community_code": places[c], "subject": SUBJECTS[s],
                "option_code": OPTIONS[o], "count": int(truth[w, c, s, o]),
            }
            for w, c, s, o in np.ndindex(*map(len, names))
        ],
    )  # fmt: skip
    return Office(session, lists, line_up(session, DAY + timedelta(days=count)), truth)


def view(office: Office, *chosen: str) -> View:
    last = office.waves[-1].last_day
    return View(Filters(Period(DAY, "since", last), chosen), last, Thresholds())


def looked_at(office: Office, *chosen: str) -> Iterator[tuple[Survey, View]]:
    """Every wave in turn as the latest one, with its figures, as a board has it."""
    chosen_view = view(office, *chosen)
    frame = scores(office.session, office.waves, chosen_view.thresholds, chosen)
    none = pd.DataFrame(columns=["community", "subject", "diff", "margin", "real"])
    for wave, own in frame.groupby("wave"):
        latest = next(one for one in office.waves if one.code == wave)
        yield Survey((latest,), latest, None, own, none), chosen_view


def shown_places(office: Office, found: Survey, chosen: View) -> dict[tuple[str, str], int]:
    """(community, subject) → n, as the tables of the heat map and the dots print it."""
    labels = {place.name: place.code for place in office.lists.communities}
    domains = {one.label: one.code for one in office.lists.domains}
    read = {}
    for name, field, *_figures, n in heat_map(chosen, office.lists, found).table.rows:
        read[labels[str(name)], domains[str(field)]] = n
    for name, *_figures, n in community_dots(office.lists, found, OVERALL).table.rows:
        read[labels[str(name)], OVERALL] = n
    return {cell: int(n) for cell, n in read.items() if n is not None}


def shown_sums(office: Office, found: Survey, chosen: View) -> dict[str, list[int]]:
    """Subject → the counts of its options over the chosen places, as the options' table has it."""
    labels = {one.label: one.code for one in office.lists.domains} | {"总体": OVERALL}
    table = options_by_domain(office.session, chosen, office.lists, found).table
    read: dict[str, list[int]] = {}
    for name, _option, count, _share in table.rows:
        read.setdefault(labels[str(name)], []).append(int(str(count)))
    return read


@pytest.mark.parametrize("office", [143], indirect=True)
def test_on_a_thousand_random_tables_nothing_hidden_follows_from_what_is_shown(
    office: Office,
) -> None:
    tables = covered = uncovered = 0
    for number, (found, chosen) in enumerate(looked_at(office)):
        places, sums = (read(office, found, chosen) for read in (shown_places, shown_sums))
        for subject, name in enumerate(SUBJECTS):
            n = office.truth[number, :, subject, :3].sum(axis=1)
            mask = np.array([(place, name) not in places for place in office.places])
            assert [places[p, name] for p, gone in zip(office.places, mask, strict=True)
                    if not gone] == n[~mask].tolist()  # fmt: skip
            assert (n[~mask] >= LEAST).all()
            tables += 1
            if name not in sums:  # without the sum there is nothing to subtract from
                assert n.sum() < LEAST
                continue
            assert sum(sums[name][:3]) == n.sum()
            assert n[mask].sum() == 0 or n[mask].sum() >= LEAST
            assert not (audit(n, mask) & (n > 0)).any()
            covered += bool((mask & (n >= LEAST)).any())
            # The control: hide what is small and nothing beside it.
            uncovered += bool((audit(n, n < LEAST) & (n > 0)).any())
    assert tables == 1001
    assert covered > 100
    assert uncovered > 100


def follows(known: list[NDArray[np.float64]], sought: NDArray[np.float64]) -> bool:
    """Whether a sum of cells follows from the sums that are known."""
    if not known:
        return False
    rank = np.linalg.matrix_rank(np.array(known))
    return bool(np.linalg.matrix_rank(np.array([*known, sought])) == rank)


def choices(places: list[str]) -> list[tuple[str, ...]]:
    return list(chain.from_iterable(combinations(places, size) for size in range(len(places) + 1)))


@pytest.mark.parametrize("office", [4], indirect=True)
def test_no_choice_of_communities_and_no_difference_of_choices_tells_of_fewer_than_ten(
    office: Office,
) -> None:
    """All 32 choices are taken; then no sum over any places follows that counts 1 to 9."""
    everyone = choices(office.places)
    members = {chosen: np.isin(office.places, chosen or office.places) * 1.0 for chosen in everyone}
    known: dict[tuple[int, str], list[NDArray[np.float64]]] = {}
    for chosen in everyone:
        for number, (found, chosen_view) in enumerate(looked_at(office, *chosen)):
            for place, name in shown_places(office, found, chosen_view):
                known.setdefault((number, name), []).append(members[place,])
            for name in shown_sums(office, found, chosen_view):
                known.setdefault((number, name), []).append(members[chosen])
    assert len(known) > 25
    for (number, name), sums in known.items():
        n = office.truth[number, :, SUBJECTS.index(name), :3].sum(axis=1)
        few = [one for one in members.values() if 0 < one @ n < LEAST]
        assert not any(follows(sums, one) for one in few)
        # The control: the sums of all choices, whatever they hide, would tell.
        assert not few or any(follows(list(members.values()), one) for one in few)


@pytest.mark.parametrize("office", [2], indirect=True)
def test_no_table_of_any_board_prints_fewer_than_ten_answers(office: Office) -> None:
    printed = []
    for chosen in ((), ("c01",), ("c02", "c04")):
        looked = view(office, *chosen)
        boards = [
            overview.board(office.session, looked),
            satisfaction.board(office.session, looked),
            *(community.board(office.session, looked, place) for place in office.places),
            *(domain.board(office.session, looked, name) for name in SUBJECTS[1:]),
        ]
        cards = chain.from_iterable(section.cards for one in boards for section in one.sections)
        for card in cards:
            if isinstance(card, Chart) and "有效答卷（份）" in card.table.columns:
                place = card.table.columns.index("有效答卷（份）")
                printed += [row[place] for row in card.table.rows if row[place] is not None]
    assert len(printed) > 90
    assert min(printed) >= LEAST
