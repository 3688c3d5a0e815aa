"""Language: the source is Simplified Chinese, other catalogues lie in services/locale."""

from __future__ import annotations

import gettext
from collections.abc import Callable
from contextvars import ContextVar
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TypeVar

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

T = TypeVar("T")
LANGUAGES = {"zh": "中文", "en": "English"}
_LOCALE = Path(__file__).parent / "locale"
_language: ContextVar[str] = ContextVar("language", default="zh")


def use_language(code: str) -> None:
    """Speak this language from here on in the current context; an unknown code means Chinese."""
    _language.set(code if code in LANGUAGES else "zh")


def language() -> str:
    return _language.get()


def _(source: str) -> str:
    """The sentence in the current language; Chinese itself where no translation is known."""
    return source if _language.get() == "zh" else catalogue(_language.get()).gettext(source)


def _n(source: str, count: float) -> str:
    """As `_`, in the form for this count: English has one for 1, Chinese the same for all."""
    if _language.get() == "zh":
        return source
    return catalogue(_language.get()).ngettext(source, source, 1 if count == 1 else 2)


def in_each_language(make: Callable[[], T]) -> list[T]:
    """What `make` gives in every language, Chinese first."""
    spoken, made = language(), []
    try:
        for code in LANGUAGES:
            use_language(code)
            made.append(make())
    finally:
        use_language(spoken)
    return made


def named(label: str, label_en: str) -> str:
    """A stored name in the current language: the English one if there is one."""
    return label_en if label_en and _language.get() == "en" else label


@cache
def catalogue(code: str) -> gettext.NullTranslations:
    """The catalogue of a language, read from its .po file: there is no build step to forget."""
    compiled = BytesIO()
    with (_LOCALE / code / "LC_MESSAGES" / "minyi.po").open("rb") as source:
        write_mo(compiled, read_po(source, locale=code))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
