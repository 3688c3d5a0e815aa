"""What a person looks at before a file is taken over: how many, of whom, and what it would say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services import exports
from services.catalogue import Catalogue
from services.i18n import _
from services.imports.check import Checked, Refusal, Refusals
from services.imports.faults import EMPTY_FORMULA, ERROR_CELL, MERGED_CELL
from services.imports.guess_answers import ladder
from services.imports.plan import COMMUNITY, OUTCOME, Plan
from services.imports.sheet import Sheet
from services.imports.values import answer_key
from services.satisfaction import Wave

_NO_VALUE = {answer_key(mark) for mark in (ERROR_CELL, EMPTY_FORMULA, MERGED_CELL)}
EXPORTED = 100_000  # refusals in one file
_FIRST_ROWS = 5


@dataclass(frozen=True)
class QuestionSummary:
    """`score` is the mean of the points of the valid answers; None without any."""

    column: str
    subject: str
    valid: int
    dont_know: int
    blank: int
    score: float | None


@dataclass(frozen=True)
class AnswerGroup:
    """Questions whose answers mean the same, and how often each answer was given.

    `steps`: how long their ladder of numbers is, 0 for words.
    """

    steps: int
    columns: tuple[str, ...]
    answers: Mapping[str, int]


def questions(checked: Checked, wave: Wave) -> list[QuestionSummary]:
    """Every question as it would stand in the wave, unweighted."""
    points = np.array(
        [np.nan if option.points is None else option.points for option in wave.options] + [np.nan]
    )
    found = []
    for column, subject in checked.plan.questions.items():
        own = checked.answers[column]
        scored = points[own]
        valid = np.isfinite(scored)
        found.append(
            QuestionSummary(
                column,
                subject,
                int(valid.sum()),
                int(((own >= 0) & ~valid).sum()),
                int((own < 0).sum()),
                float(scored[valid].mean()) if valid.any() else None,
            )
        )
    return found


def places(checked: Checked, lists: Catalogue) -> list[tuple[str, int]]:
    """Community and how many of its people answered anything, in the official order."""
    answered = _answered(checked)
    counted = Counter(
        place for place, said in zip(checked.facts[COMMUNITY], answered, strict=True) if said
    )
    named = [(one.name, counted.pop(one.code, 0)) for one in lists.communities]
    rest = sum(counted.values())
    return [(name, n) for name, n in named if n] + ([(_("未分社区"), rest)] if rest else [])


def outcomes(checked: Checked) -> tuple[list[tuple[str, int]], int]:
    """Outcome of the interview and how often, the frequent first; and how many rows answer
    nothing."""
    counted = Counter(checked.facts.get(OUTCOME, ()))
    return counted.most_common(), int((~_answered(checked)).sum())


def _answered(checked: Checked) -> NDArray[np.bool_]:
    """Who answered anything."""
    return np.logical_or.reduce([own >= 0 for own in checked.answers.values()])


def answer_groups(sheet: Sheet, plan: Plan, wave: Wave) -> list[AnswerGroup]:
    """The questions by the length of their ladder, so that each meaning is set once."""
    scored = sum(option.points is not None for option in wave.options)
    by_steps: dict[int, list[str]] = {}
    for column in plan.questions:
        by_steps.setdefault(ladder(sheet.column(column), scored), []).append(column)
    groups = []
    for steps, columns in sorted(by_steps.items(), reverse=True):
        counts: Counter[str] = Counter()
        for column in map(sheet.column, columns):
            for key, n in zip(column.keys, column.counts.tolist(), strict=True):
                if key not in _NO_VALUE:  # refused whatever a person chooses
                    counts[key] += n
        groups.append(AnswerGroup(steps, tuple(columns), dict(counts.most_common())))
    return groups


def missing_steps(groups: Sequence[AnswerGroup], plan: Plan) -> tuple[int, ...]:
    """How long all ladders of numbers are, the longest first, if of one no step is an option."""
    ladders = [group for group in groups if group.steps]
    for group in ladders:
        known = plan.answers[group.columns[0]]
        if not any(known.get(str(step)) for step in range(1, group.steps + 1)):
            return tuple(sorted({one.steps for one in ladders}, reverse=True))
    return ()


def unknown_words(sheet: Sheet, name: str, known: Mapping[str, str]) -> dict[str, tuple[str, int]]:
    """Of a column: the words that are not known, as written, and how often; the frequent first."""
    column = sheet.column(name)
    found: dict[str, tuple[str, int]] = {}
    for key, value, n in zip(column.keys, column.values, column.counts.tolist(), strict=True):
        if key not in known:
            found[key] = (found.get(key, (value, 0))[0], found.get(key, ("", 0))[1] + n)
    return dict(sorted(found.items(), key=lambda item: -item[1][1]))


def first_rows(sheet: Sheet, names: Sequence[str]) -> list[dict[str, str]]:
    """The first rows as they stand in the file, only these columns."""
    columns = [sheet.column(name) for name in names]
    return [
        {column.name: column.values[column.codes[row]] for column in columns}
        for row in range(min(_FIRST_ROWS, sheet.rows))
    ]


def refusal_columns() -> tuple[str, str, str, str]:
    return (_("行"), _("列"), _("内容"), _("原因"))


def refusal_rows(refusals: Refusals, most: int) -> list[Refusal]:
    """The first refusals in the order of the file."""
    listed = refusals.listed()
    return [one for one, _place in zip(listed, range(most), strict=False)]


def refusals_csv(refusals: Refusals) -> bytes:
    """All refusals as a file: line, column, what stood there, why."""
    rows = (
        (one.line, one.column, one.value, one.reason) for one in refusal_rows(refusals, EXPORTED)
    )
    return exports.csv_bytes(refusal_columns(), rows)
