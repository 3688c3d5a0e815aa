"""`manage.py run` and `users`, as a person starts them in a fresh copy of the project."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from services.settings import ROOT
from tests.e2e.apps import copy_of_the_tree, environment, free_port, manage, running
from tests.e2e.steps import settle, sign_in_as

PASSWORD = "a long enough password"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    return copy_of_the_tree(tmp_path / "minyi")


def sign_in_page(url: str) -> str:
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=120)
    connection.request("GET", "/account/login")
    text = connection.getresponse().read().decode()
    connection.close()
    return text


def test_an_empty_office_starts_with_a_password_shown_once_and_no_way_in_without_one(
    tree: Path, tmp_path: Path
) -> None:
    with running(tmp_path, "--empty", "--admin", "wang", tree=tree) as app:
        assert re.search(r"用户名 wang  密码 \S{16} ", app.printed)
        assert "data-role" not in sign_in_page(app.url)
        assert app.stop() == 0
        assert "已停止" in app.printed
    with running(tmp_path, tree=tree) as app:
        assert "密码" not in app.printed
    refused = manage(tree, "run", "--demo", "--port", str(free_port()))
    assert refused.returncode == 1
    assert "已经是正式环境" in refused.stderr
    assert refused.stderr.count("\n") == 1


def test_the_demonstration_offers_four_roles_and_is_not_taken_for_a_real_office(
    tree: Path, tmp_path: Path
) -> None:
    with running(tmp_path, "--demo", tree=tree) as app:
        assert re.findall(r'data-role="(\w+)"', sign_in_page(app.url)) == [
            "official", "community_staff", "office_staff", "administrator",
        ]  # fmt: skip
        assert "密码" not in app.printed
    refused = manage(tree, "run", "--empty", "--port", str(free_port()))
    assert refused.returncode == 1
    assert "已经是演示环境" in refused.stderr


def test_without_a_terminal_nothing_is_asked_and_the_office_is_an_empty_one(
    tree: Path, tmp_path: Path
) -> None:
    with running(tmp_path, tree=tree) as app:
        assert "请选择" not in app.printed
        assert re.search(r"用户名 admin  密码 \S{16} ", app.printed)
        assert "data-role" not in sign_in_page(app.url)


@pytest.mark.skipif(os.name == "nt", reason="needs a pseudo-terminal")
def test_at_a_terminal_the_first_start_asks_for_the_office_and_a_password_typed_twice(
    tree: Path,
) -> None:
    with at_a_terminal(tree, "run", "--port", str(free_port())) as (launcher, terminal):
        seen = ""
        for prompt, typed in (
            ("1 or 2", "1"),
            ("Administrator", "wang"),
            ("New password", "short"),
            ("密码太短", None),
            ("New password", PASSWORD),
            ("Once more", PASSWORD),
            ("已启动", None),
        ):
            while prompt not in seen:
                seen += os.read(terminal, 4096).decode(errors="replace")
            seen = seen.partition(prompt)[2]
            if typed is not None:
                os.write(terminal, f"{typed}\n".encode())
        launcher.send_signal(signal.SIGINT)
        assert launcher.wait(timeout=120) == 0
    assert manage(tree, "users").stdout.splitlines() == ["wang\twang\tadministrator\t\t"]


@contextmanager
def at_a_terminal(tree: Path, *arguments: str) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """The launcher with a terminal of its own, and our end of that terminal."""
    import pty

    # A test run in the background ignores Ctrl+C, and what it starts would too.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    ours, theirs = pty.openpty()
    launcher = subprocess.Popen(
        [sys.executable, "manage.py", *arguments],
        cwd=tree,
        env=environment(),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    try:
        yield launcher, ours
    finally:
        launcher.terminate()
        launcher.wait(timeout=120)
        os.close(ours)


def test_a_port_that_is_taken_is_said_in_one_line_and_nothing_is_begun(tree: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        refused = manage(tree, "run", "--demo", "--port", port)
    assert refused.returncode == 1
    assert f"端口 {port} 已被占用" in refused.stderr
    assert "--port" in refused.stderr
    assert refused.stderr.count("\n") == 1
    assert not (tree / "var").exists()


def test_a_database_that_does_not_answer_is_said_in_one_line(tree: Path) -> None:
    nowhere = f"postgresql+psycopg://minyi@127.0.0.1:{free_port()}/minyi"
    refused = manage(tree, "run", "--demo", "--port", str(free_port()), MINYI_DATABASE_URL=nowhere)
    assert refused.returncode == 1
    assert "数据库无法使用" in refused.stderr
    assert refused.stderr.count("\n") == 1


def test_a_config_file_with_a_fault_is_said_in_one_line(tree: Path) -> None:
    (tree / "config.toml").write_text('[office]\nname = "示范\n', encoding="utf-8")
    refused = manage(tree, "run", "--empty", "--port", str(free_port()))
    assert refused.returncode == 1
    assert "config.toml 有误" in refused.stderr
    assert refused.stderr.count("\n") == 1


def test_the_end_of_the_app_ends_the_launcher_with_its_code(tree: Path, tmp_path: Path) -> None:
    faulty = "import streamlit as st\n\napp = st.App(__file__)\nraise SystemExit(7)\n"
    (tree / "app.py").write_text(faulty, encoding="utf-8")
    with (
        pytest.raises(AssertionError, match="the app ended with 7"),
        running(tmp_path, "--empty", tree=tree),
    ):
        pass


def test_users_are_added_listed_and_given_a_new_password_at_the_console(
    tree: Path, tmp_path: Path
) -> None:
    early = manage(tree, "users", "add", "li", "--role", "administrator")
    assert "请先运行" in early.stderr
    with running(tmp_path, "--empty", tree=tree):
        pass
    added = manage(tree, "users", "add", "li", "--name", "李静", "--role", "official")
    assert added.returncode == 0
    first = re.search(r"密码 (\S{16})", added.stdout)
    again = manage(tree, "users", "password", "li")
    assert again.returncode == 0
    second = re.search(r"密码 (\S{16})", again.stdout)
    assert first
    assert second
    assert first.group(1) != second.group(1)
    assert "li\t李静\tofficial\t\t" in manage(tree, "users", "list").stdout.splitlines()
    refused = manage(tree, "users", "password", "nobody")
    assert refused.returncode == 1
    assert refused.stdout == ""
    assert "没有用户" in refused.stderr


def test_no_page_asks_for_anything_outside_and_no_request_fails(page: Page) -> None:
    answers: list[tuple[str, str]] = []
    page.on("response", lambda answer: answers.append((str(answer.status), answer.url)))
    page.on("requestfailed", lambda request: answers.append((request.failure, request.url)))
    sign_in_as(page, "administrator")
    for path in paths_in_the_menu():
        page.goto(f"/{path}")
        settle(page)
        assert page.locator('[data-testid="stMain"] :is(h1, h2)').count() > 0
    assert len(answers) > 50
    assert [
        (result, url)
        for result, url in answers
        if not re.fullmatch(r"[123]\d\d", result)
        and result != "net::ERR_ABORTED"  # a page that is left drops what it was still loading
        # Below a deep link Streamlit first looks for its root there.
        and not re.search(r"/\w+/_stcore/(health|host-config)$", url)
    ] == []


def paths_in_the_menu() -> list[str]:
    source = (ROOT / "pages/shared/navigation.py").read_text(encoding="utf-8")
    return re.findall(r'page\("(\w*)", "', source)
