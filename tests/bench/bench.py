"""How long the server takes to answer a filter change on a big office. Prints; tests nothing."""

from __future__ import annotations

import argparse
import logging
import os
import platform
import time
from collections.abc import Callable
from datetime import date
from statistics import median
from typing import Any, NamedTuple

from services.boards import community, domain, overview, satisfaction
from services.filters import Filters
from services.periods import Period
from services.settings import Thresholds
from services.views import View
from tests.bench import big_office

# Milliseconds; what is asked for at the plain size, and at ten times that.
WARM_TARGET = 60
COLD_TARGETS = {1: 300, 10: 450}
TODAY = big_office.LAST_DAY
BOARDS: dict[str, Callable[[View], tuple[Any, ...]]] = {
    "overview": lambda view: (overview.board, view),
    "community": lambda view: (community.board, view, (*view.filters.communities, "c03")[0]),
    "domain": lambda view: (domain.board, view, view.filters.domain or "environment"),
    "satisfaction": lambda view: (satisfaction.board, view),
}


class Took(NamedTuple):
    """Milliseconds."""

    wall: float
    cpu: float


def views() -> tuple[View, ...]:
    """The filters somebody goes through: long and short, cut months, places, domains."""
    since, cut = Period(big_office.FIRST_DAY, "since", TODAY), date(2022, 5, 17)
    chosen = (
        Filters(since),
        Filters(Period(cut, "since", TODAY)),
        Filters(Period(date(2021, 3, 9), "since", cut)),
        Filters(Period(date(2022, 1, 1), "year")),
        Filters(Period(date(2023, 7, 1), "quarter")),
        Filters(Period(date(2023, 9, 1), "month")),
        Filters(since, ("c05",)),
        Filters(since, ("c01", "c07", "c08", "c19", "c30"), "health"),
        Filters(Period(cut, "since", TODAY), (), "environment"),
    )
    return tuple(View(filters, TODAY, Thresholds()) for filters in chosen)


def main() -> None:
    options = _options()
    started = time.perf_counter()
    file = big_office.cached_office(options.times)
    os.environ["MINYI_DATABASE_URL"] = f"sqlite:///{file.as_posix()}"
    seconds = time.perf_counter() - started
    loop = median(_took(_calibration).cpu for _ in range(options.runs))
    print(_head(options, seconds, loop))
    for name, (cold, warm) in _measured(options.runs).items():
        worst = max(cold, key=lambda took: took.cpu)
        print(
            f"{name:<14}{median(took.wall for took in cold):>9.0f}{worst.wall:>9.0f}"
            f"{median(took.cpu for took in cold):>9.0f}{worst.cpu:>9.0f}{worst.cpu / loop:>9.1f}"
            f"{median(took.wall for took in warm):>12.2f}{max(took.wall for took in warm):>9.2f}"
        )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--times", type=int, default=1, help="so many times 150,000 activities")
    parser.add_argument("--runs", type=int, default=7, help="medians are over so many runs")
    return parser.parse_args()


def _head(options: argparse.Namespace, seconds: float, loop: float) -> str:
    cold = COLD_TARGETS.get(options.times, "–")
    return (
        f"{big_office.ACTIVITIES * options.times:,} activities, "
        f"{big_office.MEASURES * options.times:,} measures, "
        f"{big_office.ANSWERS * options.times:,} answers; ready in {seconds:.0f} s\n"
        f"Python {platform.python_version()}, {os.cpu_count()} cores; the calibration loop takes "
        f"{loop:.0f} ms\n"
        f"A filter change in ms, each the median of {options.runs} runs; targets on a machine with "
        f"nothing else to do: cold {cold}, warm {WARM_TARGET}.\n"
        "Where CPU stays far below the time, the machine was busy; loops = worst CPU / loop.\n\n"
        f"{'board':<14}{'cold':>9}{'worst':>9}{'CPU':>9}{'worst':>9}{'loops':>9}"
        f"{'warm':>12}{'worst':>9}"
    )


def _measured(runs: int) -> dict[str, tuple[list[Took], list[Took]]]:
    """Board → what every view took without and with a kept answer, through the pages' own door."""
    logging.getLogger("streamlit").setLevel(logging.ERROR)  # it misses its server here
    from pages.shared.data import ask, fetch

    found = {}
    for name, question in BOARDS.items():
        cold, warm = [], []
        for view in views():
            asked = question(view)
            ask(*asked)  # statements are compiled once a process
            fetch(*asked)
            cold.append(_usual([_took(ask, *asked) for _ in range(runs)]))
            warm.append(_usual([_took(fetch, *asked) for _ in range(runs)]))
        found[name] = (cold, warm)
    return found


def _usual(runs: list[Took]) -> Took:
    return Took(median(run.wall for run in runs), median(run.cpu for run in runs))


def _calibration() -> int:
    """A fixed amount of plain work: how fast is this machine just now?"""
    return sum(number * number % 7 for number in range(500_000))


def _took(work: Callable[..., Any], *args: Any) -> Took:
    wall, cpu = time.perf_counter(), time.process_time()
    work(*args)
    return Took((time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000)


if __name__ == "__main__":
    main()
