"""The rules of the architecture that can be read from the source itself."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
OURS = {"app", "manage", "pages", "services", "db", "tests"}
TEXT = {".py", ".js", ".css", ".html", ".toml", ".txt", ".po", ""}


def _files(*places: str, pattern: str = "*.py") -> list[str]:
    """The files of folders (or single files), as posix paths from the project's folder."""
    found: list[Path] = []
    for place in places:
        path = ROOT / place
        found += [path] if path.is_file() else path.rglob(pattern)
    return sorted(file.relative_to(ROOT).as_posix() for file in found if file.is_file())


APP = _files("app.py", "manage.py", "pages", "services", "db")
PAGES = [file for file in _files("pages") if not file.startswith("pages/shared/")]
CHECKED = [file for file in [*APP, *_files("tests")] if "/migrations/versions/" not in file]


@cache
def _tree(file: str) -> ast.Module:
    return ast.parse((ROOT / file).read_text(encoding="utf-8"), file)


def _nodes(file: str, *kinds: type[ast.AST]) -> Iterator[ast.AST]:
    return (node for node in ast.walk(_tree(file)) if isinstance(node, kinds))


def _at(file: str, node: ast.AST) -> str:
    return f"{file}:{node.lineno}"  # type: ignore[attr-defined]


def _imports(file: str) -> Iterator[str]:
    """Every module a file imports, `from a import b` as a.b."""
    for node in _nodes(file, ast.Import, ast.ImportFrom):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _inside(module: str, places: Iterable[str]) -> bool:
    return any(module == place or module.startswith(f"{place}.") for place in places)


def nothing_breaks_it(found: list[object]) -> None:
    """An empty list, or a failure that names every place."""
    assert not found, "\n" + "\n".join(map(str, found))


# Who may import what of ours, and which packages never: the first place that fits counts.
LAYERS = (
    ("app.py", ("pages.shared", "services"), ("plotly", "sqlalchemy")),
    ("manage.py", ("db", "services"), ("streamlit", "plotly", "sqlalchemy")),
    ("pages/shared/data.py", ("pages.shared", "services", "db"), ("sqlalchemy", "plotly")),
    ("pages/", ("pages.shared", "services"), ("sqlalchemy", "plotly")),
    ("services/statistics/", ("services.statistics",), ("streamlit", "sqlalchemy", "plotly")),
    ("services/charts/", ("services",), ("streamlit", "sqlalchemy")),
    ("services/setup/", ("services", "db"), ("streamlit", "sqlalchemy", "plotly")),
    (
        "services/",
        ("services", "db.engine.Session", "db.reads", "db.writes"),
        ("streamlit", "sqlalchemy", "plotly"),
    ),
    ("db/", ("db",), ("streamlit", "plotly")),
)


@pytest.mark.parametrize("file", APP)
def test_imports_point_only_from_pages_to_services_to_db(file: str) -> None:
    own, never = next((own, never) for place, own, never in LAYERS if file.startswith(place))
    for module in _imports(file):
        if module.split(".")[0] in OURS:
            assert _inside(module, own), f"{file} must not import {module}"
        assert not _inside(module, never), f"{file} must not import {module}"


def test_statistics_rest_on_numpy_and_scipy_alone() -> None:
    known = {"numpy", "scipy", "services"} | sys.stdlib_module_names
    nothing_breaks_it(
        [
            (file, module)
            for file in _files("services/statistics")
            for module in _imports(file)
            if module.split(".")[0] not in known
        ]
    )


def test_launcher_needs_no_package_until_it_has_made_the_environment() -> None:
    early = ("manage.py", "services/__init__.py", "services/setup/__init__.py",
             "services/setup/console.py", "services/setup/environment.py")  # fmt: skip
    at_once = [
        (file, module)
        for file in early
        for node in _tree(file).body
        if isinstance(node, ast.Import | ast.ImportFrom)
        for module in ([node.module] if isinstance(node, ast.ImportFrom) else
                       [alias.name for alias in node.names])
    ]  # fmt: skip
    known = {"services.setup", "services.setup.console"}
    nothing_breaks_it(
        [
            pair
            for pair in at_once
            if pair[1].split(".")[0] not in sys.stdlib_module_names and pair[1] not in known
        ]
    )


def test_no_python_file_lies_directly_in_pages() -> None:
    nothing_breaks_it([file for file in _files("pages") if file.count("/") == 1])


def test_a_page_has_at_most_80_lines_and_a_file_300() -> None:
    def lines(file: str) -> int:
        return len((ROOT / file).read_text(encoding="utf-8").splitlines())

    nothing_breaks_it([file for file in PAGES if lines(file) > 80])
    nothing_breaks_it([file for file in CHECKED if lines(file) > 300])


def test_a_function_has_at_most_40_lines() -> None:
    nothing_breaks_it(
        [
            f"{_at(file, node)} {node.name}"
            for file in CHECKED
            for node in _nodes(file, ast.FunctionDef, ast.AsyncFunctionDef)
            if node.end_lineno - node.lineno >= 40
        ]
    )


def test_every_signature_has_type_hints() -> None:
    def bare(node: ast.FunctionDef) -> bool:
        given = node.args
        named = [*given.posonlyargs, *given.args, *given.kwonlyargs]
        named += [one for one in (given.vararg, given.kwarg) if one is not None]
        return node.returns is None or any(
            one.annotation is None and one.arg not in ("self", "cls") for one in named
        )

    nothing_breaks_it(
        [
            f"{_at(file, node)} {node.name}"
            for file in CHECKED
            for node in _nodes(file, ast.FunctionDef, ast.AsyncFunctionDef)
            if bare(node)
        ]
    )


def test_session_state_is_touched_by_access_forms_and_filters_only() -> None:
    allowed = {f"pages/shared/{name}.py" for name in ("access", "forms", "filters")}
    nothing_breaks_it(
        [
            _at(file, node)
            for file in APP
            for node in _nodes(file, ast.Attribute)
            if node.attr == "session_state" and file not in allowed
        ]
    )


def test_no_field_cuts_off_what_is_typed() -> None:
    """With max_chars Streamlit takes no paste that is too long and says nothing: the service does
    (`words`), and what was typed stays to be shortened."""
    nothing_breaks_it(
        [_at(file, node) for file in _files("pages") for node in _nodes(file, ast.keyword)
         if node.arg == "max_chars"]
    )  # fmt: skip


def test_streamlit_caches_stand_at_the_one_door_only() -> None:
    nothing_breaks_it(
        [
            _at(file, node)
            for file in APP
            for node in _nodes(file, ast.Attribute)
            if node.attr in ("cache_data", "cache_resource") and file != "pages/shared/data.py"
        ]
    )


def test_only_the_entry_points_catch_everything() -> None:
    def catches_all(node: ast.ExceptHandler) -> bool:
        caught = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
        return any(
            kind is None or getattr(kind, "id", "") in ("Exception", "BaseException")
            for kind in caught
        )

    nothing_breaks_it(
        [
            _at(file, node)
            for file in CHECKED
            for node in _nodes(file, ast.ExceptHandler)
            if catches_all(node) and file not in ("app.py", "manage.py")
        ]
    )


def test_every_page_is_in_the_menu_and_every_menu_entry_is_a_page() -> None:
    registered = {
        node.value
        for node in _nodes("pages/shared/navigation.py", ast.Constant)
        if isinstance(node.value, str) and re.fullmatch(r"[a-z_]+/[a-z_]+", node.value)
    }
    pages = {file.removeprefix("pages/").removesuffix(".py") for file in PAGES}
    assert registered == {page for page in pages if not page.endswith("__init__")}


def test_services_read_no_clock_and_no_environment() -> None:
    names = "datetime.now datetime.utcnow datetime.today date.today time.time os.environ os.getenv"
    outside = {tuple(name.split(".")) for name in names.split()}
    nothing_breaks_it(
        [
            _at(file, node)
            for file in _files("services")
            for node in _nodes(file, ast.Attribute)
            if (getattr(node.value, "id", ""), node.attr) in outside
            and file != "services/settings.py"
            and not file.startswith("services/setup/")
        ]
    )


def test_no_statement_is_put_together_from_strings() -> None:
    """`text(f"…")`, `execute("…" + name)`, `text("… %s" % name)`, `text("…".format(name))`."""

    def is_built(node: ast.expr) -> bool:
        formatted = isinstance(node, ast.Call) and isinstance(
            getattr(node.func, "value", None), ast.Constant
        )
        return formatted or isinstance(node, ast.JoinedStr | ast.BinOp)

    nothing_breaks_it(
        [
            _at(file, node)
            for file in _files("db", "services")
            for node in _nodes(file, ast.Call)
            if getattr(node.func, "attr", getattr(node.func, "id", ""))
            in ("text", "execute", "executemany", "exec_driver_sql", "scalar", "scalars")
            and any(map(is_built, node.args))
        ]
    )


def test_no_outside_host_is_named() -> None:
    """Nothing is fetched from the internet: an address may only be a namespace or this machine."""
    own = r"127\.0\.0\.1|localhost|www\.w3\.org|schemas\.openxmlformats\.org|\{|\["
    address = re.compile(rf"(?:https?:)?//(?!{own})[\w-]+\.[\w.-]+")
    places = ("app.py", "manage.py", "config.toml", "requirements.txt", "pages", "services", "db",
              ".streamlit", ".ci")  # fmt: skip
    nothing_breaks_it(
        [
            f"{file}: {found.group()}"
            for file in _files(*places, pattern="*")
            if Path(file).suffix in TEXT and not re.search(r"\.min\.js|/LICEN|LICENSE|OFL", file)
            for found in address.finditer((ROOT / file).read_text(encoding="utf-8"))
        ]
    )


def test_tests_mock_nothing() -> None:
    nothing_breaks_it(
        [
            (file, module)
            for file in _files("tests")
            for module in _imports(file)
            if _inside(module, ("unittest.mock", "mock"))
        ]
    )
