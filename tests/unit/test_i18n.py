"""Language: every string of the source is in the English catalogue, and nothing else is."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from jinja2 import Environment

from services.i18n import LANGUAGES, _, _n, catalogue, language, named, use_language

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = [ROOT / "app.py", *(ROOT / "pages").rglob("*.py"), *(ROOT / "services").rglob("*.py")]
TEMPLATES = list((ROOT / "pages").rglob("*.html"))
PO_FILE = ROOT / "services" / "locale" / "en" / "LC_MESSAGES" / "minyi.po"
CHINESE = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")


def marked_in_program(file: Path) -> Iterator[tuple[int, str | None]]:
    """Line and string of every `_( )` and `_n( )`; None where it wraps no plain string."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        if node.func.id in ("_", "_n"):
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


def pairs(catalogue: Catalog) -> Iterator[tuple[str, str]]:
    """Every Chinese string with its English; twice where that has a singular of its own."""
    for message in catalogue:
        said = message.string if message.pluralizable else (message.string,)
        yield from ((source_of(message), english) for english in said if message.id)


def source_of(message: Message) -> str:
    return message.id[0] if message.pluralizable else message.id


def test_only_plain_strings_are_marked_for_translation(
    strings: dict[str | None, list[str]],
) -> None:
    assert len(strings) > 300
    assert strings.get(None, []) == [], "a computed string is in no catalogue"


def test_every_string_has_an_english_translation(
    strings: dict[str | None, list[str]], english: Catalog
) -> None:
    known = {source for source, said in pairs(english) if said}
    missing = {source: places for source, places in strings.items() if source not in known}
    assert not missing, "\n".join(f"{places[0]}  {source}" for source, places in missing.items())


def test_no_translation_is_left_of_a_string_that_is_gone(
    strings: dict[str | None, list[str]], english: Catalog
) -> None:
    stale = [source for source, _said in pairs(english) if source not in strings]
    assert not stale, "\n".join(stale)


def test_a_translation_has_the_placeholders_of_its_source(english: Catalog) -> None:
    different = [
        f"{source} → {said}"
        for source, said in pairs(english)
        if placeholders(source) != placeholders(said)
    ]
    assert not different, "\n".join(different)


def test_what_depends_on_a_count_has_one_chinese_form_and_two_english_ones(
    english: Catalog,
) -> None:
    counted = [message for message in english if message.pluralizable]
    assert len(counted) > 40
    for message in counted:
        assert message.id[0] == message.id[1]
        one, many = message.string
        assert one
        assert many
        assert one != many


def test_no_chinese_is_left_in_the_english(english: Catalog) -> None:
    mixed = [f"{source} → {said}" for source, said in pairs(english) if CHINESE.search(said)]
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


def test_a_count_of_one_is_said_in_the_singular() -> None:
    source = "{place}有 {count} 件民声超期未办结。"
    assert _n(source, 1) == _n(source, 2) == source
    use_language("en")
    assert _n(source, 1).format(place="Jia", count=1) == "Jia: 1 voice is overdue."
    assert _n(source, 2).format(place="Jia", count=2) == "Jia: 2 voices are overdue."
    assert _n(source, 0).format(place="Jia", count=0) == "Jia: 0 voices are overdue."


def test_a_stored_name_is_english_only_where_it_has_an_english_form() -> None:
    assert named("甲社区", "Jia") == "甲社区"
    use_language("en")
    assert named("甲社区", "Jia") == "Jia"
    assert named("甲社区", "") == "甲社区"


def test_every_language_names_itself() -> None:
    assert LANGUAGES == {"zh": "中文", "en": "English"}
