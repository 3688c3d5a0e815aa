"""Made-up respondents: overall satisfaction goes with the living environment."""

from __future__ import annotations

import numpy as np

from services.satisfaction import OVERALL

DOMAINS = ("environment", "safety", "culture", "health", "education", "assistance")
QUESTIONS = {subject: subject for subject in (OVERALL, *DOMAINS)}
OPTIONS = ("satisfied", "fairly_satisfied", "dissatisfied")


def people(community: str, count: int, random: np.random.Generator) -> list[dict[str, object]]:
    """So many respondents; overall goes with the environment, two of five are men."""
    chosen = random.integers(0, 3, (count, len(QUESTIONS)))
    chosen[:, 0] = np.where(random.random(count) < 0.8, chosen[:, 1], chosen[:, 0])
    return [
        {
            "community": community,
            "sex": "male" if place % 5 < 2 else "female",
            "age_group": "age_35_59" if place % 2 else "age_60_plus",
            "interviewer": f"{place % 4:02d}",
            "answers": {
                question: OPTIONS[option] for question, option in zip(QUESTIONS, row, strict=True)
            },
        }
        for place, row in enumerate(chosen.tolist())
    ]
