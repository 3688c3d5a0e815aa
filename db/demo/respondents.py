"""The people behind the demonstration's survey counts: each answer sum comes out exactly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from sqlalchemy.orm import Session

from db.writes import respondents as writes

# Subject → its question.
QUESTIONS = {
    "environment": "您对本社区的居住环境满意吗？",
    "safety": "您对本社区的社会治安满意吗？",
    "culture": "您对本社区的文体生活满意吗？",
    "health": "您对本地的基本医疗满意吗？",
    "education": "您对本地的基础教育满意吗？",
    "assistance": "您对本地的社会帮扶满意吗？",
    "overall": "总的来说，您对街道的工作满意吗？",
}
# How much each domain weighs in what people say overall.
_WEIGHS = {
    "environment": 0.55,
    "safety": 0.45,
    "health": 0.30,
    "education": 0.20,
    "culture": 0.10,
    "assistance": 0.10,
}
_CONTENT = 0.45  # how far a person who is content with one thing is with the others
_AGES = ("age_18_34", "age_35_59", "age_60_plus")
_ASKED = {  # who picks up the telephone, and who answers online
    "telephone": {"female": 0.56, "ages": (0.18, 0.44, 0.38)},
    "online": {"female": 0.53, "ages": (0.41, 0.46, 0.13)},
}
_INTERVIEWERS = tuple(f"T{number:02d}" for number in range(1, 9))

Counts = Mapping[str, Mapping[str, int]]  # subject → option → answers
Person = tuple[tuple[Any, ...], dict[str, str]]


def write(
    session: Session,
    wave: str,
    mode: str,
    first_day: date,
    last_day: date,
    counts: Mapping[str, Counts],
) -> None:
    """Add a wave's respondents; counts: community → subject → option → answers, best first."""
    chance = Random(f"respondents {wave}")
    people = [
        person
        for community, own in counts.items()
        for person in _community(community, own, mode, (first_day, last_day), chance)
    ]
    asked = [(wording, subject) for subject, wording in QUESTIONS.items()]
    questions = dict(zip(QUESTIONS, writes.add_questions(session, wave, asked), strict=True))
    numbered = list(enumerate(people, start=1))
    writes.add_respondents(
        session, ((wave, number, f"demo-{number}", None, *facts) for number, (facts, _) in numbered)
    )
    for subject, question in questions.items():
        writes.add_answers(
            session, ((question, number, said[subject]) for number, (_, said) in numbered)
        )


def _community(
    community: str, counts: Counts, mode: str, days: tuple[date, date], chance: Random
) -> Iterator[Person]:
    """Everybody of a community: what the table holds after the import, and what they said."""
    reached = sum(counts["overall"].values())
    said = _said(counts, reached, chance)
    span = (days[1] - days[0]).days
    who = _ASKED[mode]
    for place in range(reached):
        facts = (
            community,
            None,
            (days[0] + timedelta(days=chance.randint(0, span))).isoformat(),
            "",
            "female" if chance.random() < who["female"] else "male",
            chance.choices(_AGES, who["ages"])[0],
            chance.choice(_INTERVIEWERS) if mode == "telephone" else "",
        )
        yield facts, {subject: own[place] for subject, own in said.items()}


def _said(counts: Counts, reached: int, chance: Random) -> dict[str, Sequence[str]]:
    """Everybody's options by subject. Whoever is content answers better, so domains go together.

    Only the order of people is drawn: how many gave each option stays as it is.
    """
    mood = [chance.gauss(0, 1) for _ in range(reached)]
    felt = {subject: [_CONTENT * own + chance.gauss(0, 1) for own in mood] for subject in _WEIGHS}
    felt["overall"] = [
        sum(weight * felt[subject][place] for subject, weight in _WEIGHS.items())
        + chance.gauss(0, 0.5)
        for place in range(reached)
    ]
    return {subject: _ranked(counts[subject], felt[subject], chance) for subject in QUESTIONS}


def _ranked(given: Mapping[str, int], felt: Sequence[float], chance: Random) -> Sequence[str]:
    """The options by place: 不了解 by chance, the others to the most content first."""
    *scored, silent = given
    order = list(range(len(felt)))
    chance.shuffle(order)
    quiet, rest = order[: given[silent]], order[given[silent] :]
    rest.sort(key=lambda place: felt[place], reverse=True)
    options = [option for option in scored for _ in range(given[option])]
    said = dict(zip(rest, options, strict=True)) | dict.fromkeys(quiet, silent)
    return [said[place] for place in range(len(felt))]
