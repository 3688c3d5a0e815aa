"""Four survey waves of the demonstration, answered by chance around known true scores."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random

from sqlalchemy import insert
from sqlalchemy.orm import Session

from db.demo import places, respondents
from db.models import SurveyTally
from db.writes import survey as writes

# The three-grade scale of config.toml.
OPTIONS = (
    {
        "code": "satisfied",
        "label": "满意",
        "label_en": "Satisfied",
        "points": 100,
        "satisfied": True,
    },
    {
        "code": "fairly_satisfied",
        "label": "基本满意",
        "label_en": "Fairly satisfied",
        "points": 75,
        "satisfied": True,
    },
    {"code": "dissatisfied", "label": "不满意", "label_en": "Dissatisfied", "points": 55},
    {"code": "dont_know", "label": "不了解", "label_en": "Don't know"},
)
# code, label, English, mode, first day, last day
WAVES = (
    (
        "w2022q4",
        "2022年第四季度满意度调查",
        "2022 Q4 satisfaction survey",
        "telephone",
        date(2022, 12, 5),
        date(2022, 12, 16),
    ),
    (
        "w2023q1",
        "2023年第一季度满意度调查",
        "2023 Q1 satisfaction survey",
        "telephone",
        date(2023, 3, 13),
        date(2023, 3, 24),
    ),
    (
        "w2023q2",
        "2023年第二季度满意度调查",
        "2023 Q2 satisfaction survey",
        "online",
        date(2023, 6, 12),
        date(2023, 6, 25),
    ),
    (
        "w2023q3",
        "2023年第三季度满意度调查",
        "2023 Q3 satisfaction survey",
        "telephone",
        date(2023, 9, 11),
        date(2023, 9, 22),
    ),
)
# Subject → the subdistrict's true score in each wave, and the share that cannot say.
# People online answer more strictly than on the telephone.
_TRUTH = {
    "environment": ((81.8, 82.0, 81.4, 86.2), 0.04),
    "safety": ((86.3, 86.5, 85.0, 89.8), 0.07),
    "culture": ((86.4, 86.6, 84.6, 86.9), 0.09),
    "health": ((87.4, 87.8, 85.6, 88.1), 0.06),
    "education": ((86.7, 86.9, 84.5, 86.2), 0.11),
    "assistance": ((84.4, 84.6, 82.8, 85.0), 0.12),
    "overall": ((85.0, 85.2, 83.4, 86.9), 0.03),
}
# What truly sets a community apart; the others differ by less than a survey can tell.
_APART = {
    "c01": 0.8,
    "c02": 0.2,
    "c03": 0.6,
    "c04": 0.3,
    "c05": -0.6,
    "c06": 0.7,
    "c07": 0.5,
    "c08": -0.4,
    "c09": -7.5,
    "c10": 0.1,
    "c11": 0.5,
    "c12": -0.2,
}
# In the newest wave few people of the smallest community could be reached.
_REACHED = {("w2023q3", "c12"): 15}
_CANNOT_SAY = {("w2023q3", "c12", "education"): 7}


def write(session: Session) -> None:
    """Add the waves, each with its scale, what was answered, and by whom."""
    for code, label, label_en, mode, first_day, last_day in WAVES:
        writes.add_wave(
            session,
            {
                "code": code,
                "label": label,
                "label_en": label_en,
                "mode": mode,
                "scale": "three_grade",
                "wording": "1",
                "first_day": first_day,
                "last_day": last_day,
                "frozen": True,
            },
            OPTIONS,
        )
    counted: dict[str, dict[str, dict[str, dict[str, int]]]] = {}
    for wave, community, subject, answers in _answers():
        counted.setdefault(wave, {}).setdefault(community, {})[subject] = answers
    session.execute(
        insert(SurveyTally),
        [
            {
                "wave_code": wave,
                "community_code": community,
                "subject": subject,
                "option_code": option,
                "count": count,
            }
            for wave, places_of in counted.items()
            for community, subjects in places_of.items()
            for subject, answers in subjects.items()
            for option, count in answers.items()
        ],
    )
    for wave, _, _, mode, first_day, last_day in WAVES:
        respondents.write(session, wave, mode, first_day, last_day, counted[wave])


def _answers() -> Iterator[tuple[str, str, str, dict[str, int]]]:
    """Wave, community, subject and how many gave each option."""
    # This seed was chosen: with it the answers show what is true and nothing else stands out.
    chance = Random("surveys 5199")
    for place, (wave, _, _, mode, _, _) in enumerate(WAVES):
        for community in places.CODES:
            reached = _REACHED.get((wave, community)) or _sample(community, mode, chance)
            for subject, (truth, cannot_say) in _TRUTH.items():
                score = truth[place] + _APART[community] + chance.gauss(0.0, 0.3)
                silent = _CANNOT_SAY.get((wave, community, subject))
                if silent is None:
                    silent = sum(chance.random() < cannot_say for _ in range(reached))
                yield wave, community, subject, _given(reached, silent, score, chance)


def _sample(community: str, mode: str, chance: Random) -> int:
    """How many took part: more in a big community, a few more online."""
    drawn = 46 + 22 * places.size(community) + chance.randint(-4, 6)
    return min(90, round(drawn + 6 * (mode == "online")))


def _given(reached: int, silent: int, score: float, chance: Random) -> dict[str, int]:
    """The answers of people whose true mean is the score: the lower, the more are dissatisfied."""
    dissatisfied = min(max((97 - score) * 0.008, 0.01), 0.25)
    satisfied = (score - 75 + 20 * dissatisfied) / 25
    given = {option["code"]: 0 for option in OPTIONS}
    for option in chance.choices(
        ("satisfied", "fairly_satisfied", "dissatisfied"),
        (satisfied, 1 - satisfied - dissatisfied, dissatisfied),
        k=reached - silent,
    ):
        given[option] += 1
    given["dont_know"] = silent
    return given
