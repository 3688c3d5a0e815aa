"""Workbooks that LibreOffice opened and saved again say the same: every list comes back."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.engine import Session
from services import chart_notes, commitments, workbook
from services.workbook.kinds import LISTINGS
from tests.activity_cases import NOW, TODAY
from tests.list_workbook_cases import out
from tests.rendering import saved_again
from tests.undoing_cases import kept_by
from tests.workbook_cases import check


@pytest.mark.dialects("sqlite")  # files are of none
def test_every_list_comes_back_unchanged_from_libreoffice(session: Session, tmp_path: Path) -> None:
    user = kept_by(session)
    note = chart_notes.Typed("domain:health", "", TODAY, "=1+1")
    chart_notes.make(session, note, "note", user, NOW, TODAY)
    promise = commitments.Typed(TODAY, "例会", "007", "李主任", "c01", "", TODAY)
    commitments.make(session, promise, "promise", user, NOW, TODAY)
    session.commit()
    lists = [code for code in LISTINGS if code != "waves"]  # an office without a survey
    saved = saved_again({f"{code}.xlsx": out(session, code, user) for code in lists}, tmp_path)
    for code in lists:
        checked = check(session, saved[f"{code}.xlsx"], user, kind=workbook.KINDS[code])
        assert checked.table.unknown == ()
        assert set(checked.counts) == {workbook.SAME}, code
