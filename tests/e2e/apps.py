"""Starts the app as a person does, by `manage.py run`, beside the tests."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from services.settings import ROOT

DATABASE = "minyi.sqlite3"


def database_in(folder: Path) -> str:
    return f"sqlite:///{(folder / DATABASE).as_posix()}"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def copy_of_the_tree(folder: Path) -> Path:
    """The project as a person has it before the first start: no .venv, no database."""
    made = ("*.pyc", "__pycache__", ".git", ".venv", "var", ".ruff_cache", "docs", "tests")
    return shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(*made))


def environment(**more: str) -> dict[str, str]:
    """This process's environment without what would lead to another office."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MINYI_")}
    return kept | {"PYTHONIOENCODING": "utf-8"} | more


def manage(
    tree: Path, *arguments: str, python: str = sys.executable, **more: str
) -> subprocess.CompletedProcess[str]:
    """Run the launcher to its end, without a terminal."""
    return subprocess.run(
        [python, "manage.py", *arguments],
        cwd=tree,
        env=environment(**more),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
    )


class RunningApp:
    """The app and what its launcher has printed so far. `url` is where it answers."""

    def __init__(self, process: subprocess.Popen[bytes], port: int, log: Path) -> None:
        self.process = process
        self.url = f"http://127.0.0.1:{port}"
        self._log = log

    @property
    def printed(self) -> str:
        return self._log.read_text(encoding="utf-8", errors="replace")

    def stop(self) -> int:
        """End it as a service manager does; the launcher's exit code."""
        self.process.terminate()
        return self.process.wait(timeout=120)

    def kill(self) -> None:
        """End the server at once, as a power cut does; its launcher then ends by itself."""
        self._tell(signal.SIGKILL)
        self.process.wait(timeout=120)

    @contextmanager
    def silent(self) -> Iterator[None]:
        """Meanwhile the server answers nothing, as on a slow line."""
        self._tell(signal.SIGSTOP)
        try:
            yield
        finally:
            self._tell(signal.SIGCONT)

    def _tell(self, what: signal.Signals) -> None:
        task = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        for child in task.read_text(encoding="utf-8").split():
            os.kill(int(child), what)


@contextmanager
def running(folder: Path, *arguments: str, tree: Path = ROOT, **more: str) -> Iterator[RunningApp]:
    """`manage.py run` with a log in the folder; entered once it has printed the address."""
    port = free_port()
    log = folder / f"run-{port}.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-u", "manage.py", "run", "--port", str(port), *arguments],
            cwd=tree,
            env=environment(**more),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    app = RunningApp(process, port, log)
    try:
        while "已启动" not in app.printed:
            try:
                code = process.wait(timeout=0.1)
            except subprocess.TimeoutExpired:
                continue
            raise AssertionError(f"the app ended with {code}:\n{app.printed}")
        yield app
    finally:
        if process.poll() is None:
            app.stop()
