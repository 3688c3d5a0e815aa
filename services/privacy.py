"""Hide telephone, identity and card numbers in free text; what was typed stays stored."""

from __future__ import annotations

import re

from services.entries import half_width

_NUMBERS = re.compile(
    r"(?<!\d)(?:"
    r"\d{6}[-\s]?\d{8}[-\s]?\d{3}[\dXx]"  # an identity number
    r"|\d{4}(?:[-\s]?\d{4}){3}(?:[-\s]?\d{1,3})?"  # a bank card
    r"|\d{15}"  # an identity number of before 1999
    r"|(?:\+?86[-\s]?)?1[3-9]\d[-\s]?\d{4}[-\s]?\d{4}"  # a mobile telephone
    r"|0\d{2,3}[-\s]?\d{7,8}"  # a telephone with its area code
    r")(?![\dXx])"
)
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u2060\ufeff]")


def mask(text: str) -> str:
    """The text with the middle of every such number hidden: 138****5678."""
    visible = _INVISIBLE.sub("", text)
    shown, place = [], 0
    for found in _NUMBERS.finditer(half_width(visible)):
        shown += [visible[place : found.start() + 3], "****"]
        place = found.end() - 4
    return "".join(shown) + visible[place:]


def has_numbers(text: str) -> bool:
    """Whether `mask` would hide anything."""
    return _NUMBERS.search(half_width(_INVISIBLE.sub("", text))) is not None
