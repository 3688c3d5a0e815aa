"""Activities: enter, correct, void, restore, and what was entered before."""

from services.activities.approval import (
    APPROVED,
    RETURNED,
    SUBMITTED,
    approval_on,
    approve,
    approve_all,
    reopen,
    review_label,
    send_back,
)
from services.activities.entry import OLDEST_DAY, Entry, Receipt
from services.activities.history import Difference, HistoryLine, differences, history
from services.activities.reading import (
    PAGE,
    Mine,
    Record,
    just_saved,
    latest_like,
    mine,
    possible_duplicate,
    recent_types,
    record,
)
from services.activities.typed import Typed, read
from services.activities.waiting import Waiting, waiting, waiting_by_community
from services.activities.writing import correct, restore, reveal, submit, undo, void

__all__ = [
    "APPROVED",
    "OLDEST_DAY",
    "PAGE",
    "RETURNED",
    "SUBMITTED",
    "Difference",
    "Entry",
    "HistoryLine",
    "Mine",
    "Receipt",
    "Record",
    "Typed",
    "Waiting",
    "approval_on",
    "approve",
    "approve_all",
    "correct",
    "differences",
    "history",
    "just_saved",
    "latest_like",
    "mine",
    "possible_duplicate",
    "read",
    "recent_types",
    "record",
    "reopen",
    "restore",
    "reveal",
    "review_label",
    "send_back",
    "submit",
    "undo",
    "void",
    "waiting",
    "waiting_by_community",
]
