"""What the fields of an entry must agree about, as data; where they do not, the person is asked.

A field is one of the entry form (participants, measure-…), or `headcounts`: all partners together,
or `days`: how long it took. A rule with a blank in it asks nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from services.activities.entry import Entry
from services.activities.finding import Finding
from services.catalogue import Catalogue
from services.formats import exact, number
from services.i18n import _

LONGEST_DAYS = 31
HEADCOUNTS, DAYS = "headcounts", "days"
UNCOUNTED = "uncounted"  # the kind of what is found where nothing was counted


@dataclass(frozen=True)
class AtMost:
    """`part` is no more than so many times `whole`."""

    part: str
    whole: str
    times: int = 1


AT_MOST = (
    # Who helped took part, and so did who was advised, examined, received or given something.
    AtMost(HEADCOUNTS, "participants"),
    *(
        AtMost(f"measure-{people}", "participants")
        for people in ("consultations", "check_ups", "parents_received", "relief_recipients",
                       "services_given")
    ),
    # A session nobody attended is none.
    *(
        AtMost(f"measure-{sessions}", "participants")
        for sessions in ("performances", "screenings", "free_clinics", "health_talks",
                         "school_meetings", "education_talks")
    ),
    # Leaflets by the bale, tonnes on one lorry, yuan to one person: a slip of digits or units.
    AtMost("measure-leaflets", "participants", 20),
    AtMost("measure-health_leaflets", "participants", 20),
    AtMost("measure-household_waste", "measure-vehicle_trips", 10),
    AtMost("measure-bulky_waste", "measure-vehicle_trips", 10),
    *(
        rule
        for paid in ("elderly", "low_income", "disabled")
        for rule in (
            AtMost(f"measure-{paid}_amount", f"measure-{paid}_recipients", 5000),
            AtMost(f"measure-{paid}_recipients", f"measure-{paid}_amount"),
        )
    ),
)  # fmt: skip

# Neither of them goes without the other.
TOGETHER = tuple(
    (f"measure-{paid}_amount", f"measure-{paid}_recipients")
    for paid in ("elderly", "low_income", "disabled")
)


def broken_rules(entry: Entry, lists: Catalogue, people: Mapping[str, int]) -> Iterator[Finding]:
    """Where the entry's fields contradict each other. `people`: as `Background` has it."""
    values = _values(entry)
    for rule in AT_MOST:
        part, whole = values.get(rule.part), values.get(rule.whole)
        if part is not None and whole is not None and part > rule.times * whole:
            yield _too_many(rule, part, whole, lists)
    for one, other in (pair for both in TOGETHER for pair in (both, both[::-1])):
        if one in values and other not in values:
            sentence = _("填了{one}，没有填{other}。").format(
                one=field_label(one, lists), other=field_label(other, lists)
            )
            yield Finding(other, "alone", exact(values[one]), sentence)
    if values[DAYS] > LONGEST_DAYS:
        yield Finding(
            "last_day",
            "long",
            exact(values[DAYS]),
            _("活动持续 {days} 天，超过一个月。").format(days=number(values[DAYS])),
        )
    for field, group in people.items():
        if field in values and values[field] > group:
            yield _more_than_live_there(field, values[field], group, lists)
    counted = {*lists.type(entry.type_code).measures} & {one.code for one in lists.measures}
    if counted and not entry.measures and entry.participants is None:
        sentence = _("参加人数和数量都没有填，这场活动只计场次。")
        yield Finding("participants", UNCOUNTED, "", sentence)


def field_label(field: str, lists: Catalogue) -> str:
    """What a field is called: a blank measure, too, which no record states."""
    known = {
        "participants": _("参加人数"),
        "partners": _("参与力量"),
        HEADCOUNTS: _("参与力量合计"),
        "first_day": _("日期"),
        "last_day": _("结束日期"),
    } | {f"measure-{measure.code}": measure.label for measure in lists.measures}
    return known.get(field, field)


def _values(entry: Entry) -> dict[str, Decimal]:
    """What is stated, by field; blanks are left out."""
    counted = [count for _kind, count in entry.partners if count is not None]
    values = {f"measure-{code}": value for code, value in entry.measures}
    values[DAYS] = Decimal((entry.last_day - entry.first_day).days + 1)
    if entry.participants is not None:
        values["participants"] = Decimal(entry.participants)
    if counted:
        values[HEADCOUNTS] = Decimal(sum(counted))
    return values


def _too_many(rule: AtMost, part: Decimal, whole: Decimal, lists: Catalogue) -> Finding:
    sentence = (
        _("{part} {one}，多于{whole} {other}。")
        if rule.times == 1
        else _("{part} {one}，超过{whole} {other} 的 {times} 倍。")
    ).format(
        part=field_label(rule.part, lists),
        one=number(part, 3),
        whole=field_label(rule.whole, lists),
        other=number(whole, 3),
        times=number(rule.times),
    )
    field = "partners" if rule.part == HEADCOUNTS else rule.part
    kind = f"over-{rule.whole.removeprefix('measure-')}"
    return Finding(field, kind, f"{exact(part)}/{exact(whole)}", sentence, 1.0)


def _more_than_live_there(field: str, value: Decimal, group: int, lists: Catalogue) -> Finding:
    sentence = _("{label} {value}，多于社区登记的对应人口 {people}。").format(
        label=field_label(field, lists), value=number(value, 3), people=number(group)
    )
    return Finding(field, "over-population", f"{exact(value)}/{group}", sentence, 2.0)
