"""A wave's respondents for tests: one row each, straight into the tables, sums kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from db.engine import Session
from db.models import PopulationCount, SurveyWave
from db.writes import respondents as writes
from services.satisfaction import estimates

Person = Mapping[str, Any]


def add_respondents(
    session: Session, wave: SurveyWave, questions: Mapping[str, str], people: Iterable[Person]
) -> None:
    """questions: wording → subject. A person: community, {wording: option} under "answers" and
    whatever else respondents have; estimates are kept as after an import."""
    people = list(people)
    numbers = writes.add_questions(session, wave.code, list(questions.items()))
    writes.add_respondents(
        session,
        (
            (
                wave.code,
                number,
                f"row-{number}",
                None,
                person["community"],
                person.get("weight"),
                person.get("day"),
                person.get("outcome", ""),
                person.get("sex", ""),
                person.get("age_group", ""),
                person.get("interviewer", ""),
            )
            for number, person in enumerate(people, start=1)
        ),
    )
    for question, wording in zip(numbers, questions, strict=True):
        writes.add_answers(
            session,
            (
                (question, number, person["answers"][wording])
                for number, person in enumerate(people, start=1)
                if wording in person["answers"]
            ),
        )
    estimates.keep(session, wave.code)


def add_population(session: Session, community: str, year: int, **groups: int) -> None:
    """How many of each group live in a community."""
    session.add_all(
        PopulationCount(community_code=community, year=year, population_group=group, count=count)
        for group, count in groups.items()
    )
    session.flush()
