"""Backups: whole and of one moment while others write; put back only if nothing was changed."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.engine import URL

from db.engine import make_engine, read_session, write_session
from db.models import Change, User
from services import backups
from services.backups import Backup
from services.errors import AppError, NotFound, NotPermitted
from services.permissions import CurrentUser
from services.settings import ROOT, load_settings
from services.setup.console import Refusal
from services.setup.copies import back_up, put_back
from tests.builders import add_user
from tests.conftest import sqlite_url

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
ADMIN = CurrentUser(1, "admin", "王芳", "administrator", None, "zh")
NAME = "minyi-20260302-090000.sqlite3"


def quietly(_share: float) -> None:
    """Nobody looks at the progress."""


@pytest.fixture
def url(sqlite_template: Path, tmp_path: Path) -> str:
    """The url of an office of the test's own, on SQLite, with one person in it."""
    file = tmp_path / "minyi.sqlite3"
    file.write_bytes(sqlite_template.read_bytes())
    url = str(sqlite_url(file))
    write(url, "before")
    return url


def write(url: str, username: str) -> None:
    engine = make_engine(url)
    with write_session(engine) as session:
        add_user(session, "official", username=username)
    engine.dispose()


def people_in(file: Path) -> list[str]:
    engine = make_engine(sqlite_url(file))
    with read_session(engine) as session:
        names = list(session.scalars(select(User.username).order_by(User.id)))
    engine.dispose()
    return names


def made(url: str, at: datetime = NOW) -> tuple[Backup, Path]:
    backup = backups.make(ADMIN, url, at, quietly)
    return backup, backups.find(ADMIN, url, backup.name)


def test_a_backup_is_one_checked_file_with_its_checksum_beside_it(url: str) -> None:
    backup, file = made(url)
    assert (backup.name, file.name) == (NAME, NAME)
    assert backup.size == file.stat().st_size > 100_000
    assert sorted(path.name for path in file.parent.iterdir()) == [NAME, f"{NAME}.sha256"]
    assert people_in(file) == ["before"]
    assert file.stat().st_mode & 0o077 == 0
    assert backups.backups(ADMIN, url) == (backup,)


def test_others_write_meanwhile_and_the_copy_is_of_the_moment_it_began(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backups, "_PAGES", 5)  # many steps, as of a large database
    written = []

    def write_some(share: float) -> None:
        if len(written) < 5 and share < 0.8:
            written.append(f"during_{len(written)}")
            write(url, written[-1])

    backup = backups.make(ADMIN, url, NOW, write_some)
    assert len(written) == 5
    assert people_in(backups.find(ADMIN, url, backup.name)) == ["before"]
    assert len(people_in(Path(url.removeprefix("sqlite:///")))) == 6


def test_the_progress_only_grows_and_ends_at_the_whole(url: str) -> None:
    shares: list[float] = []
    backup = backups.make(ADMIN, url, NOW, shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    shares.clear()
    file = backups.find(ADMIN, url, backup.name)
    backups.restore(ADMIN, url, file, NOW, shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def test_the_list_is_newest_first_and_knows_nothing_half_made(url: str) -> None:
    made(url)
    made(url, NOW + timedelta(seconds=1))
    folder = backups.find(ADMIN, url, NAME).parent
    (folder / "minyi-20260101-000000.sqlite3").write_bytes(b"without a checksum")
    (folder / "other.sqlite3").write_bytes(b"")
    names = [one.name for one in backups.backups(ADMIN, url)]
    assert names == ["minyi-20260302-090001.sqlite3", NAME]


def test_two_in_one_second_do_not_overwrite_each_other(url: str) -> None:
    first, file = made(url)
    with pytest.raises(AppError, match="稍等一秒"):
        backups.make(ADMIN, url, NOW, quietly)
    assert file.stat().st_size == first.size


def test_a_backup_is_put_back_as_a_new_file_and_the_database_is_left_alone(url: str) -> None:
    _backup, file = made(url)
    write(url, "after")
    target, new_url = backups.restore(ADMIN, url, file, NOW, quietly)
    assert target.name == "restored-20260302-090000.sqlite3"
    assert new_url == f"sqlite:///{target.as_posix()}"
    assert people_in(target) == ["before"]
    assert people_in(Path(url.removeprefix("sqlite:///"))) == ["before", "after"]


def flip_a_byte(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


@pytest.mark.parametrize(
    "spoil",
    [flip_a_byte, lambda file: file.write_bytes(file.read_bytes()[:-4096])],
    ids=["a flipped bit", "cut short"],
)
def test_a_spoilt_backup_is_not_put_back(url: str, spoil: Callable[[Path], object]) -> None:
    _backup, file = made(url)
    spoil(file)
    with pytest.raises(AppError, match="校验不一致"):
        backups.restore(ADMIN, url, file, NOW, quietly)
    assert not list(file.parents[1].glob("restored-*"))


def test_a_backup_without_its_checksum_is_not_put_back(url: str, tmp_path: Path) -> None:
    _backup, file = made(url)
    with pytest.raises(NotFound):
        backups.restore(ADMIN, url, tmp_path / "nowhere.sqlite3", NOW, quietly)
    file.with_name(f"{NAME}.sha256").unlink()
    with pytest.raises(NotFound, match="sha256"):
        backups.restore(ADMIN, url, file, NOW, quietly)


def test_a_broken_database_makes_no_backup(url: str) -> None:
    file = Path(url.removeprefix("sqlite:///"))
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    content = bytearray(file.read_bytes())
    content[8192:40960] = bytes(32768)
    file.write_bytes(content)
    with pytest.raises(AppError):
        backups.make(ADMIN, url, NOW, quietly)
    assert backups.backups(ADMIN, url) == ()


def test_a_folder_that_cannot_be_written_ends_in_a_sentence(url: str) -> None:
    folder = Path(url.removeprefix("sqlite:///")).parent / "backups"
    folder.symlink_to("/proc")  # where not even root may make a file
    with pytest.raises(AppError, match="无法写入"):
        backups.make(ADMIN, url, NOW, quietly)


@pytest.mark.parametrize(
    "name", ["../minyi.sqlite3", "minyi.sqlite3", "", ".", f"../backups/{NAME}", f"{NAME}.part"]
)
def test_only_backups_can_be_taken_away(url: str, name: str) -> None:
    made(url)
    with pytest.raises(NotFound):
        backups.find(ADMIN, url, name)


@pytest.mark.parametrize("role", ["official", "community_staff", "office_staff"])
def test_nobody_but_an_administrator_has_to_do_with_backups(url: str, role: str) -> None:
    _backup, file = made(url)
    user = CurrentUser(2, "x", "某", role, "c01" if role == "community_staff" else None, "zh")
    for refused in (
        lambda: backups.make(user, url, NOW, quietly),
        lambda: backups.backups(user, url),
        lambda: backups.find(user, url, NAME),
        lambda: backups.restore(user, url, file, NOW, quietly),
    ):
        with pytest.raises(NotPermitted):
            refused()


def test_a_server_is_backed_up_by_its_own_command_which_names_no_password() -> None:
    url = "postgresql+psycopg://minyi:secret@10.0.0.5:5432/office"
    assert backups.database_file(url) is None
    assert backups.dump_command(url) == (
        "pg_dump --format=custom --file=minyi.dump --dbname=postgresql://minyi@10.0.0.5:5432/office"
    )
    with pytest.raises(AppError, match="服务器"):
        backups.make(ADMIN, url, NOW, quietly)


def test_what_was_done_is_logged(database_url: URL) -> None:
    engine = make_engine(database_url)
    with write_session(engine) as session:
        by = CurrentUser(add_user(session, "administrator").id, "a", "王", "administrator", None,
                         "zh")  # fmt: skip
        backups.note(session, by, "back_up", NAME, NOW)
    with read_session(engine) as session:
        line = session.scalars(select(Change)).one()
        assert session.scalar(select(func.count()).select_from(Change)) == 1
        assert (line.action, line.entity, line.entity_key) == ("back_up", "backup", NAME)
    engine.dispose()


def test_the_console_makes_and_puts_back_even_when_the_database_is_lost(
    url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = replace(load_settings(ROOT / "config.toml", {}), database_url=url)
    engine = make_engine(url)
    back_up(engine, settings, NOW)
    with read_session(engine) as session:
        assert session.scalars(select(Change.action)).all() == ["back_up"]
    engine.dispose()
    database = Path(url.removeprefix("sqlite:///"))
    file = database.parent / "backups" / NAME
    assert str(file) in capsys.readouterr().out
    database.unlink()
    with pytest.raises(NotFound, match="还没有数据库文件"):
        back_up(engine, settings, NOW)
    put_back(settings, file, NOW)
    restored = database.with_name("restored-20260302-090000.sqlite3")
    assert f'url = "sqlite:///{restored.as_posix()}"' in capsys.readouterr().out
    assert people_in(restored) == ["before"]
    assert not database.exists()


def test_the_console_names_the_command_of_a_server() -> None:
    server = "postgresql+psycopg://minyi:secret@10.0.0.5/office"
    settings = replace(load_settings(ROOT / "config.toml", {}), database_url=server)
    with pytest.raises(Refusal, match="pg_dump"):
        back_up(None, settings, NOW)
