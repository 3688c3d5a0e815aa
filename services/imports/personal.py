"""Columns that look like names, telephone or identity numbers: they are never taken over."""

from __future__ import annotations

import re

from services.i18n import _
from services.imports.sheet import Column, Sheet
from services.privacy import has_numbers

_NAMED = re.compile(
    r"姓名|名字|电话|手机|联系方式|身份证|证件号|住址|地址|门牌|微信|邮箱|银行卡"
    r"|\b(?:full ?|first ?|last ?|sur)?names?\b|phone|mobile|e-?mail|address|passport|\bid ?card",
    re.IGNORECASE,
)
_ABOUT_OTHERS = re.compile(
    r"社区|居委|街道|村|访问员|调查员|督导|community|interviewer|district", re.I
)
_SHARE = 0.05
_LOOKED_AT = 5000  # different values of a column


def personal_columns(sheet: Sheet) -> dict[str, str]:
    """Column → the sentence that says why it is left out."""
    found = {column.name: personal(column) for column in sheet.columns}
    return {name: sentence for name, sentence in found.items() if sentence}


def personal(column: Column) -> str:
    """Why a column is not taken over; "" if it may be."""
    if _holds_numbers(column):
        return _("“{column}”列像是电话或证件号码，不能导入。").format(column=column.name)
    if _NAMED.search(column.name) and not _ABOUT_OTHERS.search(column.name):
        return _("“{column}”列像是姓名或联系方式，不能导入。").format(column=column.name)
    return ""


def _holds_numbers(column: Column) -> bool:
    """Whether more than a few of the cells that are not blank hold such a number."""
    looked_at = [
        (value, n)
        for value, n in zip(column.values[:_LOOKED_AT], column.counts.tolist(), strict=False)
        if value
    ]
    hits = sum(n for value, n in looked_at if has_numbers(value))
    return hits > _SHARE * sum(n for _value, n in looked_at)
