"""备份: made, listed, taken away by administrators only, put back as a new file."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from streamlit.testing.v1 import AppTest

from db.engine import read_session, write_session
from db.models import Change
from services import accounts
from tests.builders import add_user
from tests.pages.app import opened, signed_in
from tests.pages.entry_steps import press, said
from tests.pages.web import HTML, browser

PAGE = "admin/backups"


@pytest.fixture
def office(demonstration: Engine) -> Engine:
    """An office in a file, whatever other databases are tested."""
    return demonstration


def files(office: Engine, pattern: str) -> list[Path]:
    return sorted(Path(str(office.url.database)).parent.glob(pattern))


def backed_up(office: Engine) -> tuple[AppTest, Path]:
    at = press(opened(signed_in(office, "administrator"), PAGE), "立即备份")
    return at, files(office, "backups/*.sqlite3")[0]


def logged(office: Engine) -> list[str]:
    with read_session(office) as session:
        return list(session.scalars(select(Change.action).where(Change.entity == "backup")))


def test_a_backup_is_made_listed_and_logged(office: Engine) -> None:
    at, file = backed_up(office)
    assert f"已备份为 {file.name}" in said(at.success)
    assert at.dataframe[0].value.iloc[0, 0] == file.name
    assert logged(office) == ["back_up"]


def test_an_office_without_backups_says_so(office: Engine) -> None:
    at = opened(signed_in(office, "administrator"), PAGE)
    assert "还没有备份" in said(at.info)
    assert not at.dataframe


def test_a_backup_is_put_back_as_a_new_file_with_the_way_to_use_it(office: Engine) -> None:
    at, file = backed_up(office)
    at.selectbox(key="filter-backup").set_value(file.name).run()
    press(at, "恢复为新文件")
    restored = files(office, "restored-*.sqlite3")[0]
    assert "停止程序" in said(at.success)
    assert at.code[0].value == f'url = "sqlite:///{restored.as_posix()}"'
    assert restored.read_bytes() == file.read_bytes()
    assert logged(office) == ["back_up", "restore_copy"]


def test_a_spoilt_backup_ends_in_a_sentence(office: Engine) -> None:
    at, file = backed_up(office)
    file.write_bytes(b"something else")
    at.selectbox(key="filter-backup").set_value(file.name).run()
    press(at, "恢复为新文件")
    assert "校验不一致" in said(at.error)
    assert files(office, "restored-*") == []


def test_a_server_names_its_own_command(door: Engine) -> None:
    at = opened(signed_in(door, "administrator"), PAGE)
    if door.dialect.name == "postgresql":
        assert at.code[0].value.startswith("pg_dump --format=custom")
        assert not [button for button in at.button if button.label == "立即备份"]
    else:
        assert not at.code


def cookie(office: Engine, role: str) -> str:
    with write_session(office) as session:
        community = "c01" if role == "community_staff" else None
        person = add_user(session, role, community, username=f"taker_{role}")
        return accounts.sign_in(session, person.id, "10.0.0.7", datetime.now(UTC))


def test_an_administrator_takes_a_backup_away(office: Engine) -> None:
    _at, file = backed_up(office)
    client = browser()
    client.cookies["minyi_session"] = cookie(office, "administrator")
    answer = client.get(f"/account/backups/{file.name}")
    assert answer.status_code == 200
    assert answer.content == file.read_bytes()
    assert "attachment" in answer.headers["content-disposition"]
    assert client.get(f"/account/backups/{file.name}.sha256").text.endswith(f"{file.name}\n")
    assert client.get("/account/backups/minyi-20200101-000000.sqlite3").status_code == 404
    assert client.get("/account/backups/..%2Fminyi.sqlite3").status_code == 404
    assert logged(office) == ["back_up", "download", "download"]


@pytest.mark.parametrize("role", ["official", "community_staff", "office_staff"])
def test_nobody_else_takes_one_away(office: Engine, role: str) -> None:
    _at, file = backed_up(office)
    client = browser()
    client.cookies["minyi_session"] = cookie(office, role)
    assert client.get(f"/account/backups/{file.name}").status_code == 403
    assert logged(office) == ["back_up"]


def test_who_is_not_signed_in_is_led_to_the_sign_in(office: Engine) -> None:
    _at, file = backed_up(office)
    answer = browser().get(f"/account/backups/{file.name}", headers=HTML)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/account/login")
