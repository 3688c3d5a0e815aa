"""The forms by which survey results come in: a new wave, its counts, a published score."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.shared.access import now, today
from pages.shared.data import ask, fetch, settings, submit
from pages.shared.downloads import XLSX, spoken
from pages.shared.forms import form_key, refused, saved
from pages.shared.text import plain
from services import surveys
from services.catalogue import Catalogue, catalogue
from services.entries import gathered, quantity
from services.errors import InvalidEntry
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
        key=f"wave-{asked}",
    )


def new_wave(user: CurrentUser) -> None:
    """Add a survey round with its scale, which is its own from then on."""
    token = form_key("wave")
    with st.form(f"{token}-wave", border=False):
        beside: dict[str, DeltaGenerator] = {}
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


def _wave_fields(token: str, beside: dict[str, DeltaGenerator]) -> surveys.NewWave:
    scales = settings().scales
    label = st.text_input(
        _("调查名称"),
        key=f"{token}-label",
        placeholder=_("例如：2026年第三季度满意度调查"),
    )
    beside["label"] = st.empty()
    left, right = st.columns(2)
    mode = left.selectbox(_("调查方式"), surveys.MODES, format_func=mode_label, key=f"{token}-mode")
    scale = right.selectbox(
        _("评分标准"),
        list(scales),
        key=f"{token}-scale",
        format_func=lambda code: named(scales[code]["label"], scales[code].get("label_en", "")),
        help=_("评分标准随这次调查保存，录入答卷后不再改变。标准不同的调查不作比较。"),
    )
    first = _day(left, _("开始日期"), today() - timedelta(days=14), f"{token}-first")
    last = _day(right, _("结束日期"), today(), f"{token}-last")
    beside |= {"first_day": left.empty(), "last_day": right.empty()}
    wording = st.text_input(
        _("问卷版本"),
        "1",
        key=f"{token}-wording",
        help=_("问题的措辞有改动时换一个版本；版本不同的调查不作比较。"),
    )
    beside["wording"] = st.empty()
    return surveys.NewWave(label, mode, scale, wording, first, last)


def _day(place: DeltaGenerator, label: str, value: date, key: str) -> date:
    return place.date_input(
        label, value, key=key, format="YYYY-MM-DD", min_value=date.min, max_value=date.max
    )


def counts(wave: Wave, subject: str, user: CurrentUser) -> None:
    """The counted answers of one question, a row a community; a blank row is left out."""
    places = fetch(catalogue).active_communities
    before = ask(surveys.counted, wave.code, subject)
    token = f"{form_key('counts')}-{wave.code}-{subject}"
    with st.form(f"{token}-counts", border=False):
        typed: dict[str, dict[str, str]] = {}
        for place in places:
            with st.container(key=f"counts-row-{place.code}"):
                name, *cells = st.columns(1 + len(wave.options), vertical_alignment="bottom")
            name.markdown(f"**{plain(place.name)}**")
            typed[place.code] = {
                option.code: cell.text_input(
                    option.label,
                    str(before.get(place.code, {}).get(option.code, "")),
                    key=f"{token}-{place.code}-{option.code}",
                )
                for option, cell in zip(wave.options, cells, strict=True)
            }
        if st.form_submit_button(_("保存各社区的份数"), type="primary"):
            with refused():
                read = {place.code: _read(typed[place.code], wave, place.name) for place in places}
                kept = {code: row for code, row in read.items() if row or code in before}
                changed = submit(surveys.record_counts, wave.code, subject, kept, user, now())
                saved(
                    "counts", _n("已保存，更新了 {count} 个社区。", changed).format(count=changed)
                )


def published(wave: Wave, subject: str, user: CurrentUser) -> None:
    """A score that someone else published, with its number of valid answers."""
    token = form_key("published")
    lists = fetch(catalogue)
    places = {SUBDISTRICT: _("全街道")} | {c.code: c.name for c in lists.active_communities}
    with st.form(f"{token}-published", border=False):
        columns = st.columns(3)
        place = columns[0].selectbox(
            _("范围"), list(places), format_func=places.__getitem__, key=f"{token}-place"
        )
        score = columns[1].text_input(_("得分"), key=f"{token}-score")
        n = columns[2].text_input(_("有效答卷（份）"), key=f"{token}-n")
        beside = {"score": columns[1].empty(), "n": columns[2].empty()}
        if st.form_submit_button(_("保存公布的得分"), type="primary"):
            with refused(beside):
                with gathered() as part:
                    unit = (_("分"), "分")
                    points = part(quantity, score, _("得分"), whole=False, unit=unit, field="score")
                    unit = _copies()
                    answers = part(quantity, n, _("有效答卷"), whole=True, unit=unit, field="n")
                if points is None or answers is None:
                    raise InvalidEntry(_("请填写得分和有效答卷份数。"))
                submit(
                    surveys.record_published,
                    wave.code,
                    place,
                    subject,
                    points,
                    int(answers),
                    user,
                    now(),
                )
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


def _copies() -> tuple[str, str]:
    """What a number of answers may be followed by."""
    return _("份"), "份"


def _read(typed: dict[str, str], wave: Wave, place: str) -> dict[str, int]:
    labels = {option.code: option.label for option in wave.options}
    read = {
        option: quantity(text, f"{place} · {labels[option]}", whole=True, unit=_copies())
        for option, text in typed.items()
    }
    return {option: int(count) for option, count in read.items() if count is not None}
