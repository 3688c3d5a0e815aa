"""Backups at the console: made, and put back into a new file."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from db.engine import write_session
from services import backups
from services.settings import Settings
from services.setup.console import Refusal, say
from services.setup.first_start import CONSOLE


def back_up(engine: Any, settings: Settings, now: datetime) -> None:
    """Copy the database as it is, of whatever schema: before an upgrade, too."""
    url = settings.database_url
    if backups.database_file(url) is None:
        raise Refusal(f"请运行：{backups.dump_command(url)}", "The server's own tool.")
    made = backups.make(CONSOLE, url, now, _show)
    with write_session(engine) as session:
        backups.note(session, CONSOLE, "back_up", made.name, now)
    say(f"已备份：{backups.find(CONSOLE, url, made.name)}", "Backed up and checked.")


def put_back(settings: Settings, file: Path, now: datetime) -> None:
    """Put a backup into a new file; the database in use, which may be lost, is not even opened."""
    _target, url = backups.restore(CONSOLE, settings.database_url, file, now, _show)
    say(f'已恢复。要改用它，请在 config.toml 中写：url = "{url}"', "To use it, write this url.")


def _show(share: float) -> None:
    if sys.stdout.isatty():
        print(f"\r{share:4.0%} ", end="\n" if share == 1 else "", flush=True)
