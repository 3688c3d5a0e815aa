"""The demonstration's workbooks: what two communities sent in after the summer, as it was noted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from hashlib import sha256

from sqlalchemy.orm import Session

from db.models import Community, User
from db.reads.activities import Choice, count_records
from db.writes import workbooks
from db.writes.log import Author

# Community, month, when; rows that were refused, and rows corrected.
FILES = (
    ("c07", date(2023, 7, 1), datetime(2023, 8, 1, 1, 20, tzinfo=UTC), 2, 0),
    ("c03", date(2023, 8, 1), datetime(2023, 9, 1, 8, 5, tzinfo=UTC), 1, 0),
    ("c03", date(2023, 8, 1), datetime(2023, 9, 4, 2, 40, tzinfo=UTC), 0, 1),
)


def write(session: Session, users: Sequence[User]) -> None:
    """Note the files; their rows are among the records of these months."""
    for community, month, at, refused, changed in FILES:
        staff = next(user for user in users if user.community_code == community)
        last = month.replace(day=31)
        there = count_records(session, Choice(first=month, last=last, host=community))
        name = f"{session.get_one(Community, community).name}_{month:%Y-%m}.xlsx"
        facts = {
            "kind": "activities",
            "file_name": name,
            "sha256": sha256(f"{name}{at}".encode()).hexdigest(),
            "rows": there + refused,
            "added": 0 if changed else there,
            "changed": changed,
            "unchanged": there - changed if changed else 0,
            "refused": refused,
        }
        workbooks.note(session, Author(staff.id, staff.name, at), facts)
