"""The launcher's own words, the lock, and what an office is begun with."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from sqlalchemy import Engine, select

from db.engine import Session, make_engine, read_session, write_session
from db.migrate import migrate
from db.models import Change
from db.reads import catalogue
from services.accounts import check_password, create_user, person_of, sign_in, token_hash
from services.errors import InvalidEntry, NotFound
from services.settings import ROOT, load_settings
from services.setup import first_start
from tests.builders import add_user
from tests.conftest import COMMUNITIES
from tests.e2e.apps import copy_of_the_tree, environment, manage

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
PASSWORD = "a long enough password"
SETTINGS = replace(load_settings(ROOT / "config.toml", {}), communities=COMMUNITIES)
BASE_PYTHON = Path(sys.base_prefix) / ("python.exe" if sys.platform == "win32" else "bin/python3")


# The launcher.


def launched(tree: Path, before: str, *arguments: str, **more: str) -> str:
    """What the launcher says, in one line, when this was run before it in a bare Python."""
    argv = ["manage.py", *arguments]
    code = f"import runpy, sys; sys.argv = {argv!r}; sys.path.insert(0, '.'); {before}; "
    done = subprocess.run(
        [BASE_PYTHON, "-c", code + "runpy.run_path('manage.py', run_name='__main__')"],
        cwd=tree,
        env=environment(**more),
        capture_output=True,
        encoding="utf-8",
        timeout=300,
    )
    assert done.returncode == 1
    assert done.stderr.strip().count("\n") == 0
    return done.stderr


def test_without_a_verb_the_launcher_lists_its_verbs() -> None:
    listed = manage(ROOT)
    assert listed.returncode == 0
    for verb in ("run", "test", "bench", "users"):
        assert re.search(rf"(?m)^ +{verb} +\S", listed.stdout)


def test_an_old_python_is_told_which_one_is_needed() -> None:
    said = launched(ROOT, "sys.version_info = (3, 10, 14)", "run")
    assert "需要 Python 3.11" in said


def test_an_old_python_can_read_what_tells_it_so() -> None:
    for file in (
        "manage.py",
        "services/__init__.py",
        "services/setup/__init__.py",
        "services/setup/console.py",
        "services/setup/environment.py",
    ):
        ast.parse((ROOT / file).read_text(encoding="utf-8"), file, feature_version=(3, 7))


def test_a_missing_venv_is_told_with_the_command_that_mends_it(tmp_path: Path) -> None:
    tree = copy_of_the_tree(tmp_path / "minyi")
    said = launched(tree, "sys.modules['ensurepip'] = None", "run", "--demo")
    assert "sudo apt install python3-venv" in said
    assert not (tree / ".venv").exists()


def test_without_a_network_one_line_says_so_and_the_next_start_tries_again(tmp_path: Path) -> None:
    tree = copy_of_the_tree(tmp_path / "minyi")
    offline = {
        "PIP_CONFIG_FILE": "/dev/null",
        "PIP_INDEX_URL": "http://127.0.0.1:9/simple",
        "PIP_FIND_LINKS": "",
        "PIP_NO_CACHE_DIR": "1",
        "PIP_RETRIES": "0",
    }
    for _ in range(2):
        assert "请检查网络" in launched(tree, "pass", "run", "--demo", **offline)
    assert (tree / ".venv").is_dir()


def test_an_argument_that_no_verb_knows_is_refused() -> None:
    refused = manage(ROOT, "users", "list", "--everything")
    assert refused.returncode == 1
    assert "--everything" in refused.stderr


# The lock.


def locked(file: str) -> Iterator[Requirement]:
    for line in (ROOT / file).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith(("#", "-r")):
            yield Requirement(line)


LOCKS = {
    "requirements.txt": [*locked("requirements.txt")],
    "requirements-dev.txt": [*locked("requirements.txt"), *locked("requirements-dev.txt")],
}


@pytest.mark.parametrize("file", LOCKS)
def test_the_lock_has_one_exact_version_of_everything_it_brings_along(file: str) -> None:
    names = [canonicalize_name(one.name) for one in LOCKS[file]]
    assert len(names) == len(set(names))
    for one in LOCKS[file]:
        assert re.fullmatch(r"==[\w.]+", str(one.specifier)), one
        if one.marker is not None and not one.marker.evaluate():
            continue
        brings = map(Requirement, distribution(one.name).requires or ())
        for other in brings:
            if other.marker is None or any(
                other.marker.evaluate({"extra": extra}) for extra in one.extras or {""}
            ):
                assert canonicalize_name(other.name) in names, f"{one} needs {other}"


def test_the_tests_run_on_the_versions_of_the_lock() -> None:
    assert [
        str(one)
        for one in LOCKS["requirements-dev.txt"]
        if (one.marker is None or one.marker.evaluate())
        and not one.specifier.contains(distribution(one.name).version)
    ] == []


# The first start.


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Engine]:
    """A migrated database in which nothing was begun."""
    engine = make_engine(f"sqlite:///{(tmp_path / 'bare.sqlite3').as_posix()}")
    migrate(engine)
    yield engine
    engine.dispose()


def test_an_empty_office_begins_with_its_places_and_an_administrator_who_can_sign_in(
    bare: Engine,
) -> None:
    with write_session(bare) as session:
        assert first_start.kind_of_office(session) is None
        first_start.begin_office(session, SETTINGS, "Wang", PASSWORD, NOW)
    with read_session(bare) as session:
        assert first_start.kind_of_office(session) == first_start.EMPTY
        assert [place.code for place in catalogue.communities(session)] == ["c01", "c02", "c03"]
        assert first_start.people(session) == [("wang", "Wang", "administrator", "", "")]
        assert check_password(session, "wang", PASSWORD)


def test_an_office_with_a_refused_password_is_not_begun_at_all(bare: Engine) -> None:
    with pytest.raises(InvalidEntry), write_session(bare) as session:
        first_start.begin_office(session, SETTINGS, "wang", "short", NOW)
    with read_session(bare) as session:
        assert first_start.kind_of_office(session) is None
        assert catalogue.communities(session) == []


def test_later_starts_take_over_new_communities_and_leave_the_others(bare: Engine) -> None:
    with write_session(bare) as session:
        first_start.begin_office(session, SETTINGS, "wang", PASSWORD, NOW)
    changed = ({**COMMUNITIES[0], "name": "新名社区"}, *COMMUNITIES[1:])
    added = {"code": "c04", "name": "丁社区"}
    with write_session(bare) as session:
        now = replace(SETTINGS, communities=(*changed, added))
        first_start.take_over_settings(session, now)
    with read_session(bare) as session:
        names = [place.name for place in catalogue.communities(session)]
        assert names == ["甲社区", "乙社区", "丙社区", "丁社区"]


def test_people_are_begun_by_code_or_name_and_an_unknown_group_is_an_error(bare: Engine) -> None:
    counted = {"2026": {"residents": 900, "户数": 300}}
    known = replace(SETTINGS, communities=({**COMMUNITIES[0], "population": counted},))
    with write_session(bare) as session:
        first_start.begin_office(session, known, "wang", PASSWORD, NOW)
    with read_session(bare) as session:
        assert catalogue.population_of_year(session, 2026) == {
            ("c01", "residents"): 900, ("c01", "households"): 300,
        }  # fmt: skip
    wrong = replace(SETTINGS, communities=(
        {**COMMUNITIES[0], "population": {"2027": {"residents": 1, "elderly": 2}}},
    ))  # fmt: skip
    with pytest.raises(InvalidEntry, match="甲社区.*“elderly”"), write_session(bare) as session:
        first_start.take_over_settings(session, wrong)


def test_the_demonstration_keeps_its_own_places_whatever_config_toml_says(bare: Engine) -> None:
    with write_session(bare) as session:
        first_start.begin_demonstration(session)
    with read_session(bare) as session:
        assert first_start.kind_of_office(session) == first_start.DEMO
        before = [place.name for place in catalogue.communities(session)]
    with write_session(bare) as session:
        first_start.take_over_settings(session, SETTINGS)
    with read_session(bare) as session:
        assert [place.name for place in catalogue.communities(session)] == before


def test_a_password_set_at_the_console_signs_the_person_out_everywhere(session: Session) -> None:
    person = add_user(session, "official", username="li")
    token = sign_in(session, person.id, "192.0.2.1", NOW)
    first_start.reset_password(session, " LI ", PASSWORD, NOW)
    assert check_password(session, "li", PASSWORD) == person.id
    assert person_of(session, token_hash(token), NOW, SETTINGS.sign_in) is None


def test_a_password_for_nobody_is_refused(session: Session) -> None:
    with pytest.raises(NotFound):
        first_start.reset_password(session, "nobody", PASSWORD, NOW)


def test_a_person_added_at_the_console_is_logged_under_no_account(session: Session) -> None:
    create_user(
        session,
        first_start.CONSOLE,
        NOW,
        username="li",
        name="李静",
        role="official",
        password=PASSWORD,
    )
    change = session.scalars(select(Change).where(Change.entity == "user")).one()
    assert (change.user_id, change.user_name, change.action) == (None, "命令行", "create")
