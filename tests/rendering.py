"""Files as LibreOffice prints them: one run makes them all PDF, poppler reads the pages."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest


def printed(files: Mapping[str, bytes], folder: Path) -> dict[str, Path]:
    """Name (letter.docx) → its PDF; skips where there is no LibreOffice or no poppler."""
    if not shutil.which("soffice") or not shutil.which("pdftotext"):
        pytest.skip("LibreOffice and poppler are not on this machine")
    for name, content in files.items():
        (folder / name).write_bytes(content)
    subprocess.run(
        [
            "soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
            "--convert-to", "pdf", "--outdir", str(folder / "pdf"),
            *(str(folder / name) for name in files),
        ],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return {name: (folder / "pdf" / name).with_suffix(".pdf") for name in files}


def pages(pdf: Path) -> list[str]:
    """The text of every page."""
    said = _read("pdftotext", "-layout", str(pdf), "-")
    return said.split("\f")[:-1]


def words(pdf: Path) -> str:
    """All text without spaces and line ends: lines break where there is room."""
    return "".join(_read("pdftotext", str(pdf), "-").split())


def boxes(pdf: Path) -> list[str]:
    """The words of every page with the boxes they stand in, as pdftotext writes them."""
    return _read("pdftotext", "-bbox", str(pdf), "-").split("<page ")[1:]


def fonts(pdf: Path) -> str:
    return _read("pdffonts", str(pdf))


def _read(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout
