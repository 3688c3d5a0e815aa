"""The batch grid: a community's month in rows that are saved as they are typed."""

from services.drafts.names import CALLED, Names, names
from services.drafts.rows import Row, Sheet, last_month, sheet
from services.drafts.saving import KEPT_ROWS, MOST_ROWS, Change, Saved, save
from services.drafts.submitting import Submitted, submit
from services.drafts.waiting import Waiting, waiting

__all__ = [
    "CALLED",
    "KEPT_ROWS",
    "MOST_ROWS",
    "Change",
    "Names",
    "Row",
    "Saved",
    "Sheet",
    "Submitted",
    "Waiting",
    "last_month",
    "names",
    "save",
    "sheet",
    "submit",
    "waiting",
]
