"""Language: every string of the source is in the English catalogue, and nothing else is."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from jinja2 import Environment

from services.i18n import LANGUAGES, _, catalogue, language, named, use_language

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = [ROOT / "app.py", *(ROOT / "pages").rglob("*.py"), *(ROOT / "services").rglob("*.py")]
TEMPLATES = list((ROOT / "pages").rglob("*.html"))
PO_FILE = ROOT / "services" / "locale" / "en" / "LC_MESSAGES" / "minyi.po"
CHINESE = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")


def marked_in_program(file: Path) -> Iterator[tuple[int, str | None]]:
    """Line and string of every `_( )`; None where it wraps no plain string."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_":
            source = node.args[0]
            plain = isinstance(source, ast.Constant) and isinstance(source.value, str)
            yield node.lineno, source.value if plain else None


def marked_in_template(file: Path) -> Iterator[tuple[int, str | None]]:
    found = Environment(extensions=["jinja2.ext.i18n"], autoescape=True).extract_translations(
        file.read_text(encoding="utf-8")
    )
    yield from ((line, source) for line, _function, source in found)


@pytest.fixture(scope="module")
def strings() -> dict[str | None, list[str]]:
    """What is marked for translation, and where."""
    found = defaultdict(list)
    for files, marked in ((PROGRAM, marked_in_program), (TEMPLATES, marked_in_template)):
        for file in files:
            for line, source in marked(file):
                found[source].append(f"{file.relative_to(ROOT).as_posix()}:{line}")
    return found


@pytest.fixture(scope="module")
def english() -> Catalog:
    with PO_FILE.open("rb") as source:
        return read_po(source, locale="en", abort_invalid=True)


def placeholders(text: str) -> set[str]:
    return {name for _text, name, *_rest in Formatter().parse(text) if name is not None}


def test_only_plain_strings_are_marked_for_translation(
    strings: dict[str | None, list[str]],
) -> None:
    assert len(strings) > 300
    assert strings.get(None, []) == [], "a computed string is in no catalogue"


def test_every_string_has_an_english_translation(
    strings: dict[str | None, list[str]], english: Catalog
) -> None:
    known = {message.id for message in english if message.string and not message.fuzzy}
    missing = {source: places for source, places in strings.items() if source not in known}
    assert not missing, "\n".join(f"{places[0]}  {source}" for source, places in missing.items())


def test_no_translation_is_left_of_a_string_that_is_gone(
    strings: dict[str | None, list[str]], english: Catalog
) -> None:
    stale = [message.id for message in english if message.id and message.id not in strings]
    assert not stale, "\n".join(stale)


def test_a_translation_has_the_placeholders_of_its_source(english: Catalog) -> None:
    different = [
        f"{message.id} → {message.string}"
        for message in english
        if message.id and placeholders(message.id) != placeholders(message.string)
    ]
    assert not different, "\n".join(different)


def test_no_chinese_is_left_in_the_english(english: Catalog) -> None:
    mixed = [f"{m.id} → {m.string}" for m in english if m.id and CHINESE.search(m.string)]
    assert not mixed, "\n".join(mixed)


def test_chinese_is_spoken_unless_a_known_language_is_asked_for() -> None:
    assert language() == "zh"
    for code in ("", "fr", "EN", "en-GB"):
        use_language(code)
        assert language() == "zh"
        assert _("总体") == "总体"
    use_language("en")
    assert language() == "en"
    assert _("总体") == catalogue("en").gettext("总体") != "总体"


def test_a_sentence_without_a_translation_is_said_in_chinese() -> None:
    use_language("en")
    assert _("没有人翻译过这一句") == "没有人翻译过这一句"


def test_a_stored_name_is_english_only_where_it_has_an_english_form() -> None:
    assert named("甲社区", "Jia") == "甲社区"
    use_language("en")
    assert named("甲社区", "Jia") == "Jia"
    assert named("甲社区", "") == "甲社区"


def test_every_language_names_itself() -> None:
    assert LANGUAGES == {"zh": "中文", "en": "English"}
