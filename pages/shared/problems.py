"""What a person sees when something went wrong: a sentence, never a traceback."""

from __future__ import annotations

import logging
import secrets

import streamlit as st
from streamlit.errors import FragmentHandledException

from pages.shared.text import plain
from services.errors import AppError
from services.i18n import _

_log = logging.getLogger("minyi")


def show_problem(error: Exception) -> bool:
    """Show the sentence of an AppError; log anything else under a number and show only that.

    True, so that Streamlit adds nothing of its own.
    """
    if isinstance(error, AppError):
        st.error(plain(error.sentence))
    elif not isinstance(error, FragmentHandledException):  # that one was shown already
        number = secrets.token_hex(3).upper()
        _log.error("Incident %s", number, exc_info=error)
        st.error(
            _("系统出现意外问题，请稍后再试。如仍不行，请把编号 {number} 告诉管理员。").format(
                number=number
            )
        )
    return True
