"""The administrator's parts about places: communities, their grids, who lives there."""

from __future__ import annotations

import streamlit as st

from pages.shared.access import now, today
from pages.shared.admin.edit import edit_form, table
from pages.shared.data import ask, fetch, submit
from pages.shared.fields import Beside, a_line
from pages.shared.forms import form_key, receipt, refused, saved
from pages.shared.history import history_of
from pages.shared.workbook.lists import out_and_back
from services import workbook
from services.admin import places, population
from services.admin.places import CommunityFacts, GridFacts
from services.admin.population import Counts
from services.formats import running
from services.i18n import _
from services.permissions import CurrentUser

NEW = "community"
_COLUMNS = 3


def all_of_them(known: dict[str, CommunityFacts]) -> None:
    table(
        (_("顺序"), _("社区"), _("英文名称"), _("状态")),
        [
            (one.position, one.name, one.name_en, _("在用") if one.active else _("已停用"))
            for one in known.values()
        ],
        _("还没有社区。请先添加社区，再添加它的网格和人口。"),
    )


def new_community(user: CurrentUser) -> None:
    token, beside = form_key(NEW), Beside()
    with st.form(f"{token}-form", border=False):
        name, name_en = _names(token, "", "", beside)
        if st.form_submit_button(_("添加社区"), type="primary", width="stretch"):
            with refused(beside):
                submit(places.add_community, user, name, name_en, now())
                saved(NEW, _("已添加“{name}”，排在最后。").format(name=name.strip()))


def _names(token: str, name: str, name_en: str, beside: Beside) -> tuple[str, str]:
    return (
        a_line(token, "name", _("社区名称"), name, beside),
        a_line(token, "name_en", _("英文名称（可不填）"), name_en, beside),
    )


def community(code: str, known: dict[str, CommunityFacts], user: CurrentUser) -> None:
    """Rename a community, give it another place in the list, close or reopen it."""

    def save(typed: CommunityFacts, seen: str) -> str:
        submit(places.change_community, user, code, typed, seen, now())
        return _("已保存“{name}”。").format(name=typed.name.strip())

    def fields(token: str, facts: CommunityFacts, beside: Beside) -> CommunityFacts:
        name, name_en = _names(token, facts.name, facts.name_en, beside)
        rank = position(token, facts.position, len(known))
        active = st.checkbox(
            _("在用"),
            facts.active,
            key=f"{token}-active",
            help=_("停用后不能再选这个社区填报；以前的记录和数字都保留。"),
        )
        return CommunityFacts(name, name_en, rank, active)

    edit_form(f"community-{code}", known[code], fields, save, _community_words)
    history_of("community", (code,), user)


def _community_words(facts: CommunityFacts) -> dict[str, str]:
    return {
        _("社区名称"): facts.name,
        _("英文名称"): facts.name_en,
        _("顺序"): str(facts.position),
        _("状态"): _("在用") if facts.active else _("已停用"),
    }


def position(token: str, rank: int, last: int) -> int:
    """Where in the list the row stands."""
    return int(
        st.number_input(_("顺序"), 1, max(last, rank), rank, step=1, key=f"{token}-position")
    )


def by_workbook(user: CurrentUser) -> None:
    """All communities and their people of a year in a workbook, to be changed and imported."""
    kind = workbook.KINDS["places"]
    year = st.selectbox(_("年份"), _years(), 1, key="workbook-year")
    name = _("社区与人口_{year}.xlsx").format(year=year)
    out_and_back(kind, lambda: ask(workbook.places_book, year, user), name, user)


def _years() -> range:
    return range(today().year + 1, today().year - 10, -1)


def grids(code: str, user: CurrentUser) -> None:
    """A community's grids, each to be renamed or moved, and a new one."""
    known = ask(places.grids, user, code)
    new = f"grid-{code}"
    receipt(new)
    if not known:
        st.info(_("这个社区还没有网格。"), icon=":material/info:")
    for grid in known:
        receipt(f"grid-{grid}")
        with st.expander(_("{rank}. {name}").format(rank=known[grid].position,
                                                    name=known[grid].name)):  # fmt: skip
            _grid(code, grid, known, user)
    token, beside = form_key(new), Beside()
    with st.form(f"{token}-form", border=False):
        name = a_line(token, "name", _("新网格的名称"), "", beside)
        if st.form_submit_button(_("添加网格"), width="stretch"):
            with refused(beside):
                submit(places.add_grid, user, code, name, now())
                saved(new, _("已添加“{name}”。").format(name=name.strip()))
    history_of("grid", tuple(known), user)


def _grid(code: str, grid: str, known: dict[str, GridFacts], user: CurrentUser) -> None:
    def save(typed: GridFacts, seen: str) -> str:
        submit(places.change_grid, user, code, grid, typed, seen, now())
        return _("已保存“{name}”。").format(name=typed.name.strip())

    def fields(token: str, facts: GridFacts, beside: Beside) -> GridFacts:
        name = a_line(token, "name", _("网格名称"), facts.name, beside)
        return GridFacts(name, position(token, facts.position, len(known)))

    def words(facts: GridFacts) -> dict[str, str]:
        return {_("网格名称"): facts.name, _("顺序"): str(facts.position)}

    edit_form(f"grid-{grid}", known[grid], fields, save, words)


def people(code: str, user: CurrentUser) -> None:
    """How many of each group live there in a year; the year before stands beside the field."""
    year = st.selectbox(_("年份"), _years(), 1, key="population-year")
    name = f"population-{code}-{year}"
    receipt(name)
    before = dict(ask(population.population, user, year - 1)[code])
    labels = fetch(population.groups)

    def save(typed: Counts, seen: str) -> str:
        submit(population.change_population, user, code, year, typed, seen, now())
        return _("已保存 {year} 年的人口。").format(year=year)

    def fields(token: str, facts: Counts, beside: Beside) -> Counts:
        typed = []
        for start in range(0, len(facts), _COLUMNS):  # by rows: a phone shows column by column
            row = facts[start : start + _COLUMNS]
            for (group, text), cell in zip(row, st.columns(_COLUMNS), strict=False):
                was = _("上年 {count}").format(count=before[group]) if before[group] else ""
                figure = a_line(token, group, labels[group], text, beside, cell, placeholder=was)
                typed.append((group, figure))
        return tuple(typed)

    st.caption(
        running(
            _("用作覆盖率和人均数的分母，以及调查加权。没有统计的留空。"),
            _("人群在“管理 · 目录 · 人群”里添加和停用。"),
        )
    )
    facts = ask(population.population, user, year)[code]
    edit_form(name, facts, fields, save, lambda counts: {labels[g]: text for g, text in counts})
    history_of("population", (f"{code}/{year}",), user)
