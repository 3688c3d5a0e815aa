"""How long a month of the batch grid takes to be saved and submitted. Prints; tests nothing.

`python3 manage.py bench grid`, also with --rows and, for PostgreSQL, --database of an empty one.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, select

from db.demo import load_demo
from db.demo.places import TODAY
from db.engine import make_engine, read_session, write_session
from db.migrate import migrate
from db.models import User
from services import drafts
from services.catalogue import Catalogue, catalogue
from services.permissions import CurrentUser

ROWS, AT_ONCE = 194, 50  # so many in one request, as grid-sync.js sends them
TARGET = 2  # seconds for all, on a machine with nothing else to do
SHEET = "c05", f"{TODAY:%Y-%m}"
NOW = datetime(2023, 10, 28, 2, tzinfo=UTC)


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        url = options.database or f"sqlite:///{(Path(folder) / 'grid.sqlite3').as_posix()}"
        engine = make_engine(url)
        migrate(engine)
        with write_session(engine) as session:
            load_demo(session)
        _measure(engine, options.rows)
        engine.dispose()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench_grid", description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--database", metavar="URL", help="an empty database; else SQLite")
    return parser.parse_args()


def _measure(engine: Engine, rows: int) -> None:
    with read_session(engine) as session:
        person = session.scalars(select(User).where(User.role == "office_staff")).first()
        lists = catalogue(session)
    user = CurrentUser(person.id, person.username, person.name, person.role, None, "zh")

    def save(changes: list[drafts.Change]) -> drafts.Saved:
        with write_session(engine) as session:
            return drafts.save(session, *SHEET, changes, user, NOW, TODAY)

    def submit(asked: list[tuple[str, int]]) -> list[drafts.Submitted]:
        done: list[drafts.Submitted] = []
        for first in range(0, len(asked), AT_ONCE):
            some = asked[first : first + AT_ONCE]
            with write_session(engine) as session:
                done += drafts.submit(session, *SHEET, some, user, NOW, TODAY)
        return done

    said, saved = _took("saved", save, _changes(lists, rows))
    odd = [drafts.Change(row.key, {"sure": ("", row.mark)}) for row in saved.rows if row.asks]
    save(odd)
    with read_session(engine) as session:
        there = drafts.sheet(session, *SHEET, user, TODAY).rows
    own = {row.key for row in saved.rows}
    asked = [(row.key, row.version) for row in there if row.key in own]
    told, done = _took("submitted", submit, asked)
    entered = sum(not one.refusal for one in done)
    print(f"{engine.dialect.name}: {rows} rows {said}, {told}, {entered} of them entered"
          f" ({len(odd)} with a figure to confirm); target {TARGET} s")  # fmt: skip


def _changes(lists: Catalogue, rows: int) -> list[drafts.Change]:
    """A month of rows, one of a type a day."""
    days, kinds = TODAY.day, [kind for kind in lists.types if kind.active]
    changes = []
    for place in range(rows):
        kind = kinds[place // days % len(kinds)]
        cells = {
            "day": str(place % days + 1),
            "type": kind.label,
            "place": f"{place} 号楼",
            "participants": "30 人",
            "partners": "志愿者 5、物业",
            "note": "下雨",
            **{f"measure-{code}": "2" for code in kind.measures[:2]},
        }
        texts = {name: ("", text) for name, text in cells.items()}
        changes.append(drafts.Change(f"{place + 2**64:032x}", texts))
    return changes


def _took(what: str, work: Callable[..., Any], *args: Any) -> tuple[str, Any]:
    wall, cpu = time.perf_counter(), time.process_time()
    found = work(*args)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    return f"{what} in {wall:.2f} s (CPU {cpu:.2f})", found


if __name__ == "__main__":
    main()
