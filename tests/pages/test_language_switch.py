"""The language is switched in the middle of a page: nothing of the other one is left."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from services.i18n import catalogue, use_language
from services.settings import ROOT
from tests.pages.app import opened, signed_in
from tests.pages.test_every_page import PAGES

CHOICES = {"selectbox", "multiselect", "pills", "segmented_control", "radio"}
ALIKE_IN_ALL = {"pages/shared/frame.py"}  # the names of the languages themselves
WRITTEN = {("admin/catalogue", "en", "督查")}  # a type of activities that is called so
SPOKEN = ("label", "placeholder", "help", "value")
KINDS = ("header", "subheader", "caption", "markdown", "info", "warning", "success", "button",
         "text_input", "text_area", "number_input", "date_input", "checkbox", "toggle", "expander",
         "tabs", "selectbox", "multiselect", "radio", "button_group")  # fmt: skip


def choices() -> Iterator[tuple[str, ast.Call]]:
    """Every choice of labelled options that a page draws, and the file it is in."""
    for file in sorted((ROOT / "pages").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                named = {one.arg for one in node.keywords}
                if node.func.attr in CHOICES and "format_func" in named:
                    yield file.relative_to(ROOT).as_posix(), node


def is_told_anew(call: ast.Call, file: str) -> bool:
    key = next((one.value for one in call.keywords if one.arg == "key"), None)
    if isinstance(key, ast.Call) and isinstance(key.func, ast.Name):
        return key.func.id == "retold"
    return key is not None and file == "pages/shared/filters.py"  # there `_seed` does it


def test_every_choice_is_told_anew() -> None:
    found = [(file, call) for file, call in choices() if file not in ALIKE_IN_ALL]
    assert len(found) > 40
    assert [f"{file}:{call.lineno}" for file, call in found if not is_told_anew(call, file)] == []


def switch(app: AppTest, language: str) -> AppTest:
    app.sidebar.button_group[0].set_value(language)
    app.run()
    use_language(language)  # AppTest asks the widgets for their labels from here
    assert not app.exception
    return app


@pytest.fixture
def known() -> dict[str, frozenset[str]]:
    """Language → the texts of the program in the other one that are not also its own."""
    pairs = [(source, said) for source, said in catalogue("en")._catalog.items()
             if isinstance(source, str) and isinstance(said, str) and source]  # fmt: skip
    chinese, english = ({pair[side] for pair in pairs} for side in (0, 1))
    words = frozenset(text for text in english - chinese if re.search("[a-z]{3}", text))
    return {"en": frozenset(chinese - english), "zh": words}


def texts(app: AppTest) -> Iterator[str]:
    for kind in KINDS:
        for element in app.get(kind):
            told = (getattr(element, name, None) for name in SPOKEN)
            yield from (text for text in told if isinstance(text, str))
            yield from getattr(element, "options", ())


def test_nothing_of_the_other_language_is_left_on_any_page(
    demonstration: Engine, known: dict[str, frozenset[str]]
) -> None:
    app, language = signed_in(demonstration, "administrator"), "zh"
    left = set()
    for page in PAGES:
        use_language(language)
        opened(app, page)
        language = "en" if language == "zh" else "zh"
        switch(app, language)
        left |= {(page, language, text) for text in texts(app)
                 if text.replace("\\", "") in known[language]}  # fmt: skip
    assert left - WRITTEN == set()


def test_a_choice_stays_and_is_shown_in_the_new_language(demonstration: Engine) -> None:
    app = opened(signed_in(demonstration, "administrator"), "admin/targets")
    app.selectbox(key="target-place").set_value("c02").run()
    switch(app, "en")
    place = app.selectbox(key="target-place")
    assert (place.value, place.proto.set_value, place.proto.raw_value) == ("c02", True, "Hechang")
    app.run()
    assert app.selectbox(key="target-place").value == "c02"
    assert not app.selectbox(key="target-place").proto.set_value
