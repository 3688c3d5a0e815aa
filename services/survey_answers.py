"""What was typed of a survey: the counts of a question, a published score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from services.catalogue import Community
from services.entries import MOST_PEOPLE, gathered, needed, quantity
from services.errors import InvalidEntry
from services.formats import number
from services.i18n import _
from services.satisfaction import Option, Wave

_LONGEST = 40  # of a number as it is typed


def count_field(community: str, option: str) -> str:
    """What a form calls the field of a community's answers of an option."""
    return f"{community}-{option}"


def read_counts(
    wave: Wave, places: Sequence[Community], typed: Mapping[str, Mapping[str, str]]
) -> dict[str, dict[str, int]]:
    """The counts as a form has them, community by community; a blank is left out.

    InvalidEntry names every field that cannot be read, by `count_field`.
    """
    with gathered() as part:
        read = {
            place.code: {
                option.code: part(_read_count, typed[place.code][option.code], place, option)
                for option in wave.options
            }
            for place in places
        }
    return {
        code: {option: count for option, count in row.items() if count is not None}
        for code, row in read.items()
    }


def _read_count(text: str, place: Community, option: Option) -> int | None:
    field, label = count_field(place.code, option.code), _count_label(place, option.label)
    count = quantity(text, label, whole=True, unit=_copies(), field=field)
    if count is None:
        return None
    _check_count(int(count), option.label, option.code, place)
    return int(count)


def read_published(wave: Wave, score: str, n: str) -> tuple[Decimal, int]:
    """A published score and its number of answers as a form has them; InvalidEntry names the
    fields."""
    with gathered() as part:
        points = part(_read_score, wave, score)
        answers = part(_read_answers, n)
    return points, answers


def _read_score(wave: Wave, text: str) -> Decimal:
    label = _("得分")
    needed(text, label, _LONGEST, "score")
    score = quantity(text, label, whole=False, unit=(_("分"), "分"), field="score")
    check_score(score or Decimal(0), wave)
    return score or Decimal(0)


def _read_answers(text: str) -> int:
    label = _("有效答卷")
    needed(text, label, _LONGEST, "n")
    answers = int(quantity(text, label, whole=True, unit=_copies(), field="n") or 0)
    check_n(answers)
    return answers


def check_n(n: int) -> None:
    if n < 1:
        raise InvalidEntry(_("有效答卷至少为 1 份。"), "n")


def check_score(score: Decimal, wave: Wave) -> None:
    points = [option.points for option in wave.options if option.points is not None]
    if not min(points) <= score <= max(points):
        raise InvalidEntry(
            _("得分应在 {low} 与 {high} 之间，请核对评分标准。").format(
                low=f"{min(points):g}", high=f"{max(points):g}"
            ),
            "score",
        )


def check_answers(answers: Mapping[str, int], wave: Wave, community: Community) -> None:
    """InvalidEntry names each count that cannot be, by `count_field`."""
    options = {option.code: option.label for option in wave.options}
    with gathered() as part:
        for option, count in answers.items():
            part(_check_count, count, options.get(option), option, community)


def _check_count(count: int, label: str | None, option: str, community: Community) -> None:
    field = count_field(community.code, option)
    if label is None:
        raise InvalidEntry(_("这次调查没有“{option}”这个选项。").format(option=option), field)
    if not 0 <= count <= MOST_PEOPLE:
        raise InvalidEntry(
            _("“{label}”要在 0 和 {most} 之间，请检查是不是多输了位数。").format(
                label=_count_label(community, label), most=number(MOST_PEOPLE)
            ),
            field,
        )


def _count_label(community: Community, option: str) -> str:
    return f"{community.name} · {option}"


def _copies() -> tuple[str, str]:
    """What a number of answers may be followed by."""
    return _("份"), "份"
