"""Photos of inspections on a page: small ones that open the big one, and the fields to add some."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.shared.access import now
from pages.shared.data import submit
from pages.shared.forms import refused, say
from pages.shared.text import plain
from services import inspections
from services.formats import number
from services.i18n import _
from services.inspections import MOMENTS, MOST, Full, Photo, Upload
from services.inspections.photos import LIMITS, MB
from services.permissions import CurrentUser

# What a telephone offers its camera for, and turns its own HEIC files into.
_TYPES = ["image/jpeg", "image/png", "image/webp"]
_PHOTO = (
    '<a href="/photos/{id}" target="_blank" rel="noopener">'
    '<img src="/photos/{id}/small" alt="{alt}" loading="{loading}"></a>'
)


def gallery(photos: Iterable[Photo], *, strip: bool = False) -> None:
    """The photos side by side, in a list as a low strip; nothing where there are none."""
    images = "".join(
        _PHOTO.format(id=one.id, alt=escape(one.alt), loading="lazy" if strip else "eager")
        for one in photos
    )
    if images:
        st.html(f'<div class="minyi-photos{" strip" if strip else ""}">{images}</div>')


def by_moment(photos: Iterable[Photo]) -> None:
    """Those of before beside those of after, each under its name."""
    shown = [one for one in photos if one.shown]
    moments = [moment for moment in MOMENTS if any(one.moment == moment for one in shown)]
    for moment, place in zip(moments, st.columns(max(len(moments), 1)), strict=False):
        with place:
            st.caption(plain(inspections.moment_label(moment)))
            gallery(one for one in shown if one.moment == moment)


def photo_fields(
    token: str, beside: dict[str, DeltaGenerator], moments: Iterable[str] = MOMENTS
) -> list[Upload]:
    """A field a moment; what was chosen in them."""
    chosen = []
    moments, most = tuple(moments), LIMITS["size"] // MB
    for moment, place in zip(moments, st.columns(len(moments)), strict=True):
        with place.container(key=f"photo-field-{moment}"):
            files = st.file_uploader(
                _("{moment}照片（最多 {most} 张）").format(
                    moment=inspections.moment_label(moment), most=MOST
                ),
                _TYPES,
                accept_multiple_files=True,
                key=f"{token}-{moment}",
                max_upload_size=most,
                help=_("JPEG、PNG 或 WebP。保存时去掉拍摄地点等信息。"),
            )
            beside[moment] = st.empty()
        chosen += [Upload(file.name, file.getvalue(), moment) for file in files]
    # A file that its field refuses is only red there: on a telephone nothing says why.
    st.caption(
        _(
            "每张不超过 {size} MB。HEIC 照片不能选："
            "iPhone 请在“设置 › 相机 › 格式”中选“兼容性最佳”后重拍，或截图。"
        ).format(size=most)
    )
    return chosen


def came_along(count: int) -> str:
    """How many photos were saved: one that its field refused is not among them."""
    return _("附照片 {count} 张。").format(count=number(count)) if count else _("没有附照片。")


def arrange(full: Full, user: CurrentUser) -> None:
    """Take photos off and put them back; nothing is lost by it."""
    own = [one for one in full.photos if inspections.may_arrange(one.user_id, user)]
    if not own:
        return
    with st.expander(_("撤下或放回照片"), icon=":material/photo_library:"):
        for one in own:
            with st.container(horizontal=True, vertical_alignment="center"):
                gallery([one], strip=True)
                label = _("撤下") if one.shown else _("放回")
                if st.button(label, key=f"photo-{one.id}", help=plain(one.alt)):
                    with refused():
                        submit(inspections.show_photo, one.id, not one.shown, user, now())
                        say(
                            full.number,
                            _("已撤下照片，可以放回。") if one.shown else _("已放回照片。"),
                        )
