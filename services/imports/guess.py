"""What the columns and words of a file probably mean: a first proposal, for a person to correct."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from services.imports.names import Names
from services.imports.plan import (
    AGE,
    ANSWERS,
    BLANK,
    COMMUNITY,
    COUNTS,
    DAY,
    INTERVIEWER,
    NUMBER,
    OPTION,
    OUTCOME,
    PUBLISHED,
    QUESTION,
    SCORE,
    SEX,
    SUBJECT,
    WEIGHT,
    WHOLE,
    Plan,
)
from services.imports.sheet import Column, Sheet
from services.imports.values import alike, place_name
from services.satisfaction import OVERALL, Option, Wave

_FACTS = (
    (INTERVIEWER, r"访问员|调查员|访员|interviewer"),
    (WEIGHT, r"权重|加权|\bweights?\b"),
    (SEX, r"性别|\bsex\b|\bgender\b"),
    (AGE, r"年龄|岁数|\bage\b"),
    (OUTCOME, r"访问结果|调查结果|通话结果|接通|\boutcome\b|\bdisposition\b"),
    (DAY, r"日期|时间|\bdate\b|\bday\b"),
    (NUMBER, r"编号|序号|问卷号|样本号|\bid\b|\bno$"),
)
_COMMUNITY = re.compile(
    r"(?:您?(?:所属|所在|居住)的?)?(?:社区|居委会?|村居?|片区)(?:名称)?"
    r"|communit(?:y|ies)|neighbou?rhoods?|wards?|districts?|villages?"
)
_OF_SUBJECT = (SUBJECT, r"领域|指标|问题|项目|domain|subject")
_PUBLISHED = (
    (SCORE, r"得分|分数|满意度|score"),
    (ANSWERS, r"份|样本|答卷|^n$"),
    _OF_SUBJECT,
)
_SUBJECTS = (
    ("environment", r"环境|卫生死角|绿化|垃圾|environment|physical setting|clean"),
    ("safety", r"治安|安全|警|safe|police|security"),
    ("culture", r"文体|文化|体育|健身|娱乐|culture|sport|events"),
    ("health", r"医疗|看病|健康|医院|health|medical|clinic"),
    ("education", r"教育|学校|上学|老师|school|education"),
    ("assistance", r"帮扶|救助|低保|补贴|养老|assistance|welfare"),
    (OVERALL, r"总体|总的|整体|综合|overall|in general|as a place to live|^满意度$"),
)
_MOST_COMMUNITIES = 1000
_MOST_ANSWERS = 40  # a question with more different answers is none with options
_DONT_KNOW = (
    "不了解", "不清楚", "不知道", "说不清", "不好说", "没有接触", "dont_know", "dont know",
    "don't know", "dk", "not sure", "unsure", "no opinion",
)  # fmt: skip
_NOT_ANSWERED = (
    "", "-", "--", "—", "/", "\\", ".", "na", "n/a", "nan", "null", "none", "无", "未答", "未回答",
    "没有回答", "拒答", "拒绝回答", "跳过", "缺失", "不适用", "refused", "skipped",
)  # fmt: skip
_WHOLE = ("全街道", "街道", "合计", "总计", "全部", "whole", "total")
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


def guess_plan(
    sheet: Sheet,
    kind: str,
    wave: Wave,
    names: Names,
    left_out: Iterable[str],
    saved: Plan | None,
) -> Plan:
    """The saved plan where columns match, else guesses by name; words not met before guessed."""
    roles = dict(saved.roles) if saved else guess_roles(sheet, kind, names)
    roles |= dict.fromkeys(left_out, "")
    plan = Plan(roles, only=saved.only if saved else None)
    return with_words(plan, sheet, wave, names, saved)


def with_words(
    plan: Plan, sheet: Sheet, wave: Wave, names: Names, saved: Plan | None = None
) -> Plan:
    """The plan with every answer, community and subject that can be recognised."""
    kept = saved or Plan()
    known = {option.code for option in wave.options} | {BLANK}
    answers = {}
    second_worst = _second_worst([sheet.column(name) for name in plan.questions], wave, names)
    for name in plan.questions:
        before = {word: code for word, code in kept.answers.get(name, {}).items() if code in known}
        guessed = guess_answers(sheet.column(name), wave.options, names)
        answers[name] = guessed | second_worst | before
    place, subject = plan.column(COMMUNITY), plan.column(SUBJECT)
    places = guess_places(sheet.column(place), names) if place else {}
    subjects = guess_subjects(sheet.column(subject), names) if subject else {}
    return replace(
        plan,
        answers=answers,
        places=places | dict(kept.places),
        subjects=subjects | dict(kept.subjects),
    )


def guess_roles(sheet: Sheet, kind: str, names: Names) -> dict[str, str]:
    """Column → role, each role of a fact once."""
    place = _community(sheet, names)
    taken: set[str] = set()
    roles = {}
    for column in sheet.columns:
        role = COMMUNITY if column is place else _role(column, kind, names)
        if not role.startswith(QUESTION):
            role = "" if role in taken else role
            taken.add(role)
        roles[column.name] = role
    return roles


def _community(sheet: Sheet, names: Names) -> Column | None:
    """The column of which most cells name a community we know, else the one called so."""

    def known(column: Column) -> float:
        places = guess_places(column, names)
        hits = [key in places for key in column.keys]
        return column.counts[hits].sum() / max(column.counts.sum(), 1)

    few = [column for column in sheet.columns if len(column.values) <= _MOST_COMMUNITIES]
    best = max(few, key=known, default=None)
    if best is not None and known(best) > 0.5:
        return best
    return next((column for column in few if _COMMUNITY.fullmatch(_name(column))), None)


def _name(column: Column) -> str:
    """A column's name as words: tools put . and _ for blanks."""
    return " ".join(re.sub(r"[._]+", " ", alike(column.name)).split())


def _role(column: Column, kind: str, names: Names) -> str:
    name = _name(column)
    if kind == COUNTS:
        return _count_role(name, names)
    if kind == PUBLISHED:
        return _first(name, _PUBLISHED)
    fact = _first(name, _FACTS)
    if fact:
        return fact
    if len(column.values) > _MOST_ANSWERS:
        return ""
    labels = ((code, re.escape(label)) for label, code in names.subjects.items())
    subject = _first(name, (*labels, *_SUBJECTS))
    return f"{QUESTION}{subject}" if subject else ""


def _count_role(name: str, names: Names) -> str:
    option = names.options.get(name.removesuffix("份数"))
    return f"{OPTION}{option}" if option else _first(name, (_OF_SUBJECT,))


def _first(name: str, patterns: Iterable[tuple[str, str]]) -> str:
    return next((role for role, pattern in patterns if re.search(pattern, name)), "")


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


def _second_worst(columns: Sequence[Column], wave: Wave, names: Names) -> dict[str, str]:
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


def guess_places(column: Column, names: Names) -> dict[str, str]:
    """Name → community, by name, code, or name without its ending; the whole by its usual words."""
    found = {}
    for key, value in zip(column.keys, column.values, strict=True):
        code = names.places.get(key) or names.places.get(place_name(value))
        if code:
            found[key] = code
        elif key in _WHOLE:
            found[key] = WHOLE
    return found


def guess_subjects(column: Column, names: Names) -> dict[str, str]:
    """Word → domain or overall."""
    found = {}
    for key in column.keys:
        code = names.subjects.get(key) or (_first(key, _SUBJECTS) if key else "")
        if code:
            found[key] = code
    return found
