"""How long the import of 100,000 respondents takes, and how much memory. Prints; tests nothing.

`python3 manage.py bench import`, also with --rows.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from sqlalchemy import Engine

from db.engine import Session, make_engine, read_session, write_session
from db.migrate import migrate
from db.seed import load_office, load_places, load_reference_lists
from services import surveys
from services.imports.guess import guess_plan
from services.imports.names import names_known
from services.imports.personal import personal_columns
from services.imports.plan import RESPONDENTS
from services.imports.record import Choice, Upload, check, record
from services.imports.sheet import Sheet, read_sheet
from services.permissions import CurrentUser
from tests.builders import add_user, add_wave
from tests.workbooks import workbook

SEED = 20231028
TARGET_SECONDS, TARGET_MB = 20, 500
NOW = datetime(2023, 10, 1, tzinfo=UTC)
SUBJECTS = ("居住环境", "社会治安", "文体生活", "基本医疗", "基础教育", "社会帮扶")
COLUMNS = (
    "编号", "社区", "权重", "日期", "性别", "年龄", "访问员",
    *(f"{subject}{part}" for subject in SUBJECTS[:5] for part in ("之一", "之二")),
    "社会帮扶", "总体满意度",
)  # fmt: skip


class Took(NamedTuple):
    """Seconds."""

    wall: float
    cpu: float


def main() -> None:
    options = _options()
    if options.take:
        _take(Path(options.take))
        return
    print(
        f"{options.rows:,} respondents × 12 questions; targets {TARGET_SECONDS} s, {TARGET_MB} MB"
    )
    with tempfile.TemporaryDirectory() as folder:
        for file in make_files(Path(folder), options.rows):
            # In a process of its own: what it took to make the file is not to be counted.
            taking = (sys.executable, "-m", "tests.bench.bench_import", "--take", str(file))
            subprocess.run(taking, check=True)


def _take(file: Path) -> None:
    engine = make_engine(f"sqlite:///{file.with_suffix('.sqlite3').as_posix()}")
    _office(engine)
    _import(engine, file)
    engine.dispose()


def make_files(folder: Path, count: int) -> tuple[Path, Path]:
    """The same respondents as CSV and as a workbook."""
    csv, xlsx = folder / "a.csv", folder / "b.xlsx"
    rows = respondents(count)
    text = "\n".join(",".join(map(str, row)) for row in (COLUMNS, *rows))
    csv.write_text(text, encoding="utf-8")
    xlsx.write_bytes(workbook([COLUMNS, *rows]))
    return csv, xlsx


def respondents(count: int) -> list[tuple[Any, ...]]:
    """Rows of people whose answers go together, as people's do."""
    random = np.random.default_rng(SEED)
    content = random.normal(0, 1, count)
    answers = []
    for _question in range(12):
        felt = 0.8 * content + random.normal(0, 0.8, count)
        chosen = np.digitize(felt, (-1.9, -1.2, -0.2, 0.9)) + 1
        answers.append(np.where(random.random(count) < 0.06, 9, chosen).tolist())
    facts = (
        [f"{number:06d}" for number in range(1, count + 1)],
        [f"第{number}社区" for number in random.integers(1, 31, count)],
        random.uniform(0.5, 2, count).round(3).tolist(),
        [f"2023-09-{day:02d}" for day in random.integers(1, 21, count)],
        random.choice(["男", "女"], count).tolist(),
        random.integers(18, 91, count).tolist(),
        [f"T{number:02d}" for number in random.integers(1, 40, count)],
    )
    return list(zip(*facts, *answers, strict=True))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench_import", description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--take", metavar="FILE", help="only take over this file")
    return parser.parse_args()


def _office(engine: Engine) -> None:
    """An office of 30 communities with a register by sex and age, and one survey."""
    migrate(engine)
    lives = {"residents": 6000, "male": 2900, "female": 3100, "age_18_34": 1500,
             "age_35_59": 2100, "age_60_plus": 1200}  # fmt: skip
    with write_session(engine) as session:
        load_reference_lists(session)
        load_places(
            session, "示范街道", "Model Subdistrict",
            [{"code": f"c{n:02d}", "name": f"第{n}社区", "population": {2023: lives}}
             for n in range(1, 31)],
        )  # fmt: skip
        load_office(session, demonstration_day=None, running_since=date(2023, 1, 1))
        add_wave(session, "w1", date(2023, 9, 1), date(2023, 9, 20), scale="five_grade")
        add_user(session, "office_staff")


def _import(engine: Engine, file: Path) -> None:
    """What the page does, each step timed."""
    staff = CurrentUser(1, "office_staff", "测试员", "office_staff", None, "zh")
    laps: dict[str, Took] = {}
    with _lap(laps, "read"):
        sheet = read_sheet(file.read_bytes())
    with _lap(laps, "propose"), read_session(engine) as session:
        upload = _proposed(session, sheet)
    with _lap(laps, "preview"), read_session(engine) as session:
        found = check(session, upload, staff)
    with _lap(laps, "record"), write_session(engine) as session:
        receipt = record(session, upload, Choice(), staff, NOW)
    assert receipt.accepted == found.accepted == sheet.rows, "a row of the bench was refused"
    steps = ", ".join(f"{name} {took.wall:.1f}" for name, took in laps.items())
    wall, cpu = (sum(getattr(took, what) for took in laps.values()) for what in Took._fields)
    print(
        f"{file.suffix:<6}{file.stat().st_size / 1e6:.1f} MB{wall:>6.1f} s"
        f" ({steps}; CPU {cpu:.1f}){_memory()}"
    )


def _proposed(session: Session, sheet: Sheet) -> Upload:
    names, wave = names_known(session, "w1"), surveys.wave_of(session, "w1")
    plan = guess_plan(sheet, RESPONDENTS, wave, names, personal_columns(sheet), None)
    return Upload(RESPONDENTS, "w1", sheet, plan)


@contextmanager
def _lap(laps: dict[str, Took], name: str) -> Iterator[None]:
    wall, cpu = time.perf_counter(), _cpu()
    yield
    laps[name] = Took(time.perf_counter() - wall, _cpu() - cpu)


def _cpu() -> float:
    """Seconds of the processor, the reader's included."""
    took = os.times()
    return took.user + took.system + took.children_user + took.children_system


def _memory() -> str:
    """The most this process has held; nothing where the system does not say."""
    status = Path("/proc/self/status")
    if not status.exists():
        return ""
    lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
    return f"  peak {int(lines['VmHWM'].split()[0]) >> 10} MB"


if __name__ == "__main__":
    main()
