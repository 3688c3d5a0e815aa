"""A year of records goes out as workbooks and comes back: unchanged here, the same elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Engine

from db.demo import places
from db.engine import Session, write_session
from db.migrate import migrate
from db.reads import activities as reads
from db.reads.accounts import user_named
from db.seed import load_office, load_places, load_reference_lists
from services import workbook
from services.activities import UNCOUNTED, Answer, mark_of
from services.i18n import use_language
from services.permissions import CurrentUser
from services.workbook import Choice, Said
from services.workbook.export import book_of
from tests.activity_cases import assert_sums_agree
from tests.builders import add_user
from tests.workbook_cases import ACTIVITIES, cells, upload

NOW = datetime(2023, 10, 28, 2, 0, tzinfo=UTC)
APART = ("number", "check", "state")  # of each office its own


@pytest.fixture
def office(demo: Session) -> CurrentUser:
    row = user_named(demo, "demo_office_staff")
    return CurrentUser(row.id, row.username, row.name, row.role, None, "zh")


@pytest.fixture
def elsewhere(empty_engine: Engine) -> Iterator[Session]:
    """An office with the same lists and places, and no records."""
    migrate(empty_engine)
    with write_session(empty_engine) as session:
        load_reference_lists(session)
        load_places(session, places.NAME, places.NAME_EN, places.communities())
        load_office(session, demonstration_day=None, running_since=places.RUNNING_SINCE)
        add_user(session, "office_staff")
    with write_session(empty_engine) as session:
        yield session


@pytest.mark.parametrize("language", ["zh", "en"])
def test_all_records_of_the_demonstration_come_back_unchanged(
    demo: Session, office: CurrentUser, language: str
) -> None:
    use_language(language)
    data = book_of(demo, reads.Choice())
    use_language("zh")  # whoever imports it speaks another language
    checked = ACTIVITIES.check(demo, upload(demo, data, community=None), office, places.TODAY)
    assert checked.table.unknown == ()
    assert set(checked.counts) == {workbook.SAME}
    assert checked.counts[workbook.SAME] > 3000


@pytest.mark.parametrize("code", ["types", "measures", "partners", "targets", "commitments"])
def test_every_list_of_the_demonstration_comes_back_unchanged(demo: Session, code: str) -> None:
    row = user_named(demo, "demo_administrator")
    user = CurrentUser(row.id, row.username, row.name, row.role, None, "zh")
    use_language("en")
    data = workbook.list_book(demo, code, user, places.TODAY)
    use_language("zh")
    kind = workbook.KINDS[code]
    checked = kind.check(demo, upload(demo, data, kind=kind), user, places.TODAY)
    assert checked.table.unknown == ()
    assert set(checked.counts) == {workbook.SAME}


def test_an_empty_office_that_imports_them_exports_the_same(
    demo: Session, elsewhere: Session
) -> None:
    choice = reads.Choice(first=places.TODAY.replace(month=8, day=1))
    first = book_of(demo, choice)
    staff = user_named(elsewhere, "office_staff")
    user = CurrentUser(staff.id, staff.username, staff.name, staff.role, None, "zh")
    up = upload(elsewhere, first, Choice(foreign=True), community=None)
    asking = ACTIVITIES.check(elsewhere, up, user, places.TODAY).of("ask")
    assert {line.asked[0].kind for line in asking} == {UNCOUNTED}
    said = tuple(Said(line.line, Answer(mark_of(line.asked))) for line in asking)
    up = replace(up, choice=Choice(foreign=True, said=said))
    done = ACTIVITIES.take(elsewhere, up, user, NOW, places.TODAY)
    assert (done.changed, done.unchanged, done.refused) == (0, 0, 0)
    second = book_of(elsewhere, choice)
    assert stated(second, elsewhere) == stated(first, demo)
    assert done.added == len(stated(first, demo)) > 500
    assert ACTIVITIES.take(elsewhere, up, user, NOW, places.TODAY).unchanged == done.added
    assert_sums_agree(elsewhere)


def stated(data: bytes, session: Session) -> list[dict[str, Any]]:
    """What the rows say, without what is of each office its own."""
    return [
        {name: text for name, text in row.items() if name not in APART}
        for row in cells(data, session)
    ]
