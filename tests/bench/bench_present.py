"""How long a meeting of 20 slides takes on a big office: on the screen, frozen, as a deck. Prints.

`python3 manage.py bench present`, also with --times.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from db.engine import Session, make_engine
from services import meetings
from services.meetings import OWN, Item, Rules, Typed
from services.meetings.pack import pack
from services.permissions import CurrentUser
from services.reports.deck import deck
from services.reports.document import document
from services.reports.workbook import workbook
from services.settings import FeedbackRules, Look, Thresholds
from tests.bench import big_office
from tests.builders import add_user

SLIDES = 20
TARGETS = {
    "first slide": 1.0,
    "all slides": 5.0,
    "deck with its slides": 5.0,
    "document": 2.0,
    "workbook": 2.0,
}
TODAY, NOW = big_office.LAST_DAY, datetime(2023, 10, 28, tzinfo=UTC)
PERIOD = "2022-10-29~2023-10-28"
RULES = Rules(Thresholds(), FeedbackRules())


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench present", description=__doc__)
    parser.add_argument("--times", type=int, default=1, help="so many times 150,000 activities")
    options = parser.parse_args()
    size = f"{big_office.ACTIVITIES * options.times:,} activities"
    print(f"{SLIDES} slides, {size}, {os.cpu_count()} cores")
    print(f"{'':<24}{'seconds':>9}{'CPU':>9}{'at most':>9}")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "minyi.sqlite3"
        shutil.copyfile(big_office.cached_office(options.times), file)
        engine = make_engine(f"sqlite:///{file.as_posix()}")
        with Session(engine.execution_options(minyi_write=True)) as session:
            _measure(session)
        engine.dispose()


def _measure(session: Session) -> None:
    row = add_user(session, "office_staff")
    user = CurrentUser(row.id, row.username, row.name, row.role, None, "zh")
    typed = Typed("大街道例会", TODAY, PERIOD, ())
    made = _took("agenda", lambda: meetings.make(session, typed, "k", user, NOW, TODAY, RULES))
    number = made.number
    while len(meetings.meeting(session, number).slides) < SLIDES:
        kind = OWN if len(meetings.meeting(session, number).slides) % 2 else "standing"
        meetings.add_slide(session, number, Item(kind), 3, user, NOW)
    shown = tuple(slide.id for slide in meetings.meeting(session, number).slides)
    asked = (session, number, user, TODAY, RULES)
    _took("first slide", lambda: meetings.contents(*asked, shown[:1]))
    slowest = max(_took_one(asked, slide) for slide in shown)
    print(f"{'slowest slide':<24}{slowest:>9.2f}")
    _took("all slides", lambda: meetings.contents(*asked))
    _took("deck with its slides", lambda: deck(pack(*asked, "大街道"), Look()))
    packed = pack(*asked, "大街道")
    _took("document", lambda: document(packed))
    _took("workbook", lambda: workbook(packed))
    held = meetings.meeting(session, number)
    _took("frozen, two languages", lambda: meetings.freeze(
        session, number, held.version, user, NOW, TODAY, RULES))  # fmt: skip
    _took("what changed since", lambda: meetings.since(*asked))
    _took("frozen, all slides", lambda: meetings.contents(*asked))


def _took_one(asked: tuple[Any, ...], slide: int) -> float:
    start = time.perf_counter()
    meetings.contents(*asked, (slide,))
    return time.perf_counter() - start


def _took(name: str, work: Callable[[], Any]) -> Any:
    wall, cpu = time.perf_counter(), time.process_time()
    answer = work()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print(f"{name:<24}{wall:>9.2f}{cpu:>9.2f}{TARGETS.get(name, '–'):>9}")
    return answer
