"""Starts the server when it is loaded, and draws the page a person asked for when it is run."""

from __future__ import annotations

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages.shared.access import current_user
from pages.shared.frame import banner, page_settings, sidebar_foot
from pages.shared.navigation import menu
from pages.shared.phrases import translate_phrases
from pages.shared.problems import show_problem
from pages.shared.style import apply_style
from pages.shared.web import middleware, routes
from services.i18n import use_language


def draw() -> None:
    user = current_user()
    use_language(user.language)
    page = st.navigation(menu(user), expanded=True)
    page_settings(page.title)
    apply_style()
    translate_phrases(user.language)
    banner()
    sidebar_foot(user)
    page.run()


if get_script_run_ctx(suppress_warning=True) is None:
    # Else the first run takes pages/ for Streamlit's older kind of pages, and finds none of ours.
    PagesManager.uses_pages_directory = False
    app = st.App(__file__, routes=routes(), middleware=middleware(), on_script_error=show_problem)
else:
    try:
        draw()
    except Exception as error:
        show_problem(error)
