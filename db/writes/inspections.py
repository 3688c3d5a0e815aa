"""Write inspections and photos: recorded, changed, reported on, each with a line of the log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Inspection, InspectionPhoto
from db.writes.log import Author, change_row, log_change

ENTITY = "inspection"


@dataclass(frozen=True)
class Facts:
    """What was looked at, by whom, and what it came to."""

    day: date
    community_code: str
    domain_code: str | None
    activity_id: int | None
    inspector: str
    rank: str
    verdict: str
    findings: str
    due_on: date | None


@dataclass(frozen=True)
class NewPhoto:
    """A photo as it is kept: two JPEGs without metadata. `moment`: before · after."""

    moment: str
    sha256: str
    width: int
    height: int
    image: bytes
    small: bytes


def record(
    session: Session,
    author: Author,
    key: str,
    facts: Facts,
    follows_id: int | None,
    photos: Sequence[NewPhoto],
) -> Inspection:
    """A new inspection under its idempotency key, which the caller has looked up in the queue."""
    made = Inspection(
        **vars(facts),
        follows_id=follows_id,
        void_reason="",
        version=1,
        idempotency_key=key,
        created_by=author.user_id,
        created_at=author.at,
    )
    session.add(made)
    session.flush()
    kept = _keep(session, author, made, photos)
    after = snapshot(made) | ({"photos": kept} if kept else {})
    log_change(session, author, "record", ENTITY, number_of(made.id), after=after)
    return made


def change(
    session: Session,
    author: Author,
    inspection: Inspection,
    seen_version: int,
    action: str,
    changes: Mapping[str, Any],
    reason: str = "",
) -> bool:
    """Correct it, make it void or restore it; False, and nothing written, for another version."""
    thing = (ENTITY, number_of(inspection.id))
    return change_row(
        session, author, action, thing, inspection, seen_version, changes, snapshot, reason
    )


def report(
    session: Session,
    author: Author,
    inspection: Inspection,
    action: str,
    note: str,
    photos: Sequence[NewPhoto],
) -> None:
    """What was said and shown of it afterwards. The line of the log keeps the note."""
    kept = _keep(session, author, inspection, photos)
    after = ({"note": note} if note else {}) | ({"photos": kept} if kept else {})
    log_change(session, author, action, ENTITY, number_of(inspection.id), after=after)


def show_photo(session: Session, author: Author, photo: InspectionPhoto, shown: bool) -> None:
    """Take a photo off, or put it back."""
    before, photo.shown = photo.shown, shown
    session.flush()
    log_change(
        session,
        author,
        "show_photo" if shown else "hide_photo",
        ENTITY,
        number_of(photo.inspection_id),
        before={"photo": photo.id, "shown": before},
        after={"photo": photo.id, "shown": shown},
    )


def number_of(inspection_id: int) -> str:
    """The number people see: D000123."""
    return f"D{inspection_id:06d}"


def snapshot(inspection: Inspection) -> dict[str, Any]:
    """All that an inspection states, as the change log keeps it."""
    plain = ("community_code", "domain_code", "activity_id", "inspector", "rank", "verdict",
             "findings", "follows_id", "void_reason")  # fmt: skip
    return {name: getattr(inspection, name) for name in plain} | {
        name: day.isoformat() if (day := getattr(inspection, name)) else None
        for name in ("day", "due_on")
    }


def _keep(
    session: Session, author: Author, inspection: Inspection, photos: Sequence[NewPhoto]
) -> int:
    """Add the photos that it does not show yet; how many these are."""
    own = select(InspectionPhoto).where(InspectionPhoto.inspection_id == inspection.id)
    known = {(row.moment, row.sha256): row for row in session.scalars(own)}
    new = {(one.moment, one.sha256): one for one in photos}
    for mark, one in list(new.items()):
        if mark not in known:
            session.add(
                InspectionPhoto(
                    **vars(one), inspection_id=inspection.id, user_id=author.user_id, at=author.at
                )
            )
        elif known[mark].shown:
            del new[mark]
        else:
            known[mark].shown = True
    session.flush()
    return len(new)
