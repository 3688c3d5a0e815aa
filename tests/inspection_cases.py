"""What the tests of inspections share: a typed one, photos good and bad, inspections on record."""

from __future__ import annotations

import struct
import zlib
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO

from PIL import Image

from db.engine import Session
from db.writes.inspections import NewPhoto
from services import inspections
from services.inspections import Typed, Upload
from services.permissions import CurrentUser

TODAY = date(2023, 10, 28)
NOW = datetime(2023, 10, 28, 2, 0, tzinfo=UTC)
DAY, DUE = date(2023, 10, 9), date(2023, 10, 20)
PASSED = Typed(
    day=DAY,
    community="c01",
    domain="environment",
    activity="",
    inspector="周主任",
    rank="副科级干部",
    verdict="qualified",
    findings="楼院整洁",
    due_on=None,
)
RECTIFY = replace(PASSED, verdict="rectify", findings="楼道堆物", due_on=DUE)


def photo(mark: str = "a", moment: str = "before") -> NewPhoto:
    """A photo as if it had been encoded; `mark` tells it from others."""
    return NewPhoto(moment, mark * 64, 4, 3, f"image {mark}".encode(), f"small {mark}".encode())


def recorded(
    session: Session,
    user: CurrentUser,
    typed: Typed = RECTIFY,
    key: str = "key",
    photos: tuple[NewPhoto, ...] = (),
    **changes: object,
) -> str:
    """Record an inspection and commit; its number."""
    changed = replace(typed, **changes)
    number = inspections.record(session, changed, photos, key, user, NOW, TODAY).number
    session.commit()
    return number


def again(
    session: Session, user: CurrentUser, number: str, typed: Typed = PASSED, **changes: object
) -> str:
    """Re-inspect one and commit; the number of the re-inspection."""
    day = {"day": date(2023, 10, 23)} | ({"due_on": TODAY} if typed.due_on else {})
    sent = replace(typed, follows=number, **day | changes)
    return recorded(session, user, sent, f"again {number} {typed.verdict}")


def upload(data: bytes, name: str = "照片.jpg", moment: str = "before") -> Upload:
    return Upload(name, data, moment)


def drawn(size: tuple[int, int] = (80, 60), colour: str = "red", mode: str = "RGB") -> Image.Image:
    return Image.new(mode, size, colour)


def saved(image: Image.Image, form: str = "JPEG", **options: object) -> bytes:
    file = BytesIO()
    image.save(file, form, **options)
    return file.getvalue()


def bomb(width: int = 60_000, height: int = 60_000) -> bytes:
    """A PNG of a few kilobytes that says it holds 3,600 million pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes((width // 8 + 1) * 1000), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
