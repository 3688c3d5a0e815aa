"""Quantities of the demonstration's events; those the bulletin states add up to it exactly."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from db.demo import places
from db.demo.calendar import months, progress
from db.demo.events import Event

# What is recorded from running_since to today, a joint activity once: the figures behind
# 120余处, 170余吨, 约6吨, 60余台次, 3000余份, 3000余名, 20多场, 近50次, 30多场 and 5000多份.
STATED = {
    "litter_spots": Decimal("126"),
    "household_waste": Decimal("172.5"),
    "bulky_waste": Decimal("6.2"),
    "vehicle_trips": Decimal("63"),
    "leaflets": Decimal("3068"),
    "consultations": Decimal("3046"),
    "free_clinics": Decimal("24"),
    "home_visits": Decimal("48"),
    "health_talks": Decimal("33"),
    "health_leaflets": Decimal("5036"),
}
_STEP = {"household_waste": Decimal("0.1"), "bulky_waste": Decimal("0.1")}

# Type → measure → how often it is reported, and how much then beside the other types.
_REPORTED = {
    "volunteer_cleanup": {
        "litter_spots": (0.9, 3.0),
        "household_waste": (0.9, 1.6),
        "bulky_waste": (0.5, 1.0),
        "vehicle_trips": (0.45, 1.0),
    },
    "dead_corner_drive": {
        "litter_spots": (1.0, 4.0),
        "household_waste": (1.0, 2.5),
        "bulky_waste": (0.8, 2.0),
        "vehicle_trips": (0.8, 1.5),
    },
    "weekend_duty": {
        "litter_spots": (0.12, 1.0),
        "household_waste": (0.6, 0.8),
        "bulky_waste": (0.08, 0.6),
        "vehicle_trips": (0.04, 1.0),
    },
    "wednesday_cleanup": {
        "litter_spots": (0.25, 1.0),
        "household_waste": (0.8, 1.0),
        "bulky_waste": (0.15, 0.7),
        "vehicle_trips": (0.12, 1.0),
    },
    "street_vendors": {"vehicle_trips": (0.6, 1.0)},
    "road_repair": {"vehicle_trips": (1.0, 2.5)},
    "fraud_prevention": {"leaflets": (1.0, 1.0), "consultations": (1.0, 1.0)},
    "free_clinic": {
        "free_clinics": (0.65, 1.0),
        "home_visits": (0.45, 1.0),
        "health_talks": (0.85, 1.0),
        "health_leaflets": (0.9, 1.0),
    },
}

# Type → measure → fewest and most in an average community, and whether its size matters.
_ESTIMATED = {
    "double_ninth": {"performances": (1, 1, False)},
    "tug_of_war": {"performances": (1, 1, False)},
    "festival_show": {"performances": (1, 1, False)},
    "square_dance": {"performances": (1, 3, False)},
    "tai_chi": {"performances": (1, 2, False)},
    "public_show": {"performances": (1, 1, False)},
    "weekly_film": {"screenings": (1, 1, False)},
    "elderly_check_up": {"check_ups": (165, 215, False)},
    "school_family": {"school_meetings": (1, 3, False)},
    "parents_day": {"parents_received": (6, 32, True)},
    "cult_warning": {"education_talks": (1, 1, False)},
    "rule_of_law": {"education_talks": (1, 2, False)},
    "respect_elders": {"relief_recipients": (15, 60, True)},
    "charity_relief": {"relief_recipients": (4, 18, True)},
    "convenience_services": {"services_given": (45, 140, True)},
}
_PEOPLE = ("consultations", "check_ups", "parents_received", "services_given", "relief_recipients")

# Allowance → the group it is for, the share of it that receives, yuan a head and month.
_ALLOWANCES = {
    "elderly": ("aged_60", 0.13, (92, 118)),
    "low_income": ("low_income", 0.97, (395, 455)),
    "disabled": ("disabled", 0.46, (118, 142)),
}


def measure(events: Sequence[Event]) -> None:
    """Give every event the quantities its type reports; what was left blank has none."""
    for code, total in STATED.items():
        chance = Random(f"quantities {code}")
        step = _STEP.get(code, Decimal(1))
        for first, last in _spans():
            within = [event for event in events if first <= event.first_day <= last]
            _share_out(within, code, _level(total, first, last, step, chance), step, chance)
    chance = Random("quantities")
    for event in events:
        _estimate(event, chance)
        _pay_allowances(event, chance)
        _raise_participants(event, chance)


def split(total: int, weights: Sequence[float]) -> list[int]:
    """A whole total as whole parts: at least 1 each, the rest by weight (largest remainder)."""
    rest = total - len(weights)
    exact = [rest * weight / sum(weights) for weight in weights]
    parts = [int(part) for part in exact]
    by_remainder = sorted(range(len(parts)), key=lambda place: parts[place] - exact[place])
    for place in by_remainder[: rest - sum(parts)]:
        parts[place] += 1
    return [part + 1 for part in parts]


def _spans() -> list[tuple[date, date]]:
    """Every month before running_since, and all days from then to today."""
    before = [span for span in months() if span[0] < places.RUNNING_SINCE]
    return [*before, (places.RUNNING_SINCE, places.TODAY)]


def _level(total: Decimal, first: date, last: date, step: Decimal, chance: Random) -> Decimal:
    """The stated total since running_since; before it, the same pace, a little lower long ago."""
    if first == places.RUNNING_SINCE:
        return total
    days = (last - first).days + 1
    pace = float(total) / ((places.TODAY - places.RUNNING_SINCE).days + 1)
    amount = pace * days * (0.86 + 0.12 * progress(first)) * chance.uniform(0.93, 1.07)
    return (Decimal(str(amount)) / step).quantize(Decimal(1), ROUND_HALF_UP) * step


def _share_out(
    events: Sequence[Event], code: str, total: Decimal, step: Decimal, chance: Random
) -> None:
    """Divide a total over those of the events that report the measure."""
    reporting, weights = [], []
    for event in events:
        share, weight = _REPORTED.get(event.type_code, {}).get(code, (0.0, 0.0))
        if chance.random() < share:
            reporting.append(event)
            weights.append(
                weight
                * (0.5 + 0.5 * places.size(event.host))
                * len(event.communities) ** 0.5
                * chance.lognormvariate(0.0, 0.35)
            )
    steps = int(total / step)
    if len(reporting) > steps:
        kept = sorted(chance.sample(range(len(reporting)), steps))
        reporting, weights = [reporting[i] for i in kept], [weights[i] for i in kept]
    for event, part in zip(reporting, split(steps, weights), strict=True):
        event.measures[code] = part * step


def _estimate(event: Event, chance: Random) -> None:
    for code, (fewest, most, by_size) in _ESTIMATED.get(event.type_code, {}).items():
        size = places.size(event.host) if by_size else 1.0
        event.measures[code] = Decimal(max(1, round(chance.randint(fewest, most) * size)))


def _pay_allowances(event: Event, chance: Random) -> None:
    if event.type_code != "allowances":
        return
    for name, (group, share, yuan) in _ALLOWANCES.items():
        people = places.population(event.host, group, event.first_day.year)
        recipients = round(people * share * chance.uniform(0.985, 1.015))
        event.measures[f"{name}_recipients"] = Decimal(recipients)
        event.measures[f"{name}_amount"] = Decimal(recipients * chance.randint(*yuan))


def _raise_participants(event: Event, chance: Random) -> None:
    """Whoever was advised, examined or received took part, and the staff beside them; so did all
    partners."""
    served = sum(int(event.measures.get(code, 0)) for code in _PEOPLE)
    if event.participants is None:
        return
    if served:
        event.participants = served + chance.randint(3, 12)
    event.participants = max(event.participants, sum(filter(None, event.partners.values())))
