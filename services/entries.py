"""What was typed, read strictly: quantities, numbers of people, words. A blank is not a zero."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from typing import Any, TypeVar

from services.errors import InvalidEntry
from services.formats import number
from services.i18n import _

LARGEST_QUANTITY = Decimal(100_000_000)
MOST_PEOPLE = 1_000_000
LONGEST_PLACE = 200
LONGEST_NOTE = 2000
LONGEST_REASON = 200

_NUMBER = re.compile(
    r"(?P<sign>[¥￥]?)\s*(?P<figures>(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?)"
    r"(?P<rest>\s*[^0-9.,].*)?"
)
_OUTER = re.compile(r"^[\s\u200b-\u200f\u2060\ufeff]+|[\s\u200b-\u200f\u2060\ufeff]+$")
_DASHES = re.compile(r"[-−–—―/]+")  # how people say that something was not counted
_NEGATIVE = re.compile(r"[-−–—]\s*[0-9]")
_ABOUT = re.compile(
    r"[约近余多几~～≈]|\+$|左右|上下|以上|以内|大概|不到|about|around|over", re.IGNORECASE
)
# What else people write for a unit. Of anything else nobody knows that it is the same.
_SAME_UNIT = {
    "人": "名 位", "人次": "人 名 位", "persons": "person people", "attendances": "persons people",
    "台次": "台 辆", "vehicle trips": "vehicles", "场": "场次", "次": "回", "处": "个",
    "元": "块 ¥ ￥ rmb cny", "tonnes": "tonne t", "copies": "copy", "sessions": "session",
}  # fmt: skip

T = TypeVar("T")
Part = Callable[..., Any]  # reads one part of a form; None where it is refused

_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


@contextmanager
def gathered(order: Sequence[str] = ()) -> Iterator[Part]:
    """`with gathered() as part: day = part(read_day, …)`: a part that is refused does not keep the
    others from being read. At the end one InvalidEntry says all of it, of each field the first.

    What is refused outside of `part` ends the block. order: the fields as the form has them, each
    as its name begins before a "-", where they are read in another order.
    """
    refused: dict[str, InvalidEntry] = {}

    def note(error: InvalidEntry) -> None:
        for one in error.every:
            refused.setdefault(one.field or one.sentence, one)

    def part(read: Callable[..., Any], *args: Any, **options: Any) -> Any:
        try:
            return read(*args, **options)
        except InvalidEntry as error:
            note(error)

    try:
        yield part
    except InvalidEntry as error:
        note(error)
    if refused:
        places = {name: place for place, name in enumerate(order)}
        found = sorted(
            refused.values(), key=lambda one: places.get(one.field.partition("-")[0], len(order))
        )
        first, *others = found
        raise InvalidEntry(first.sentence, first.field, others)


def chosen(value: T | None, sentence: str, field: str) -> T:
    """What was chosen in a field; InvalidEntry with the sentence if nothing was."""
    if value is None:
        raise InvalidEntry(sentence, field)
    return value


def needed(text: str, label: str, longest: int, field: str) -> str:
    """Free text that must not be blank."""
    said = words(text, label, longest, field)
    if not said:
        raise InvalidEntry(_("请填写“{label}”。").format(label=label), field)
    return said


def quantity(
    text: str, label: str, *, whole: bool, unit: Sequence[str] = (), field: str = ""
) -> Decimal | None:
    """The quantity typed into the field `label`; None for a blank. InvalidEntry says what to do.

    whole: the unit is counted in whole numbers only; else at most three decimals. unit: what it is
    called, as it is shown first; the number may be followed by one of these.
    """
    value = _read(text, label, whole, unit, field)
    if value is not None:
        check_quantity(value, label, whole=whole, field=field)
    return value


def _read(text: str, label: str, whole: bool, unit: Sequence[str], field: str) -> Decimal | None:
    """The number that was typed, however large."""
    figures = visible(text)
    if not figures or _DASHES.fullmatch(figures):
        return None
    if _NEGATIVE.match(figures):
        raise InvalidEntry(
            _("“{label}”不能是负数。没有统计请留空，确实为零才填 0。").format(label=label), field
        )
    found = _NUMBER.fullmatch(figures)
    written = (found["sign"] or found["rest"] or "").strip(" ()") if found else ""
    if found is None or (written and not _is_unit(written, unit)):
        raise InvalidEntry(_no_number(figures, written, label, whole, unit), field)
    return Decimal(found["figures"].replace(",", ""))


def _is_unit(written: str, unit: Sequence[str]) -> bool:
    known = [name for one in unit for name in (one, *_SAME_UNIT.get(one, "").split())]
    return name_key(written) in map(name_key, known)


def _no_number(figures: str, written: str, label: str, whole: bool, unit: Sequence[str]) -> str:
    """Why what was typed is no number of this unit, and what to do."""
    if re.search(r"[0-9]", figures) and _ABOUT.search(figures):
        text = _("“{label}”要填准确的数，不要写“约”“余”“多”“左右”；没有统计请留空。")
        return text.format(label=label)
    if unit and (written.isalpha() or written in ("%", "¥", "￥")):
        text = _("“{label}”的单位是“{unit}”，这里写的是“{written}”，请换算成{unit}，只填数字。")
        return text.format(label=label, unit=unit[0], written=written[:20])
    text = _("“{label}”请只填数字，例如 {example}，不要写文字和空格。")
    return text.format(label=label, example="1,200" if whole else "3.5")


def people(text: str, label: str, *, least: int = 0, field: str = "") -> int | None:
    """The number of people typed into the field `label`; None for a blank."""
    value = _read(text, label, True, (_("人"), "人", "人次", "persons"), field)
    if value is None:
        return None
    if value <= MOST_PEOPLE:  # else it is said of people
        check_quantity(value, label, whole=True, field=field)
    check_people(int(value), label, least=least, field=field)
    return int(value)


def words(text: str, label: str, longest: int, field: str = "") -> str:
    """Free text as typed, without control characters and outer blanks, whether they are to be seen
    or not; InvalidEntry if too long."""
    kept = "".join(
        char
        for char in text.replace("\r\n", "\n")
        if char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cs")
    )
    kept = _OUTER.sub("", kept)
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


def name_key(text: str) -> str:
    """The form in which names are compared: full width, blanks and case do not count."""
    return "".join(visible(text).split()).casefold()


def visible(text: str) -> str:
    """What was typed, in half width, without invisible characters and outer blanks."""
    if not text.isascii():
        text = half_width("".join(char for char in text if unicodedata.category(char) != "Cf"))
    return text.strip()
