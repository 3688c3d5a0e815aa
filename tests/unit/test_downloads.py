"""Files that pages offer are made in the language of the person, also when nobody's run goes on."""

from __future__ import annotations

import ast
from contextvars import copy_context

from pages.shared.downloads import spoken
from services.i18n import _, use_language
from services.settings import ROOT


def test_a_file_is_made_in_the_language_of_the_run_that_offered_it() -> None:
    use_language("en")
    make = spoken(lambda: _("社区"))
    use_language("zh")
    assert copy_context().run(make) == "Community"
    assert _("社区") == "社区"


def test_no_page_offers_a_file_that_forgets_the_language() -> None:
    offered = [
        (file.name, node.args[1])
        for file in (ROOT / "pages").rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("download_button")
    ]
    assert len(offered) > 8
    late = [file for file, made in offered if isinstance(made, ast.Lambda)]
    assert late == []
