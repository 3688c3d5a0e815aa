"""Backups of the office's database file: made while it is in use, checked, put back as a new file.

A database on a server has tools of its own; for that one there is only the command to name.
"""

from __future__ import annotations

import hashlib
import os
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from db.engine import Session
from db.writes.log import log_change
from services.errors import AppError, NotFound
from services.i18n import _
from services.periods import OFFICE_CLOCK
from services.permissions import CurrentUser, require
from services.writing import author_of

Progress = Callable[[float], None]  # told a share from 0 to 1

_SQLITE = "sqlite:///"
_NAME = re.compile(r"minyi-\d{8}-\d{6}\.sqlite3")
_PAGES = 2000  # a step of the copy: 8 MB
_CHUNK = 1 << 20


@dataclass(frozen=True)
class Backup:
    """A checked copy of the whole database; `sha256` lies beside it under <name>.sha256."""

    name: str
    size: int
    sha256: str
    made_at: datetime


def database_file(url: str) -> Path | None:
    """The file of an SQLite url; None where a server keeps the data."""
    return Path(url.removeprefix(_SQLITE)) if url.startswith(_SQLITE) else None


def dump_command(url: str) -> str:
    """What makes a backup of a database server, to be run where it can be reached."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    user = f"{parts.username}@" if parts.username else ""
    shown = urlunsplit(("postgresql", user + host, parts.path, "", ""))
    return f"pg_dump --format=custom --file=minyi.dump --dbname={shown}"


def make(user: CurrentUser, url: str, now: datetime, progress: Progress) -> Backup:
    """Copy the database as it is at this moment; others go on reading and writing meanwhile.

    NotPermitted without manage_users; AppError if it cannot be written or is not whole. Note it
    in the log with `note` afterwards, so that no write waits for the copy.
    """
    require(user, "manage_users")
    source = _file(url)
    if not source.is_file():
        raise NotFound(_("还没有数据库文件，不需要备份。"))
    name = f"minyi-{now.astimezone(OFFICE_CLOCK):%Y%m%d-%H%M%S}.sqlite3"
    target = _folder(url) / name
    with _new_file(target):
        _copy(source, target, lambda share: progress(share * 0.8))
        _check(target)
        progress(0.9)
        sha256 = _sha256(target)
        _beside(target).write_text(f"{sha256}  {name}\n", encoding="ascii")
    progress(1.0)
    return Backup(name, target.stat().st_size, sha256, now)


def backups(user: CurrentUser, url: str) -> tuple[Backup, ...]:
    """All that were made, the newest first."""
    require(user, "manage_users")
    found = [file for file in _folder(url).iterdir() if _NAME.fullmatch(file.name)]
    return tuple(
        Backup(file.name, file.stat().st_size, _kept_sha256(file), _made_at(file.name))
        for file in sorted(found, key=lambda file: file.name, reverse=True)
        if _beside(file).exists()
    )


def find(user: CurrentUser, url: str, name: str) -> Path:
    """The file of a backup, or of its checksum, for an administrator to take away."""
    require(user, "manage_users")
    file = _folder(url) / name
    if not _NAME.fullmatch(name.removesuffix(".sha256")) or not file.is_file():
        raise NotFound(_("没有这个备份，请刷新页面。"))
    return file


def restore(
    user: CurrentUser, url: str, backup: Path, now: datetime, progress: Progress
) -> tuple[Path, str]:
    """Put a backup into a new file beside the database, which itself is left alone.

    The new file and its url. NotFound without the backup or its checksum; AppError if what was
    read is not what was backed up.
    """
    require(user, "manage_users")
    if not backup.is_file() or not _beside(backup).is_file():
        raise NotFound(_("找不到备份文件，或缺少它旁边的校验文件（.sha256）。"))
    stamp = f"{now.astimezone(OFFICE_CLOCK):%Y%m%d-%H%M%S}"
    target = _file(url).with_name(f"restored-{stamp}.sqlite3")
    with _new_file(target):
        read = _sha256(backup, target, lambda share: progress(share * 0.8))
        if read != _kept_sha256(backup) or read != _sha256(target):
            raise AppError(_("校验不一致：备份文件已损坏或被改动，没有恢复。请换一个备份。"))
        progress(0.9)
        _check(target)
    progress(1.0)
    return target, f"{_SQLITE}{target.as_posix()}"


def note(session: Session, user: CurrentUser, action: str, name: str, now: datetime) -> None:
    """Log what was done with a backup: back_up · download · restore_copy."""
    log_change(session, author_of(user, now), action, "backup", name)


def _file(url: str) -> Path:
    file = database_file(url)
    if file is None:
        raise AppError(_("数据库在服务器上，请用服务器自己的备份命令。"))
    return file


def _folder(url: str) -> Path:
    folder = _file(url).parent / "backups"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _beside(file: Path) -> Path:
    return file.with_name(f"{file.name}.sha256")


def _kept_sha256(file: Path) -> str:
    return _beside(file).read_text(encoding="ascii").partition(" ")[0].strip()


def _made_at(name: str) -> datetime:
    return datetime.strptime(name[6:21], "%Y%m%d-%H%M%S").replace(tzinfo=OFFICE_CLOCK)


@contextmanager
def _new_file(target: Path) -> Iterator[None]:
    """A file that only this user may read, and that stays only if the work on it succeeds."""
    try:
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        raise AppError(_("刚刚已有一次同样的操作，请稍等一秒再试。")) from None
    except OSError as error:
        raise AppError(_cannot_write(error)) from None
    done = False
    try:
        yield
        done = True
    except (OSError, sqlite3.Error) as error:
        raise AppError(_cannot_write(error)) from None
    finally:
        if not done:
            target.unlink()


def _cannot_write(error: OSError | sqlite3.Error) -> str:
    reason = getattr(error, "strerror", None) or str(error)
    return _("文件无法写入：{reason}。请检查磁盘空间和文件夹权限。").format(reason=reason)


def _copy(source: Path, target: Path, progress: Progress) -> None:
    """Copy in steps, all of one moment: in WAL the open read keeps what others change meanwhile
    out of the copy, and does not keep them from changing it."""
    with (
        closing(sqlite3.connect(source, isolation_level=None)) as reading,
        closing(sqlite3.connect(target)) as writing,
    ):
        reading.execute("BEGIN")
        reading.execute("SELECT count(*) FROM sqlite_master").fetchone()
        reading.backup(
            writing,
            pages=_PAGES,
            progress=lambda _status, left, total: progress(1 - left / max(total, 1)),
        )
        writing.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it


def _check(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        answer = connection.execute("PRAGMA integrity_check").fetchone()[0]
    if answer != "ok":
        raise AppError(_("文件不完整，没有保留：{reason}").format(reason=answer))


def _sha256(file: Path, copy_to: Path | None = None, progress: Progress | None = None) -> str:
    """The checksum of a file, which is copied on the way if there is somewhere to."""
    digest, done, size = hashlib.sha256(), 0, max(file.stat().st_size, 1)
    with file.open("rb") as source, open(copy_to or os.devnull, "wb") as target:
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
            target.write(chunk)
            done += len(chunk)
            if progress:
                progress(done / size)
        target.flush()
        if copy_to:
            os.fsync(target.fileno())
    return digest.hexdigest()
