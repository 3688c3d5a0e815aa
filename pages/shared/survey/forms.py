"""The forms by which survey results come in: a new wave, its counts, a published score."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.shared.access import now, today
from pages.shared.data import ask, fetch, settings, submit
from pages.shared.downloads import XLSX, spoken
from pages.shared.fields import Beside, a_day, a_line
from pages.shared.forms import form_key, refused, retold, saved
from pages.shared.text import plain
from services import survey_answers, surveys
from services.catalogue import Catalogue, Community, catalogue
from services.i18n import _, _n, named
from services.imports.plan import COUNTS, PUBLISHED
from services.imports.sums_out import kinds_held, sums
from services.permissions import CurrentUser
from services.satisfaction import OVERALL, SUBDISTRICT, Wave, mode_label


def choose_wave(place: DeltaGenerator, waves: Mapping[str, Wave]) -> str:
    """The code of the survey to work on: the one that was just added, else the newest."""
    codes, asked = list(waves), st.query_params.get("wave", "")
    return place.selectbox(
        _("调查"),
        codes,
        codes.index(asked) if asked in waves else 0,
        format_func=lambda code: waves[code].label,
        key=retold(f"wave-{asked}"),
    )


def new_wave(user: CurrentUser) -> None:
    """Add a survey round with its scale, which is its own from then on."""
    token = form_key("wave")
    with st.form(f"{token}-wave", border=False):
        beside = Beside()
        wave = _wave_fields(token, beside)
        if st.form_submit_button(_("新增这次调查"), type="primary"):
            with refused(beside):
                made = submit(surveys.add_wave, wave, settings().scales, user, now(), today())
                st.query_params["wave"] = made
                saved(
                    "wave",
                    _("已新增“{label}”，可以导入答卷文件，或录入各社区的份数。").format(
                        label=wave.label
                    ),
                )


def _wave_fields(token: str, beside: Beside) -> surveys.NewWave:
    scales = settings().scales
    hint = _("例如：2026年第三季度满意度调查")
    label = a_line(token, "label", _("调查名称"), "", beside, placeholder=hint)
    left, right = st.columns(2)
    mode = left.selectbox(
        _("调查方式"), surveys.MODES, format_func=mode_label, key=retold(f"{token}-mode")
    )
    scale = right.selectbox(
        _("评分标准"),
        list(scales),
        key=retold(f"{token}-scale"),
        format_func=lambda code: named(scales[code]["label"], scales[code].get("label_en", "")),
        help=_("评分标准随这次调查保存，录入答卷后不再改变。标准不同的调查不作比较。"),
    )
    beside |= {"mode": left.empty(), "scale": right.empty()}
    begun = today() - timedelta(days=14)
    first = a_day(token, "first_day", _("开始日期"), begun, beside, left)
    last = a_day(token, "last_day", _("结束日期"), today(), beside, right)
    told = _("问题的措辞有改动时换一个版本；版本不同的调查不作比较。")
    wording = a_line(token, "wording", _("问卷版本"), "1", beside, help=told)
    return surveys.NewWave(label, mode, scale, wording, first, last)


def counts(wave: Wave, subject: str, user: CurrentUser) -> None:
    """The counted answers of one question, a row a community; a blank row is left out."""
    places = fetch(catalogue).active_communities
    before = ask(surveys.counted, wave.code, subject)
    token, beside = f"{form_key('counts')}-{wave.code}-{subject}", Beside()
    with st.form(f"{token}-counts", border=False):
        typed = {
            place.code: _counts_row(token, wave, place, before.get(place.code, {}), beside)
            for place in places
        }
        if st.form_submit_button(_("保存各社区的份数"), type="primary"):
            with refused(beside):
                read = survey_answers.read_counts(wave, places, typed)
                kept = {code: row for code, row in read.items() if row or code in before}
                changed = submit(surveys.record_counts, wave.code, subject, kept, user, now())
                saved(
                    "counts", _n("已保存，更新了 {count} 个社区。", changed).format(count=changed)
                )


def _counts_row(
    token: str, wave: Wave, place: Community, before: Mapping[str, int], beside: Beside
) -> dict[str, str]:
    """The fields of a community side by side; what they are refused for is said below all of
    them, as a field is too narrow for it."""
    with st.container(key=f"counts-row-{place.code}"):
        name, *cells = st.columns(1 + len(wave.options), vertical_alignment="bottom")
        below = st.container()
    name.markdown(f"**{plain(place.name)}**")
    typed = {}
    for option, cell in zip(wave.options, cells, strict=True):
        field = survey_answers.count_field(place.code, option.code)
        known = str(before.get(option.code, ""))
        typed[option.code] = cell.text_input(option.label, known, key=f"{token}-{field}")
        beside[field] = below
    return typed


def published(wave: Wave, subject: str, user: CurrentUser) -> None:
    """A score that someone else published, with its number of valid answers."""
    token, beside = form_key("published"), Beside()
    lists = fetch(catalogue)
    places = {SUBDISTRICT: _("全街道")} | {c.code: c.name for c in lists.active_communities}
    with st.form(f"{token}-published", border=False):
        columns = st.columns(3)
        place = columns[0].selectbox(
            _("范围"), list(places), format_func=places.__getitem__, key=retold(f"{token}-place")
        )
        score = a_line(token, "score", _("得分"), "", beside, columns[1])
        n = a_line(token, "n", _("有效答卷（份）"), "", beside, columns[2])
        if st.form_submit_button(_("保存公布的得分"), type="primary"):
            with refused(beside):
                read = survey_answers.read_published(wave, score, n)
                about = (wave.code, place, subject)
                submit(surveys.record_published, *about, *read, user, now())
                saved("published", _("已保存{place}的得分。").format(place=places[place]))


def downloads(wave: Wave, user: CurrentUser) -> None:
    """What the wave holds, as files that 导入调查 reads back."""
    labels = {COUNTS: _("下载各选项份数（.xlsx）"), PUBLISHED: _("下载公布的得分（.xlsx）")}
    held = ask(kinds_held, wave.code)
    with st.container(horizontal=True):
        for kind in held:
            st.download_button(
                labels[kind],
                spoken(lambda kind=kind: ask(sums, wave.code, kind, user)),
                file_name=_("{wave}_{kind}.xlsx").format(
                    wave=wave.label, kind=_("份数") if kind == COUNTS else _("得分")
                ),
                mime=XLSX,
                icon=":material/download:",
            )
    if held:
        st.caption(_("改好的文件在“导入调查”里导入：同一社区、同一领域的数字以文件为准。"))


def subjects(lists: Catalogue) -> dict[str, str]:
    """What a question can be about: everything together, or one domain."""
    return {OVERALL: _("总体满意度")} | {domain.code: domain.label for domain in lists.domains}
