"""The demonstration office: an invented subdistrict with a year of work and four surveys."""

from __future__ import annotations

from sqlalchemy.orm import Session

from db import rollups
from db.demo import (
    chart_notes,
    commitments,
    drafts,
    events,
    feedback,
    inspections,
    places,
    plans,
    quantities,
    records,
    remarks,
    surveys,
    workbooks,
)
from db.models import Office
from db.seed import load_office, load_places, load_reference_lists
from db.writes.log import raise_version


def load_demo(session: Session) -> None:
    """Fill an empty, migrated database; the same rows every time. ValueError if it is in use."""
    if session.get(Office, 1) is not None:
        raise ValueError("the demonstration office is loaded into an empty database only")
    load_reference_lists(session)
    load_places(session, places.NAME, places.NAME_EN, places.communities())
    load_office(
        session,
        demonstration_day=places.TODAY,
        running_since=places.RUNNING_SINCE,
        approval=True,
    )
    users = places.users()
    session.add_all([*users, *places.targets(), *places.rounds(), places.own_group()])
    session.flush()
    planned = events.planned()
    quantities.measure(planned)
    remarks.state(planned)
    records.write(session, [*planned, *events.duplicates(planned)], users)
    remarks.write(session, users)
    feedback.write(session, users)
    commitments.write(session, users)
    inspections.write(session, users)
    drafts.write(session, users)
    chart_notes.write(session, users)
    plans.write(session, users, planned)
    workbooks.write(session, users)
    surveys.write(session)
    rollups.rebuild(session)
    raise_version(session)
