"""Text from the database or a person, shown as it is: nothing in it is markup."""

from __future__ import annotations

import re

_MARKUP = re.compile(r"([!-/:-@\[-`{-~])")


def plain(text: str) -> str:
    """The text with every character that Markdown could read as markup escaped."""
    return _MARKUP.sub(r"\\\1", text)
