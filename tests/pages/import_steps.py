"""What a person does on the import page."""

from __future__ import annotations

from sqlalchemy import Engine, func, select
from streamlit.testing.v1 import AppTest

from db.engine import read_session
from tests.import_cases import HEAD
from tests.pages.app import opened, signed_in

PAGE = "admin/import_survey"


def page(office: Engine, language: str = "zh") -> AppTest:
    return opened(signed_in(office, "office_staff", language), PAGE)


def upload(at: AppTest, *rows: str, head: str = HEAD) -> AppTest:
    return give(at, "\n".join((head, *rows)).encode())


def give(at: AppTest, data: bytes) -> AppTest:
    at.file_uploader[0].set_value(("survey.csv", data, "text/csv")).run()
    assert not at.exception
    return at


def box(at: AppTest, label: str, place: int = 0) -> AppTest:
    return [one for one in at.selectbox if one.label == label][place]


def press(at: AppTest, label: str) -> AppTest:
    next(one for one in at.button if one.label.startswith(label)).click().run()
    assert not at.exception
    return at


def metrics(at: AppTest) -> dict[str, str]:
    return {one.label: one.value for one in at.metric}


def said(elements: object) -> list[str]:
    return [one.value.replace("\\", "") for one in elements]


def count(office: Engine, model: object) -> int:
    with read_session(office) as session:
        return session.scalar(select(func.count()).select_from(model)) or 0
