"""Numbers as text: 万 and 亿, shares, signed changes, and the rounding words 余, 多, 近, 约."""

from __future__ import annotations

from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

from services.i18n import _, language

NONE = "—"
MINUS = "−"
Number = int | float | Decimal


def number(value: Number | None, digits: int = 0) -> str:
    """12,345 or 3.5; None is "—", never 0. At most `digits` decimals, trailing zeros dropped."""
    if value is None or value != value:
        return NONE
    rounded = _round(value, digits)
    text = f"{abs(rounded):,.{digits}f}"
    if digits:
        text = text.rstrip("0").rstrip(".")
    return (MINUS if rounded < 0 else "") + text


def short(value: Number | None) -> str:
    """A big number for a tile: 1.23万, 34.5亿 (English: 1.23m, 34.5bn); below that in full."""
    if value is None or value != value:
        return NONE
    english = ((10**9, "bn"), (10**6, "m"))
    for size, word in english if language() == "en" else ((10**8, "亿"), (10**4, "万")):
        if abs(value) >= size:
            return number(value / size, 2 if abs(value) < 10 * size else 1) + word
    return number(value, 1)


def fixed(value: Number | None, digits: int = 1) -> str:
    """A score or rate with all its decimals: 82.0, not 82."""
    if value is None or value != value:
        return NONE
    rounded = _round(value, digits)
    return (MINUS if rounded < 0 else "") + f"{abs(rounded):,.{digits}f}"


def signed(value: Number | None) -> str:
    """A change with its sign: +2.1, −0.4, and 0 without one."""
    if value is None or value != value:
        return NONE
    text = fixed(value)
    return text if text.startswith(MINUS) or _round(value, 1) == 0 else f"+{text}"


def percent(share: Number | None, digits: int = 1) -> str:
    """A share from 0 to 1 as a percentage."""
    if share is None or share != share:
        return NONE
    return f"{fixed(Decimal(str(share)) * 100, digits)}%"


def approximate(value: Number, more_word: str = "余") -> tuple[str, str, str]:
    """A recorded total as a bulletin says it: (word before, figure, word after).

    By rule: 余/多 = rounded down to the figure and more than it; 近 = just under it (within the
    last fifth of the step); 约 = nearest, for a fraction between one and ten; a round or small
    whole number and a fraction of one stand as they are. Steps: 10 below 1,000, 100 below 10,000,
    and so on.
    """
    amount = Decimal(str(value))
    if amount < 10:
        if _is_whole(amount) or amount < 1:
            return "", number(amount, 3), ""
        return _("约"), number(amount.quantize(Decimal(1), ROUND_HALF_UP)), ""
    step = Decimal(10) ** max(1, len(str(int(amount))) - 2)
    down = (amount / step).to_integral_value(ROUND_FLOOR) * step
    if down == amount:
        return "", _plain(down), ""
    if down + step - amount <= step / 5:
        return _("近"), _plain(down + step), ""
    return "", _plain(down), _("多") if more_word == "多" else _("余")


def unit_of(value: Number, unit: str) -> str:
    """The unit that goes with a figure: English drops the plural for exactly one."""
    if language() != "en" or value != 1:
        return unit
    return f"{unit[:-3]}y" if unit.endswith("ies") else unit.removesuffix("s")


def approximate_text(value: Number, unit: str, more_word: str = "余") -> str:
    """The whole phrase: 120余处, 近50次, 约6吨."""
    before, figure, after = approximate(value, more_word)
    if language() == "en":
        return " ".join(filter(None, (before or after, figure, unit_of(value, unit))))
    return f"{before}{figure}{after}{unit}"


def numbered(place: int, title: str) -> str:
    """A heading with its number, up to 99: 十二、标题 (English: 12. Title)."""
    if language() == "en":
        return f"{place}. {title}"
    tens, ones = divmod(place, 10)
    number_words = "零一二三四五六七八九"
    ten = "" if not tens else "十" if tens == 1 else f"{number_words[tens]}十"
    return f"{ten}{number_words[ones] if ones else ''}、{title}"


def rounding_words() -> tuple[str, ...]:
    """What stands before a figure that was rounded, in this language."""
    return (_("约"), _("近")) if language() != "en" else (_("约"), _("近"), _("余"))


def running(*sentences: str) -> str:
    """Sentences one after another, "" left out: Chinese needs no space between them."""
    return ("" if language() == "zh" else " ").join(filter(None, sentences))


def exact(value: Decimal) -> str:
    """All of a quantity, as it is typed and kept: 120, 1.5."""
    return f"{value.normalize():f}"


def _plain(value: Decimal) -> str:
    """A bulletin writes 3000余份, without a thousands comma, and 45万余元."""
    if language() == "en":
        return f"{int(value):,}"
    size, word = next(
        (scale for scale in ((10**8, "亿"), (10**4, "万")) if value >= scale[0]), (1, "")
    )
    return f"{exact(value / size)}{word}"


def _is_whole(value: Number) -> bool:
    return value == int(value)


def _round(value: Number, digits: int) -> Decimal:
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
