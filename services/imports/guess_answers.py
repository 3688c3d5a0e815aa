"""Which option an answer probably is: words, codes, and ladders of numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from services.imports.names import Names
from services.imports.plan import BLANK
from services.imports.sheet import Column
from services.satisfaction import Option, Wave

_DONT_KNOW = (
    "不了解", "不清楚", "不知道", "说不清", "不好说", "没有接触", "dont_know", "dont know",
    "don't know", "dk", "not sure", "unsure", "no opinion",
)  # fmt: skip
_NOT_ANSWERED = (
    "", "-", "--", "—", "/", "\\", ".", "na", "n/a", "nan", "null", "none", "无", "未答", "未回答",
    "没有回答", "拒答", "拒绝回答", "跳过", "缺失", "不适用", "refused", "skipped", "r", "x",
)  # fmt: skip
_SAME = (
    {"非常满意", "很满意", "十分满意", "very satisfied"},
    {"满意", "比较满意", "较满意", "satisfied"},
    {"基本满意", "一般", "一般满意", "尚可", "fairly satisfied", "neutral"},
    {"不太满意", "不够满意", "较不满意", "不大满意", "rather dissatisfied"},
    {"不满意", "很不满意", "非常不满意", "dissatisfied", "very dissatisfied"},
)
_WORST = {"很不满意", "非常不满意", "very dissatisfied"}
_BAD = {"不满意", "dissatisfied"}
_FIVE = 5
_RARE = 0.005  # a slip of the pen rather than a code
_NINES = {"9", "99"}  # 不了解 however rare, on a ladder that ends below
_CODES_OF_DONT_KNOW = {0, 8, 9, 88, 98, 99}
_ENUMERATED = re.compile(r"(?:[A-Za-z]|[0-9]{1,2})\s*[.、:：)）]\s*(?=\D)")


def unanswered(column: Column) -> bool:
    """Whether nothing stands in a column but what means that nobody answered."""
    return set(column.keys) <= set(_NOT_ANSWERED)


def ladder(column: Column, scored: int) -> int:
    """How many steps the answers of a column of numbers have; 0 where they are words.

    scored: how many options of the wave have points. The smallest of these, 5 and 10 that holds
    the numbers which are not rare; beyond it only the usual codes of 不了解 may stand.
    """
    often = _often(column)
    for steps in sorted({scored, 5, 10}):
        inside = {code for code in often if 1 <= code <= steps}
        if inside and often - inside <= _CODES_OF_DONT_KNOW:
            return steps
    return 0


def _often(column: Column) -> set[int]:
    """The numbers that are not rare; none where most answers are words."""
    # Several texts can have one key: ５ and 5.
    answers: Counter[str] = Counter()
    for key, n in zip(column.keys, column.counts.tolist(), strict=True):
        if key not in _NOT_ANSWERED:
            answers[key] += n
    total = answers.total()
    numbers: Counter[int] = Counter()
    for key, n in answers.items():
        if re.fullmatch(r"[0-9]{1,2}", key):
            numbers[int(key)] += n
    if 2 * numbers.total() <= total:
        return set()
    return {number for number, n in numbers.items() if n > _RARE * total}


def guess_answers(
    column: Column, options: Sequence[Option], names: Names, smaller_is_better: bool = False
) -> dict[str, str]:
    """Answer → option or BLANK. What is not recognised is left out."""
    scored = sorted(
        (option for option in options if option.points is not None),
        key=lambda option: option.points or 0.0,
        reverse=smaller_is_better,
    )
    steps = ladder(column, len(scored))
    silent = [option.code for option in options if option.points is None]
    codes = {str(code) for code in _often(column) & _CODES_OF_DONT_KNOW if code > steps or not code}
    codes |= _NINES if 0 < steps < 9 else set()
    found = {}
    for key in column.keys:
        option = _option(key, names, scored, silent, steps)
        if key in codes and option is None and len(silent) == 1:
            option = silent[0]
        if option is not None:
            found[key] = option
    return found


def second_worst(columns: Sequence[Column], wave: Wave, names: Names) -> dict[str, str]:
    """不满意 → the second of five grades, in a file that has 非常不满意 and no 不太满意 too."""
    scored = sorted((o for o in wave.options if o.points is not None), key=lambda o: o.points)
    keys = {key: _ENUMERATED.sub("", key, count=1) for column in columns for key in column.keys}
    words = set(keys.values())
    if len(scored) != _FIVE or _WORST & set(names.options):
        return {}
    if not words & _WORST or words & _SAME[3]:
        return {}
    return {key: scored[1].code for key, word in keys.items() if word in _BAD}


def _option(
    key: str, names: Names, scored: Sequence[Option], silent: Sequence[str], steps: int
) -> str | None:
    """The option of an answer, BLANK, or None."""
    if key in _NOT_ANSWERED:
        return BLANK
    word = _ENUMERATED.sub("", key, count=1)
    labels = names.options
    for name in (key, word, key.removesuffix("分"), f"{key}/{steps}"):
        if name in labels:
            return labels[name]
    if word in _DONT_KNOW and len(silent) == 1:
        return silent[0]
    for group in _SAME:
        hits = {code for label, code in labels.items() if label in group}
        if word in group and len(hits) == 1:
            return hits.pop()
    if steps == len(scored) and re.fullmatch(r"[0-9]{1,2}", key) and 1 <= int(key) <= steps:
        return scored[int(key) - 1].code
    return None
