"""The form that changes a survey's scale while it has no answers yet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256

import streamlit as st

from pages.shared.access import now
from pages.shared.data import ask, settings, submit
from pages.shared.fields import Beside, a_line
from pages.shared.forms import form_key, refused, saved
from services.entries import gathered, half_width, quantity
from services.errors import InvalidEntry
from services.formats import exact
from services.i18n import _
from services.permissions import CurrentUser
from services.satisfaction import Wave
from services.scales import ScaleOption, edit_scale, even_scale, is_frozen, scale_of

FORM = "scale"
_SPARE = (None, None)  # blank rows for more options


def scale_form(wave: Wave, user: CurrentUser) -> None:
    """Options with their points; a wave with answers shows what they are and no fields."""
    options = ask(scale_of, wave.code)
    st.caption(_("评分：{scale}。").format(scale=wave.scale_label))
    if ask(is_frozen, wave.code):
        st.caption(_("已有答卷，评分标准不能再改。"))
        return
    version = sha256(repr(options).encode()).hexdigest()[:8]
    token, beside = f"{form_key(FORM)}-{wave.code}-{version}", Beside()
    with st.form(f"{token}-options", border=False):
        rows = [_row(place, option, token, beside)
                for place, option in enumerate((*options, *_SPARE))]  # fmt: skip
        if st.form_submit_button(_("保存评分标准")):
            with refused(beside):
                with gathered() as part:
                    read = [part(_read, *row) for row in rows]
                _save(wave, tuple(filter(None, read)), user)
    with st.form(f"{token}-even", border=False):
        label = _("或改为等距评分，最高一级为")
        told = _("例如 5：1 至 5 依次为 0、25、50、75、100 分。有两种长度的题写 5、10。")
        steps = a_line(token, "steps", label, "", beside, placeholder="5", help=told)
        if st.form_submit_button(_("改为等距")):
            with refused(beside):
                _save(wave, even_scale(*_steps(steps)), user)


def offer_even(wave: Wave, steps: Sequence[int], user: CurrentUser) -> None:
    """The even scale for answers in numbers that the wave has no options for, one click away."""
    shown = _("、").join(map(str, steps))
    st.warning(
        _(
            "有的题用 1 至 {most} 的数字作答，这次调查的评分标准里没有这些选项，这些行不能导入。"
        ).format(most=max(steps)),
        icon=":material/linear_scale:",
    )
    if ask(is_frozen, wave.code):
        st.caption(_("已有答卷，评分标准不能再改。"))
    elif st.button(_("改用等距评分（最高一级为 {steps}）").format(steps=shown)):
        _save(wave, even_scale(*steps), user)


def _save(wave: Wave, options: tuple[ScaleOption, ...], user: CurrentUser) -> None:
    submit(edit_scale, wave.code, options, settings().scales, user, now())
    saved(FORM, _("已保存评分标准。"))


Row = tuple[int, ScaleOption | None, str, str, bool]


def _row(place: int, option: ScaleOption | None, token: str, beside: Beside) -> Row:
    """One option's fields: its place, itself, label, points, whether it counts as satisfied."""
    name, points, counts = st.columns([3, 2, 2], vertical_alignment="bottom")
    shown = "" if option is None or option.points is None else exact(option.points)
    return (
        place,
        option,
        a_line(token, f"label-{place}", _("选项"), option.label if option else "", beside, name),
        a_line(token, f"points-{place}", _("分值（空白不计分）"), shown, beside, points),
        counts.checkbox(
            _("算作满意"), bool(option and option.satisfied), key=f"{token}-satisfied-{place}"
        ),
    )


def _read(
    place: int, option: ScaleOption | None, label: str, points: str, satisfied: bool
) -> ScaleOption | None:
    """The option as typed; a row without a label is none."""
    if not label.strip():
        return None
    score = quantity(points, _("分值"), whole=False, unit=(_("分"), "分"), field=f"points-{place}")
    if option and option.label == label.strip():
        return replace(option, points=score, satisfied=satisfied)
    code = option.code if option else f"more{place}"
    return ScaleOption(code, label.strip(), score, satisfied)


def _steps(typed: str) -> list[int]:
    """5 or 5、10 as numbers."""
    parts = [part for part in re.split(r"[,、\s]+", half_width(typed)) if part]
    if not parts or not all(re.fullmatch(r"[2-9]|1[0-9]", part) for part in parts):
        raise InvalidEntry(_("请填 2 至 19 之间的整数，例如 5，或 5、10。"), "steps")
    return sorted({int(Decimal(part)) for part in parts}, reverse=True)
