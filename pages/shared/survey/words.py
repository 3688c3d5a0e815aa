"""What the words in a survey file mean: answers, communities and subjects, set by a person."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import streamlit as st

from pages.shared.forms import retold
from pages.shared.survey.scale import offer_even
from pages.shared.text import plain
from services.catalogue import Catalogue
from services.formats import number
from services.i18n import _, _n
from services.imports import summary, values
from services.imports.guess_answers import guess_answers
from services.imports.names import Names
from services.imports.plan import (
    BLANK,
    COMMUNITY,
    PUBLISHED,
    SUBJECT,
    UNPLACED,
    WHOLE,
    Plan,
)
from services.imports.sheet import Sheet
from services.permissions import CurrentUser
from services.satisfaction import Wave

_REFUSE = "refuse"
_SHOWN = 60  # different words of a kind; the rest is rare


def answers(
    sheet: Sheet, plan: Plan, wave: Wave, names: Names, token: str, user: CurrentUser
) -> Plan:
    """Each answer's option, asked once for all questions that are answered in the same way."""
    groups = summary.answer_groups(sheet, plan, wave)
    steps = summary.missing_steps(groups, plan)
    if steps:
        offer_even(wave, steps, user)
    meant = dict(plan.answers)
    choices = {option.code: option.label for option in wave.options}
    choices |= {BLANK: _("未回答"), _REFUSE: _("不认识，不导入这一行")}
    for group in groups:
        st.markdown(_title(group))
        reverse = group.steps > 0 and st.checkbox(
            _("数字越小越满意"), key=f"{token}-reverse-{group.steps}"
        )
        guess: dict[str, str] = {}
        for column in group.columns:
            guess |= plan.answers[column]
            if reverse:
                own = sheet.column(column)
                guess |= guess_answers(own, wave.options, names, smaller_is_better=True)
        words = dict(guess)
        for place, (key, count) in enumerate(list(group.answers.items())[:_SHOWN]):
            left, right = st.columns([3, 2], vertical_alignment="center")
            left.markdown(_answer(key, count))
            start = guess.get(key, _REFUSE)
            chosen = right.selectbox(
                key or _("空白"),
                list(choices),
                list(choices).index(start) if start in choices else len(choices) - 1,
                format_func=choices.__getitem__,
                key=retold(f"{token}-answer-{group.steps}-{reverse}-{place}-{key}"),
                label_visibility="collapsed",
            )
            words.pop(key, None)
            if chosen != _REFUSE:
                words[key] = chosen
        meant |= dict.fromkeys(group.columns, words)
    return replace(plan, answers=meant)


def unknown_places(sheet: Sheet, plan: Plan, lists: Catalogue, kind: str, token: str) -> Plan:
    """A community for each name that is not in the list, with the nearest one beside it."""
    names = {place.code: place.name for place in lists.active_communities}
    rest = (
        {WHOLE: _("全街道")} if kind == PUBLISHED else {UNPLACED: _("不属于任何社区，只计入全街道")}
    )

    def near(word: str) -> str:
        name = values.nearest(word, names.values())
        return _("是不是“{name}”？").format(name=name) if name else ""

    chosen = _unknown(
        _("名册里没有这些社区，请逐个指定，否则这些行不导入。"),
        summary.unknown_words(sheet, str(plan.column(COMMUNITY)), plan.places),
        names | rest,
        near,
        f"{token}-place",
    )
    return replace(plan, places={**plan.places, **chosen})


def unknown_subjects(sheet: Sheet, plan: Plan, names: Mapping[str, str], token: str) -> Plan:
    """A domain for each word that is none."""
    chosen = _unknown(
        _("没有这些服务领域，请逐个指定，否则这些行不导入。"),
        summary.unknown_words(sheet, str(plan.column(SUBJECT)), plan.subjects),
        names,
        lambda _word: "",
        f"{token}-subject",
    )
    return replace(plan, subjects={**plan.subjects, **chosen})


def _unknown(
    sentence: str,
    words: Mapping[str, tuple[str, int]],
    names: Mapping[str, str],
    hint: Callable[[str], str],
    token: str,
) -> dict[str, str]:
    """Word → what a person chose for it; a word for which nothing was chosen is left out."""
    if not words:
        return {}
    st.warning(sentence, icon=":material/help:")
    found = {}
    for place, (key, (word, count)) in enumerate(list(words.items())[:_SHOWN]):
        left, right = st.columns([3, 2], vertical_alignment="center")
        left.markdown(f"{_word(word, count)} {plain(hint(word))}")
        chosen = right.selectbox(
            word or _("空白"),
            ["", *names],
            format_func=lambda code: names.get(code, _("不导入")),
            key=retold(f"{token}-{place}-{key}"),
            label_visibility="collapsed",
        )
        if chosen:
            found[key] = chosen
    return found


def _answer(word: str, count: int) -> str:
    return _n("**{word}**（{count} 个回答）", count).format(
        word=plain(word[:40]) or _("空白"), count=number(count)
    )


def _word(word: str, count: int) -> str:
    return _n("**{word}**（{count} 行）", count).format(
        word=plain(word[:40]) or _("空白"), count=number(count)
    )


def _short(column: str) -> str:
    """Both ends of a long question: many of a file begin alike."""
    return column if len(column) <= 30 else f"{column[:10]}…{column[-20:]}"


def _title(group: summary.AnswerGroup) -> str:
    """Which questions are meant, and how they are answered."""
    names = _("、").join(plain(_short(column)) for column in group.columns[:4])
    if len(group.columns) > 4:
        names += _("等 {count} 题").format(count=len(group.columns))
    if group.steps:
        return _("回答的含义（1 至 {steps} 的数字）：{names}").format(
            steps=group.steps, names=names
        )
    return _("回答的含义：{names}").format(names=names)
