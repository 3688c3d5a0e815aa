"""What a cell's text says: a weight, a day, a sex, an age group, a word of ours. Strictly."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches
from hashlib import blake2b

from services.entries import half_width
from services.errors import InvalidEntry
from services.i18n import _
from services.imports.faults import EMPTY_FORMULA, ERROR_CELL, MERGED_CELL
from services.privacy import has_numbers, mask

_DECIMAL = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,12})?")
_ZEROS = re.compile(r"([0-9]+)\.0+")
_WHOLE = re.compile(r"[0-9]{1,9}")
_DAY = re.compile(
    r"([0-9]{4})\s*(?:[-/.]|年)\s*([0-9]{1,2})\s*(?:[-/.]|月)\s*([0-9]{1,2})\s*日?"
    r"(?:[T\s]\s*[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?)?"
)
_DAY_IN_ONE = re.compile(r"((?:19|20)[0-9]{2})([01][0-9])([0-3][0-9])")
_CODE = re.compile(r"[A-Za-z0-9_.-]{1,20}")
_BAND = re.compile(r"([0-9]{1,3})\s*(?:[-–—~～至到])\s*([0-9]{1,3})\s*(?:岁|years?)?")
_AT_LEAST = re.compile(
    r"([0-9]{1,3})\s*(?:岁)?\s*(?:\+|及?以上|(?:years?\s*)?(?:and|or)\s*(?:older|over|above))"
)
_AGE = re.compile(r"([0-9]{1,3})\s*(?:岁|周岁|years?)?")
# Group of the register, from and to.
AGES = (("age_18_34", 18, 34), ("age_35_59", 35, 59), ("age_60_plus", 60, 120))
_SEXES = {
    "male": ("男", "男性", "male", "m", "man"),
    "female": ("女", "女性", "female", "f", "woman"),
}
# Endings that a list of communities has and a person's file has not, or the other way round.
_ENDINGS = ("社区居民委员会", "社区居委会", "居民委员会", "居委会", "村委会", "社区", "村")


def plain(text: str) -> str:
    """Half-width, without invisible characters and outer blanks, one blank where there are many."""
    if not (text.isascii() and text.isprintable()):
        text = "".join(char for char in text if unicodedata.category(char) not in ("Cf", "Cc"))
    return " ".join(half_width(text).split())


def alike(text: str) -> str:
    """The same for texts that mean the same: case, full width and blanks do not count."""
    return plain(text).casefold()


def answer_key(text: str) -> str:
    """The form in which the words of a file are compared: as `alike`, and 4.0 is 4."""
    key = alike(text)
    whole = _ZEROS.fullmatch(key)
    return whole[1] if whole else key


def trusted(text: str) -> str:
    """The text in its plain form; InvalidEntry for a cell that has no value one could trust."""
    if text in (ERROR_CELL, EMPTY_FORMULA, MERGED_CELL) or re.fullmatch(r"#[A-Z/0]+[!?]?", text):
        raise InvalidEntry(
            {
                EMPTY_FORMULA: _("公式没有保存结果，请在表格软件里打开并保存后再导入。"),
                MERGED_CELL: _("单元格是合并的，请拆开并逐格填写。"),
            }.get(text, _("单元格显示错误，请先改正。"))
        )
    return plain(text)


def weight(text: str) -> float:
    value = _number(text, _DECIMAL, _("权重应为大于 0 的数。"))
    if not 0 < value <= 1_000_000:
        raise InvalidEntry(_("权重应为大于 0 的数。"))
    return value


def score(text: str) -> float:
    return _number(text, _DECIMAL, _("得分应为数字，例如 82.4。"))


def count(text: str) -> int:
    """A number of people; a blank is none."""
    figures = trusted(text)
    if not figures:
        return 0
    return int(_number(figures.removesuffix(".0"), _WHOLE, _("份数应为 0 或更大的整数。")))


def day(text: str) -> date | None:
    """A day with its year, written in any of the usual ways; None for a blank."""
    typed = trusted(text)
    if not typed:
        return None
    found = _DAY.fullmatch(typed) or _DAY_IN_ONE.fullmatch(typed)
    try:
        return date(*map(int, found.groups()))  # type: ignore[union-attr]
    except (AttributeError, ValueError):
        raise InvalidEntry(_("看不懂这个日期，请写成 2023-09-15 的样子。")) from None


def sex(text: str, coded: bool = False) -> str:
    """male, female or, where it says something else, blank; `coded`: 1 is male and 2 is female."""
    word = alike(trusted(text))
    codes = {"1": "male", "2": "female"} if coded else {}
    return codes.get(word) or next((sex for sex, words in _SEXES.items() if word in words), "")


def age_group(text: str) -> str:
    """A group of the register that holds the age or the band; else what the file says."""
    said = trusted(text)
    band, at_least, age = _BAND.fullmatch(said), _AT_LEAST.fullmatch(said), _AGE.fullmatch(said)
    if band:
        low, high = int(band[1]), int(band[2])
    elif at_least:
        low, high = int(at_least[1]), AGES[-1][2]
    elif age:
        low = high = int(age[1])
    else:
        return words(said, 40)
    held = (group for group, first, last in AGES if first <= low <= high <= last)
    return next(held, "" if age else words(said, 40))


def words(text: str, longest: int) -> str:
    """A short text with telephone and identity numbers hidden."""
    return mask(trusted(text))[:longest]


def code(text: str, scope: str) -> str:
    """A person's code as it stands; a name becomes a code of its own within the scope."""
    said = trusted(text)
    if not said or (_CODE.fullmatch(said) and not has_numbers(said)):
        return said
    return "p" + blake2b(f"{scope}\n{said}".encode(), digest_size=5).hexdigest()


def place_name(text: str) -> str:
    """A community's name without its ending: 甲社区居委会 and 甲 are the same."""
    name = alike(text).replace(" ", "")
    for ending in _ENDINGS:
        if name.endswith(ending) and len(name) > len(ending):
            return name.removesuffix(ending)
    return name


def nearest(text: str, names: Iterable[str]) -> str | None:
    """The name that is written most like the text, if any is."""
    known = {place_name(name): name for name in names}
    found = get_close_matches(place_name(text), known, n=1, cutoff=0.5)
    return known[found[0]] if found else None


def _number(text: str, pattern: re.Pattern[str], sentence: str) -> float:
    """Digits only: not nan, 1e309, 1_000 or digits of another script, which float() would take."""
    typed = trusted(text)
    if not pattern.fullmatch(typed):
        raise InvalidEntry(sentence)
    return float(typed)
