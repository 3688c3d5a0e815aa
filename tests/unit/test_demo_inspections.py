"""The demonstration's inspections: some of every verdict and state, with drawn photos."""

from __future__ import annotations

from collections import Counter
from io import BytesIO

from PIL import Image
from sqlalchemy import select

from db.demo import places
from db.engine import Session
from db.models import Change, Inspection, InspectionPhoto
from db.writes.inspections import number_of
from services import inspections


def test_there_are_some_of_every_verdict_and_state(demo: Session) -> None:
    rows = demo.scalars(select(Inspection)).all()
    found = [inspections.inspection(demo, number_of(row.id), places.TODAY) for row in rows]
    assert 25 <= len(rows) <= 30
    assert set(Counter(row.verdict for row in rows)) == {"qualified", "rectify", "unqualified"}
    states = Counter(one.state for one in found)
    assert (states["overdue"], states["open"], states["followed"]) == (1, 2, 8)
    assert max(len(one.chain) for one in found) == 3
    assert sum(bool(one.row.activity) for one in found) >= 5
    assert sum(len(one.reports) for one in found) == 4
    for row in rows:
        before = demo.get(Inspection, row.follows_id) if row.follows_id else None
        assert before is None or before.day <= row.day
        assert row.day <= places.TODAY


def test_their_photos_are_jpegs_of_a_few_kilobytes_without_metadata(demo: Session) -> None:
    photos = demo.scalars(select(InspectionPhoto)).all()
    assert {one.moment for one in photos} == {"before", "after"}
    for one in photos:
        for data, most in ((one.image, 30_000), (one.small, 12_000)):
            picture = Image.open(BytesIO(data))
            assert (picture.format, len(data) < most) == ("JPEG", True)
            assert not picture.getexif()
        assert (one.width, one.height) == Image.open(BytesIO(one.image)).size


def test_every_one_is_in_the_log(demo: Session) -> None:
    lines = demo.scalars(select(Change).where(Change.entity == "inspection")).all()
    recorded = [line.entity_key for line in lines if line.action == "record"]
    assert sorted(recorded) == sorted(map(number_of, demo.scalars(select(Inspection.id))))
    assert {line.action for line in lines} == {"record", "rectify"}
