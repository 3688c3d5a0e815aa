"""Make .venv and fill it from the lock; only the standard library, and readable to Python 3.7."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

from services.setup.console import Refusal, say

ROOT = Path(__file__).resolve().parents[2]
# Whoever has activated an environment of their own keeps it; everybody else gets .venv.
INSIDE = sys.prefix != sys.base_prefix
FOLDER = Path(sys.prefix) if INSIDE else ROOT / ".venv"
PYTHON = FOLDER / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
_OFFLINE = re.compile(
    r"NewConnectionError|NameResolution|name resolution|getaddrinfo|unreachable|ConnectTimeout"
    r"|ReadTimeout|timed out|ProxyError|Connection refused|from versions: none"
)

# One line of pip's for every package, from an index, a folder or an earlier try.
_FETCHED = re.compile(r"(?m)^(?:Collecting|Processing|Requirement already) ")


def prepare(locks: tuple[str, ...]) -> None:
    """See that the environment holds these locks. A copy of each is kept beside what it brought."""
    if sys.version_info < (3, 11):  # noqa: UP036  (it is what this looks for)
        raise Refusal("需要 Python 3.11 或更高版本。", "Python 3.11 or newer is needed.")
    packages = _packages()
    if packages and all(_kept(packages, lock) == _text(ROOT / lock) for lock in locks):
        return
    if not INSIDE and not (packages and (packages / "pip").is_dir()):
        _make()
        packages = _packages()
    if packages is None:
        raise Refusal(f"运行环境无法使用，请删除 {FOLDER} 后重试。", "Remove it and start again.")
    _install(locks, packages)
    for lock in locks:
        shutil.copyfile(ROOT / lock, packages / f"minyi-{lock}")


def go_on_inside(arguments: list[str]) -> int:
    """Start the launcher again with the environment's Python."""
    command = [str(PYTHON), str(ROOT / "manage.py"), *arguments]
    if os.name == "nt":  # Windows has no exec: the new program would run beside the prompt
        return subprocess.call(command)
    os.execv(command[0], command)


def _packages() -> Path | None:
    """Where the environment keeps packages; None if there is none, or its Python is gone."""
    question = [str(PYTHON), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    try:
        answer = subprocess.run(question, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return None
    folder = Path(answer.strip())
    return folder if folder.is_dir() else None


def _kept(packages: Path, lock: str) -> str:
    file = packages / f"minyi-{lock}"
    return _text(file) if file.exists() else ""


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8", errors="replace")


def _make() -> None:
    try:
        import ensurepip  # noqa: F401  (Debian keeps it in a package of its own)
        import venv
    except ImportError:
        raise Refusal(
            "缺少 python3-venv，请先运行：sudo apt install python3-venv", "It is not installed."
        ) from None
    say("正在创建运行环境 .venv……", "Making .venv")
    try:
        venv.create(FOLDER, clear=True, with_pip=True, symlinks=os.name != "nt")
    except (OSError, subprocess.CalledProcessError) as error:
        raise Refusal(f"无法创建 {FOLDER}：{error}", "It cannot be made.") from None


def _install(locks: tuple[str, ...], packages: Path) -> None:
    """Have pip install the last lock, which includes the others, and show how far it is."""
    log = FOLDER / "minyi-install.log"
    total = sum(len(re.findall(r"(?m)^\w.*==", _text(ROOT / lock))) for lock in locks)
    say(f"正在安装 {total} 个依赖包……", f"Installing {total} packages")
    before, shown = _count(packages), -1
    with log.open("wb") as out:
        pip = subprocess.Popen(
            [
                str(PYTHON),
                "-m",
                "pip",
                "install",
                "--no-deps",
                "--progress-bar",
                "off",
                "--disable-pip-version-check",
                "-r",
                str(ROOT / locks[-1]),
            ],
            stdout=out,
            stderr=subprocess.STDOUT,
        )
        while pip.poll() is None:
            time.sleep(0.2)
            fetched = len(_FETCHED.findall(_text(log)))
            shown = _show(fetched, _count(packages) - before, total, shown)
    if pip.returncode == 0:
        _show(total, total, total, shown)
    if sys.stdout.isatty():
        print()  # ends the bar's line
    if pip.returncode:
        raise _fault(log)


def _count(packages: Path) -> int:
    return sum(1 for _ in packages.glob("*.dist-info"))


def _show(fetched: int, installed: int, total: int, shown: int) -> int:
    """Draw the bar (in a log: a line now and then); the percent that is shown now."""
    fetched, installed = min(fetched, total), min(max(installed, 0), total)
    percent = 50 * (fetched + installed) // total
    bar = f"[{'#' * (percent * 3 // 10):.<30}] {percent:3d}%"
    line = f"{bar}  下载 download {fetched}/{total}  安装 install {installed}/{total}"
    if sys.stdout.isatty():
        print(f"\r{line} ", end="", flush=True)
    elif percent // 20 > shown // 20:
        print(line, flush=True)
    else:
        return shown
    return percent


def _fault(log: Path) -> Refusal:
    text = _text(log)
    if _OFFLINE.search(text):
        return Refusal("无法下载依赖包，请检查网络后重试。", f"No network? Details: {log}")
    lines = re.findall(r"(?m)^ERROR: (.*)", text) or text.splitlines() or ["pip"]
    return Refusal(f"依赖包安装失败：{lines[-1]}", f"Details: {log}")
