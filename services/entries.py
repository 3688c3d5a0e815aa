"""What was typed, read strictly: quantities, numbers of people, words. A blank is not a zero."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from services.errors import InvalidEntry
from services.formats import number
from services.i18n import _

LARGEST_QUANTITY = Decimal(100_000_000)
MOST_PEOPLE = 1_000_000
LONGEST_PLACE = 200
LONGEST_NOTE = 2000
LONGEST_REASON = 200

_NUMBER = re.compile(r"(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]+)?")
_NEGATIVE = re.compile(r"[-−–—]\s*[0-9]")

_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


def quantity(text: str, label: str, *, whole: bool, field: str = "") -> Decimal | None:
    """The quantity typed into the field `label`; None for a blank. InvalidEntry says what to do.

    whole: the unit is counted in whole numbers only; else at most three decimals.
    """
    figures = _figures(text)
    if not figures:
        return None
    if _NEGATIVE.match(figures):
        raise InvalidEntry(
            _("“{label}”不能是负数。没有统计请留空，确实为零才填 0。").format(label=label), field
        )
    if not _NUMBER.fullmatch(figures):
        example = "1,200" if whole else "3.5"
        raise InvalidEntry(
            _("“{label}”请只填数字，例如 {example}，不要写单位、文字和空格。").format(
                label=label, example=example
            ),
            field,
        )
    value = Decimal(figures.replace(",", ""))
    check_quantity(value, label, whole=whole, field=field)
    return value


def people(text: str, label: str, *, least: int = 0, field: str = "") -> int | None:
    """The number of people typed into the field `label`; None for a blank."""
    value = quantity(text, label, whole=True, field=field)
    if value is None:
        return None
    check_people(int(value), label, least=least, field=field)
    return int(value)


def words(text: str, label: str, longest: int, field: str = "") -> str:
    """Free text as typed, without control characters and outer blanks; InvalidEntry if too long."""
    kept = "".join(
        char
        for char in text.replace("\r\n", "\n")
        if char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cs")
    ).strip()
    if len(kept) > longest:
        raise InvalidEntry(
            _("“{label}”最多 {longest} 个字，现在有 {length} 个，请缩短。").format(
                label=label, longest=longest, length=len(kept)
            ),
            field,
        )
    return kept


def check_quantity(value: Decimal, label: str, *, whole: bool, field: str = "") -> None:
    """InvalidEntry unless 0 ≤ value ≤ the largest, with no more decimals than can be kept."""
    if not value.is_finite() or not 0 <= value <= LARGEST_QUANTITY:
        raise InvalidEntry(
            _("“{label}”要在 0 和 {most} 之间，请检查是不是多输了位数。").format(
                label=label, most=number(LARGEST_QUANTITY)
            ),
            field,
        )
    if whole and value != int(value):
        raise InvalidEntry(_("“{label}”请填整数，不要写小数。").format(label=label), field)
    if value != value.quantize(Decimal("0.001")):
        raise InvalidEntry(
            _("“{label}”最多三位小数，请四舍五入后再填。").format(label=label), field
        )


def check_people(value: int, label: str, *, least: int = 0, field: str = "") -> None:
    """InvalidEntry unless least ≤ value ≤ the most people there can be."""
    if value < least:
        raise InvalidEntry(
            _("“{label}”至少填 {least}；人数不清楚就留空。").format(label=label, least=least),
            field,
        )
    if value > MOST_PEOPLE:
        raise InvalidEntry(
            _("“{label}”不能超过 {most} 人，请检查是不是多输了位数。").format(
                label=label, most=number(MOST_PEOPLE)
            ),
            field,
        )


def half_width(text: str) -> str:
    """Full-width letters, digits and signs made plain, character for character.

    Not NFKC: that would also read 10² as 102 and ① as 1.
    """
    return text.translate(_HALF_WIDTH)


def _figures(text: str) -> str:
    """What was typed without invisible characters and outer blanks."""
    visible = (char for char in text if unicodedata.category(char) != "Cf")
    return half_width("".join(visible)).strip()
