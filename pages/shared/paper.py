"""What takes a page elsewhere: a button that copies its text, one that prints it."""

from __future__ import annotations

import streamlit as st

from pages.shared.assets import asset_url
from services.i18n import _

_component = st.components.v2.component(
    "minyi_paper",
    js=f"""
    const paper = import(new URL("{asset_url("paper.js")}", location.origin));
    export default async (component) => (await paper).default(component);
    """,
    isolate_styles=False,
)


def paper_buttons(text: str) -> None:
    """复制全文 and 打印; the text is what is copied."""
    labels = {
        "copy": _("复制全文"),
        "copied": _("已复制"),
        "failed": _("浏览器不允许复制，请选中文字后按 Ctrl+C。"),
        "print": _("打印"),
    }
    _component(data={"text": text, "labels": labels}, key="paper-buttons", width="content")
