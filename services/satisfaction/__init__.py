"""Survey results: scores with intervals, comparable waves, changes, and the sentences for them."""

from services.satisfaction.changes import changes, detectable
from services.satisfaction.estimates import UNWEIGHTED, WEIGHTED
from services.satisfaction.funnel import Funnel, funnel
from services.satisfaction.scores import SCORE_COLUMNS, scores
from services.satisfaction.waves import (
    OVERALL,
    SUBDISTRICT,
    Option,
    Wave,
    comparable_before,
    line_up,
    mode_label,
)

__all__ = [
    "OVERALL",
    "SCORE_COLUMNS",
    "SUBDISTRICT",
    "UNWEIGHTED",
    "WEIGHTED",
    "Funnel",
    "Option",
    "Wave",
    "changes",
    "comparable_before",
    "detectable",
    "funnel",
    "line_up",
    "mode_label",
    "scores",
]
