"""What the columns and words of a file probably mean: a first proposal, for a person to correct."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from services.imports.guess_answers import guess_answers, second_worst
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
from services.satisfaction import OVERALL, Wave

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
    (ANSWERS, r"份|样本|答卷|^n$|answers"),
    _OF_SUBJECT,
)
_SUBJECTS = (
    ("environment", r"环境|卫生死角|绿化|垃圾|environment|physical setting|clean"),
    ("safety", r"治安|安全|警|safe|police|security"),
    ("culture", r"文体|文化|体育|健身|娱乐|culture|sport|events"),
    ("health", r"医疗|看病|健康|医院|health|medical|clinic"),
    ("education", r"教育|学校|上学|老师|school|education"),
    ("assistance", r"帮扶|救助|低保|补贴|养老|assistance|welfare"),
    (OVERALL, r"总体|总的|整体|综合|overall|as a place to live|^满意度$"),
)
_MOST_COMMUNITIES = 1000
_MOST_ANSWERS = 40  # a question with more different answers is none with options
_WHOLE = ("全街道", "街道", "合计", "总计", "全部", "whole", "total", "whole subdistrict")


def guess_plan(
    sheet: Sheet,
    kind: str,
    wave: Wave,
    names: Names,
    left_out: Iterable[str],
    saved: Plan | None,
) -> Plan:
    """The saved plan where columns match; columns and words not met before guessed by name."""
    roles = guess_roles(sheet, kind, names)
    if saved:
        known = saved.roles.values()
        roles = {name: role for name, role in roles.items() if ":" in role or role not in known}
        roles |= saved.roles
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
    grades = second_worst([sheet.column(name) for name in plan.questions], wave, names)
    for name in plan.questions:
        before = {word: code for word, code in kept.answers.get(name, {}).items() if code in known}
        guessed = guess_answers(sheet.column(name), wave.options, names)
        answers[name] = guessed | grades | before
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
        places = guess_places(column, names)  # a bare number can be an answer too
        hits = [key in places and not key.isdecimal() for key in column.keys]
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
    # Many a question of one domain has 总体 or overall in it: that is looked for last.
    labels = ((code, re.escape(la)) for la, code in names.subjects.items() if code != OVERALL)
    subject = _first(name, (*labels, *_SUBJECTS))
    return f"{QUESTION}{subject}" if subject else ""


def _count_role(name: str, names: Names) -> str:
    option = names.options.get(name.removesuffix("份数"))
    return f"{OPTION}{option}" if option else _first(name, (_OF_SUBJECT,))


def _first(name: str, patterns: Iterable[tuple[str, str]]) -> str:
    return next((role for role, pattern in patterns if re.search(pattern, name)), "")


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
