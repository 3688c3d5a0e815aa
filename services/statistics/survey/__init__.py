"""Scores, design-based means and weights of a survey wave."""

from services.statistics.survey.design import Estimate, design_effect, survey_mean
from services.statistics.survey.intervals import korn_graubard, logit_design, wilson_design
from services.statistics.survey.scores import Score, score, share
from services.statistics.survey.weights import kish, post_stratify, rake

__all__ = [
    "Estimate",
    "Score",
    "design_effect",
    "kish",
    "korn_graubard",
    "logit_design",
    "post_stratify",
    "rake",
    "score",
    "share",
    "survey_mean",
    "wilson_design",
]
