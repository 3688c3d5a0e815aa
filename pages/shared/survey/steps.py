"""The steps of taking over a survey file: which file, what it means, what it would say, yes."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from pages.shared.access import now
from pages.shared.data import ask, fetch, submit
from pages.shared.forms import held, retold, saved
from pages.shared.survey.forms import choose_wave, subjects
from pages.shared.survey.preview import FORM
from pages.shared.survey.words import answers, unknown_places, unknown_subjects
from pages.shared.text import plain
from pages.shared.upload import one_table
from services.catalogue import catalogue
from services.formats import number, running
from services.i18n import _, _n, language
from services.imports.check import Checked
from services.imports.guess import guess_plan, with_words
from services.imports.guess_answers import unanswered
from services.imports.names import names_known
from services.imports.personal import personal_columns
from services.imports.plan import (
    COMMUNITY,
    KINDS,
    NUMBER,
    RESPONDENTS,
    SUBJECT,
    Plan,
    asked_for,
    kind_label,
    roles_of,
)
from services.imports.record import (
    ADD,
    REPLACE,
    Choice,
    Receipt,
    Upload,
    already_there,
    has_results,
    record,
    saved_plan,
)
from services.imports.sheet import MB, SURVEY, Sheet, read_sheet
from services.imports.totals import CheckedTotals
from services.imports.values import answer_key
from services.permissions import CurrentUser
from services.satisfaction import Wave

_SAMPLES, _VALUES = 4, 60


def which_wave(waves: Mapping[str, Wave]) -> tuple[Wave, str]:
    """The survey the file belongs to, and what a row of it is."""
    left, right = st.columns(2)
    code = choose_wave(left, waves)
    kind = right.selectbox(_("文件内容"), KINDS, format_func=kind_label, key=retold("import-kind"))
    return waves[code], kind


def which_file(token: str) -> Sheet | None:
    """The uploaded table, whole or the rows of one survey in it; None before there is a file."""
    uploaded = one_table(
        _("文件（.xlsx 或 .csv）"),
        token,
        _("姓名、电话和证件号码不会被导入。"),
        SURVEY.size // MB,
    )
    if uploaded is None:
        return None
    data = uploaded.getvalue()
    mark = uploaded.file_id
    with st.spinner(_("正在读取文件……")):
        sheet = held(FORM, "sheet", f"{mark}{language()}", lambda: read_sheet(data))
    if len(sheet.sheets) > 1:
        name = st.selectbox(
            _("工作表"),
            sheet.sheets,
            sheet.sheets.index(sheet.sheet),
            key=f"{token}-{mark}-sheet",
        )
        if name != sheet.sheet:
            sheet = held(FORM, "other", f"{mark}{name}", lambda: read_sheet(data, name))
    st.caption(
        _n("第 {line} 行是表头，共 {columns} 列、{rows} 行数据。", sheet.rows).format(
            line=sheet.header, columns=len(sheet.columns), rows=number(sheet.rows)
        )
    )
    return sheet


def which_rows(sheet: Sheet, token: str) -> tuple[str, str] | None:
    """Of a file with several surveys: the column and the word that tell the rows of this one."""
    with st.expander(_("文件里有几次调查？只导入其中一次")):
        few = [column.name for column in sheet.columns if 1 < len(column.values) <= _VALUES]
        name = st.selectbox(
            _("按哪一列区分"),
            ["", *few],
            format_func=lambda name: name or _("不区分，全部导入"),
            key=retold(f"{token}-only"),
        )
        if not name:
            return None
        wanted = st.selectbox(_("导入哪些行"), sheet.column(name).values, key=f"{token}-{name}-is")
        return name, answer_key(wanted)


def meaning(
    sheet: Sheet,
    wave: Wave,
    kind: str,
    only: tuple[str, str] | None,
    token: str,
    user: CurrentUser,
) -> Plan:
    """What each column is and each word means: proposed, and for the person to correct."""
    lists, names = fetch(catalogue), fetch(names_known, wave.code)
    asked = asked_for(sheet, only)
    personal = held(FORM, "personal", sheet.sha256 + language(), lambda: personal_columns(sheet))
    before = ask(saved_plan, kind, sheet)
    if before:
        st.info(_("列名与以前的文件相同，已沿用当时的对应关系。"), icon=":material/history:")
    proposed = guess_plan(asked, kind, wave, names, personal, before)
    for sentence in personal.values():
        st.warning(plain(sentence), icon=":material/person_off:")
    options = {option.code: option.label for option in wave.options}
    choices = roles_of(kind, subjects(lists), options)
    token = f"{token}-{kind}-{wave.code}-{wave.scale}-{sheet.columns_sha256[:8]}"
    roles = _roles(asked, personal, proposed, choices, token)
    plan = with_words(Plan(roles, only=only), asked, wave, names, before)
    if kind == RESPONDENTS:
        plan = answers(asked, plan, wave, names, token, user)
    if plan.column(COMMUNITY):
        plan = unknown_places(asked, plan, lists, kind, token)
    if plan.column(SUBJECT):
        plan = unknown_subjects(asked, plan, subjects(lists), token)
    return plan


def _roles(
    asked: Sheet,
    personal: Mapping[str, str],
    proposed: Plan,
    choices: Mapping[str, str],
    token: str,
) -> dict[str, str]:
    """What each column is; those without a word in them are not asked about."""
    roles, silent = {}, 0
    for place, column in enumerate(asked.columns):
        if column.name in personal:
            continue
        if unanswered(column):
            silent += 1
            continue
        left, right = st.columns([3, 2], vertical_alignment="center")
        samples = _("、").join(value[:20] for value in column.values[:_SAMPLES] if value)
        left.markdown(f"**{plain(column.name)}**  \n:gray[{plain(samples)}]")
        guess = proposed.roles.get(column.name, "")
        roles[column.name] = right.selectbox(
            column.name,
            list(choices),
            list(choices).index(guess) if guess in choices else 0,
            format_func=choices.__getitem__,
            key=retold(f"{token}-role-{place}"),
            label_visibility="collapsed",
        )
    if silent:
        st.caption(
            _n("另有 {count} 列在这些行里没有内容，未列出。", silent).format(count=number(silent))
        )
    return roles


def confirm(
    upload: Upload, checked: Checked | CheckedTotals, user: CurrentUser, token: str
) -> None:
    """Add or replace where there is something, then take the file over."""
    choice = _choice(upload, checked, token) if ask(has_results, upload.wave) else Choice()
    pressed = st.button(
        _n("导入 {count} 行", checked.accepted).format(count=number(checked.accepted)),
        type="primary",
        disabled=choice is None or not checked.accepted,
        key=f"{token}-go",
    )
    if pressed:
        bar = st.progress(0.0, _("正在导入……"))
        done = submit(
            record,
            upload,
            choice,
            user,
            now(),
            lambda share: bar.progress(share, _("正在导入……")),
        )
        bar.empty()
        saved(FORM, _receipt(done))


def _choice(upload: Upload, checked: Checked | CheckedTotals, token: str) -> Choice | None:
    """What to do with what is there; None before the person has said."""
    ways = {
        ADD: _("追加：保留已有的，加入这个文件里新的"),
        REPLACE: _("替换：先删去这次调查已有的全部结果"),
    }
    how = st.radio(
        _("这次调查已经有结果"),
        list(ways),
        format_func=ways.__getitem__,
        index=None,
        key=retold(f"{token}-how"),
    )
    if how is None:
        return None
    same = how == ADD and isinstance(checked, Checked) and _same_rows(upload, checked, token)
    return Choice(how, same)


def _same_rows(upload: Upload, checked: Checked, token: str) -> bool:
    """Rows that are there already: the same people, unless a person knows better."""
    known = ask(already_there, upload.wave, checked)
    if not known:
        return False
    st.caption(_n("其中 {count} 行与已有的相同，将跳过。", known).format(count=number(known)))
    if checked.plan.column(NUMBER):
        return False
    return st.checkbox(
        _("没有编号列，内容相同的也可能是不同的人：照样导入"), key=f"{token}-keep-same"
    )


def _receipt(done: Receipt) -> str:
    if not done.changed:
        return _("这个文件已经导入过，没有任何改变。")
    sentence = _n(
        "已导入 {accepted} 行，跳过已有的 {skipped} 行，拒收 {refused} 行。", done.accepted
    ).format(
        accepted=number(done.accepted), skipped=number(done.skipped), refused=number(done.refused)
    )
    return running(sentence, done.weighting)
