"""Photos of inspections: six of each moment are shown; taken off and put back, never deleted."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from db.engine import Session
from db.models import InspectionPhoto
from services import inspections
from services.errors import InvalidEntry, NotFound, NotPermitted
from services.permissions import CurrentUser
from tests.activity_cases import person
from tests.inspection_cases import NOW, TODAY, photo, recorded


def shown(session: Session, number: str) -> inspections.Full:
    return inspections.inspection(session, number, TODAY)


def photos(session: Session) -> list[tuple[int, str, bool]]:
    found = session.scalars(select(InspectionPhoto).order_by(InspectionPhoto.id))
    return [(row.inspection_id, row.moment, row.shown) for row in found]


def test_six_photos_of_each_moment_are_shown_and_one_taken_off_makes_room(
    session: Session, office: CurrentUser
) -> None:
    number = recorded(session, office, photos=tuple(photo(mark) for mark in "abcdef"))
    inspections.add_photos(session, number, [photo("a", "after")], office, NOW)
    inspections.add_photos(session, number, [photo("b")], office, NOW)  # is there already
    session.commit()
    assert len(photos(session)) == 7
    with pytest.raises(InvalidEntry, match="整改前的照片最多 6 张，现在有 7 张"):
        inspections.add_photos(session, number, [photo("g")], office, NOW)
    session.rollback()
    inspections.show_photo(session, 1, False, office, NOW)
    inspections.add_photos(session, number, [photo("g")], office, NOW)
    session.commit()
    assert len(shown(session, number).row.photos) == 7
    with pytest.raises(InvalidEntry, match="最多 6 张"):
        inspections.show_photo(session, 1, True, office, NOW)
    session.rollback()
    inspections.show_photo(session, 2, False, office, NOW)
    inspections.add_photos(session, number, [photo("a")], office, NOW)  # the one taken off
    session.commit()
    assert len(photos(session)) == 8
    assert [one.id for one in shown(session, number).photos if not one.shown] == [2]


def test_who_records_or_added_a_photo_takes_it_off_and_puts_it_back(
    session: Session, office: CurrentUser
) -> None:
    own = person(session, "community_staff", "c01")
    number = recorded(session, office, photos=(photo("a"),))
    inspections.rectify(session, number, "已整改", [photo("b", "after")], own, NOW)
    session.commit()
    for taken, user in ((1, own), (2, person(session, "community_staff", "c02"))):
        with pytest.raises(NotPermitted, match="自己添加"):
            inspections.show_photo(session, taken, False, user, NOW)
        session.rollback()
    inspections.show_photo(session, 2, False, own, NOW)
    inspections.show_photo(session, 2, False, own, NOW)
    session.commit()
    assert photos(session) == [(1, "before", True), (1, "after", False)]
    other = person(session, "community_staff", "c03")
    with pytest.raises(NotFound):
        inspections.picture(session, 2, False, other)
    assert inspections.picture(session, 2, False, own).data == b"image b"
    assert inspections.picture(session, 1, True, other).data == b"small a"
    inspections.show_photo(session, 2, True, office, NOW)
    assert inspections.picture(session, 2, True, other).data == b"small b"
    with pytest.raises(NotFound):
        inspections.show_photo(session, 99, False, office, NOW)
