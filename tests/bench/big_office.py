"""A seeded big office for the benchmark, written straight into SQLite by bulk inserts."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import Connection, Engine

from db import reference, rollups
from db.engine import make_engine, write_session
from db.migrate import migrate
from db.seed import load_office, load_places, load_reference_lists
from services.settings import ROOT, load_settings

SEED = 20231028
FIRST_DAY = date(2020, 11, 1)
LAST_DAY = date(2023, 10, 28)  # 36 months, the last one still running
COMMUNITIES = tuple(f"c{number:02d}" for number in range(1, 31))
ACTIVITIES = 150_000
MEASURES = 3 * ACTIVITIES
ANSWERS = 200_000
JOINT_SHARE = 0.04
JOINT_GROUPS = 120  # the same neighbours act together again and again
WAVES = 12
SUBJECTS = ("overall", *(row[0] for row in reference.DOMAINS))
SMALL = {"c29": 8, "c30": 24}  # two communities with few answers: hidden, not compared

_MOMENT = "2023-10-28 00:00:00.000000"
_CHUNK = 50_000
_ACTIVITY = (
    "INSERT INTO activities (id, type_code, host_code, group_id, first_day, last_day, place,"
    " participants, note, state, void_reason, version, idempotency_key, created_at, updated_at)"
    " VALUES (?, ?, ?, ?, ?, ?, '', ?, '', ?, '', 1, ?, ?, ?)"
)


def cached_office(times: int) -> Path:
    """The database file of an office so many times the size, built on the first call."""
    made_from = (
        Path(__file__),
        ROOT / "db" / "rollups.py",
        ROOT / "db" / "reference.py",
        *sorted((ROOT / "db" / "migrations" / "versions").glob("*.py")),
    )
    mark = hashlib.sha256(b"".join(file.read_bytes() for file in made_from)).hexdigest()[:12]
    name = f"minyi-bench-{times}-"
    folder = Path(tempfile.gettempdir())
    file = folder / f"{name}{mark}.sqlite3"
    if not file.exists():
        for outdated in folder.glob(f"{name}*"):
            outdated.unlink()
        building = file.with_suffix(f".building-{os.getpid()}")
        build(f"sqlite:///{building.as_posix()}", times)
        building.replace(file)
    return file


def build(url: str, times: int) -> None:
    """Fill an empty SQLite database: 30 communities, 36 months, times × the counts above."""
    engine = make_engine(url)
    migrate(engine)
    random = np.random.default_rng(SEED)
    with write_session(engine) as session:
        load_reference_lists(session)
        load_places(session, "示范街道", "Model Subdistrict", _places())
        load_office(session, demonstration_day=None, running_since=FIRST_DAY)
    with _bulk(engine) as connection:
        _add_activities(connection, random, ACTIVITIES * times)
        _add_survey(connection, random, ANSWERS * times)
    with write_session(engine) as session:
        rollups.rebuild(session)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()


def _bulk(engine: Engine) -> Any:
    return engine.execution_options(minyi_write=True).begin()


def _places() -> list[dict[str, Any]]:
    years = {
        year: {"residents": 6000 + 100 * year % 700, "aged_60": 1200}
        for year in range(FIRST_DAY.year, LAST_DAY.year + 1)
    }
    return [
        {"code": code, "name": f"第{place}社区", "name_en": f"No. {place}", "population": years}
        for place, code in enumerate(COMMUNITIES, start=1)
    ]


def _add_activities(connection: Connection, random: np.random.Generator, count: int) -> None:
    """Activities in the order of their days, each with its communities and measures."""
    groups = _add_groups(connection, random)
    offered = [row[6] for row in reference.ACTIVITY_TYPES]
    # Clean-ups, clinics and allowances report most: three measures an activity on average.
    weights = np.array([len(measures) ** 1.6 + 0.5 for measures in offered])
    kinds = random.choice(len(offered), count, p=weights / weights.sum())
    days = np.sort(random.integers(0, (LAST_DAY - FIRST_DAY).days + 1, count))
    joint = random.random(count) < JOINT_SHARE
    group = np.where(
        joint,
        random.integers(len(COMMUNITIES), len(groups), count),
        random.integers(0, len(COMMUNITIES), count),
    )
    people = random.integers(5, 200, count)
    columns = (kinds.tolist(), group.tolist(), days.tolist(), people.tolist())
    rows = zip(range(1, count + 1), *columns, strict=True)
    while chunk := list(islice(rows, _CHUNK)):
        connection.exec_driver_sql(_ACTIVITY, [_activity(*row, groups) for row in chunk])
        connection.exec_driver_sql(
            "INSERT INTO activity_communities (activity_id, community_code) VALUES (?, ?)",
            [(number, code) for number, _, group, *_ in chunk for code in groups[group]],
        )
    _add_measures(connection, random, kinds, offered)


def _activity(
    number: int, kind: int, group: int, day: int, people: int, groups: list[tuple[str, ...]]
) -> tuple[Any, ...]:
    """A row for `_ACTIVITY`. Some have no head count, and a few are void."""
    held = str(FIRST_DAY + timedelta(days=day))
    return (
        number,
        reference.ACTIVITY_TYPES[kind][0],
        groups[group][0],
        group + 1,
        held,
        held,
        people if people > 20 else None,
        "void" if people == 77 else "recorded",
        f"bench-{number:09d}",
        _MOMENT,
        _MOMENT,
    )


def _add_groups(connection: Connection, random: np.random.Generator) -> list[tuple[str, ...]]:
    """Every community by itself, then sets of two to five neighbours; ids count from 1."""
    groups = [(code,) for code in COMMUNITIES]
    known = set(groups)
    while len(groups) < len(COMMUNITIES) + JOINT_GROUPS:
        size = int(random.integers(2, 6))
        first = int(random.integers(0, len(COMMUNITIES) - 6))
        places = sorted(random.choice(7, size, replace=False) + first)
        members = tuple(COMMUNITIES[place] for place in places)
        if members not in known:
            known.add(members)
            groups.append(members)
    connection.exec_driver_sql(
        "INSERT INTO community_groups (id, key, size) VALUES (?, ?, ?)",
        [(place, ",".join(group), len(group)) for place, group in enumerate(groups, start=1)],
    )
    connection.exec_driver_sql(
        "INSERT INTO community_group_members (group_id, community_code) VALUES (?, ?)",
        [(place, code) for place, group in enumerate(groups, start=1) for code in group],
    )
    return groups


def _add_measures(
    connection: Connection,
    random: np.random.Generator,
    kinds: np.ndarray,
    offered: list[tuple[str, ...]],
) -> None:
    """Exactly three measures an activity on average, each among those its type offers."""
    sizes = np.array([len(measures) for measures in offered])[kinds]
    activity = np.repeat(np.arange(len(kinds)), sizes)
    place = np.arange(len(activity)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    wanted = MEASURES * len(kinds) // ACTIVITIES
    chosen = np.sort(random.choice(len(activity), wanted, replace=False))
    quantities = random.integers(1, 120_000, wanted)
    for start in range(0, wanted, _CHUNK):
        connection.exec_driver_sql(
            "INSERT INTO activity_measures (activity_id, measure_code, quantity) VALUES (?, ?, ?)",
            list(
                _measure_rows(
                    activity[chosen[start : start + _CHUNK]],
                    place[chosen[start : start + _CHUNK]],
                    quantities[start : start + _CHUNK],
                    kinds,
                    offered,
                )
            ),
        )


def _measure_rows(
    activity: np.ndarray,
    place: np.ndarray,
    quantities: np.ndarray,
    kinds: np.ndarray,
    offered: list[tuple[str, ...]],
) -> Iterator[tuple[int, str, int]]:
    for row, column, quantity in zip(
        activity.tolist(), place.tolist(), quantities.tolist(), strict=True
    ):
        yield row + 1, offered[kinds[row]][column], quantity


def _add_survey(connection: Connection, random: np.random.Generator, answers: int) -> None:
    """Quarterly waves, the first four by telephone, the others face to face."""
    options = load_settings(ROOT / "config.toml", {}).scales["three_grade"]["options"]
    cells = [
        (f"w{wave + 1:02d}", community, subject)
        for wave in range(WAVES)
        for community in COMMUNITIES
        for subject in SUBJECTS
    ]
    for wave in range(WAVES):
        _add_wave(connection, wave, options)
    sizes = np.array([SMALL.get(community, 0) for _, community, _ in cells])
    free = np.flatnonzero(sizes == 0)
    left = answers - int(sizes.sum())
    sizes[free] = left // len(free)
    sizes[free[: left % len(free)]] += 1
    shares = random.dirichlet((45, 28, 12, 15), len(cells))
    counts = random.multinomial(sizes, shares)
    connection.exec_driver_sql(
        "INSERT INTO survey_tallies (wave_code, community_code, subject, option_code, count)"
        " VALUES (?, ?, ?, ?, ?)",
        [
            (*cell, option["code"], int(count))
            for cell, row in zip(cells, counts, strict=True)
            for option, count in zip(options, row, strict=True)
        ],
    )


def _add_wave(connection: Connection, wave: int, options: list[dict[str, Any]]) -> None:
    month = FIRST_DAY.year * 12 + FIRST_DAY.month + 3 * wave
    year, month = divmod(month, 12)
    code, label = f"w{wave + 1:02d}", f"第{wave + 1}次调查"
    first, last = date(year, month + 1, 5), date(year, month + 1, 20)
    connection.exec_driver_sql(
        "INSERT INTO survey_waves (code, label, label_en, mode, scale, wording, first_day,"
        " last_day, frozen) VALUES (?, ?, ?, ?, 'three_grade', '1', ?, ?, 1)",
        (
            code,
            label,
            f"Wave {wave + 1}",
            "telephone" if wave < 4 else "face_to_face",
            str(first),
            str(last),
        ),
    )
    connection.exec_driver_sql(
        "INSERT INTO wave_options (wave_code, option_code, label, label_en, position, points,"
        " satisfied) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (
                code,
                option["code"],
                option["label"],
                option["label_en"],
                place,
                None if "points" not in option else int(option["points"] * 1000),
                option.get("satisfied", False),
            )
            for place, option in enumerate(options)
        ],
    )
