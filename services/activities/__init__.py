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
from services.activities.checking import Background, findings, findings_of
from services.activities.entry import OLDEST_DAY, Entry, Receipt
from services.activities.finding import Answer, Finding, covers, mark_of
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
from services.activities.remarks import (
    Question,
    Remark,
    asked,
    close,
    figures_of,
    flag,
    follow_ups,
    questions,
    remarks_of,
)
from services.activities.rules import field_label
from services.activities.typed import Typed, read
from services.activities.waiting import Waiting, waiting, waiting_by_community
from services.activities.writing import correct, restore, reveal, submit, undo, void

__all__ = [
    "APPROVED",
    "OLDEST_DAY",
    "PAGE",
    "RETURNED",
    "SUBMITTED",
    "Answer",
    "Background",
    "Difference",
    "Entry",
    "Finding",
    "HistoryLine",
    "Mine",
    "Question",
    "Receipt",
    "Record",
    "Remark",
    "Typed",
    "Waiting",
    "approval_on",
    "approve",
    "approve_all",
    "asked",
    "close",
    "correct",
    "covers",
    "differences",
    "field_label",
    "figures_of",
    "findings",
    "findings_of",
    "flag",
    "follow_ups",
    "history",
    "just_saved",
    "latest_like",
    "mark_of",
    "mine",
    "possible_duplicate",
    "questions",
    "read",
    "recent_types",
    "record",
    "remarks_of",
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
