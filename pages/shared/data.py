"""The one door between pages and the rest: `fetch` asks a service, `submit` has it write."""

from __future__ import annotations

import gc
from collections.abc import Callable
from typing import Any

import streamlit as st

from db.engine import make_engine, read_session, write_session
from db.reads.office import data_version
from services.i18n import language
from services.settings import Settings, load_settings

Service = Callable[..., Any]


@st.cache_resource(show_spinner=False)
def _office() -> tuple[Settings, Any]:
    """The settings and the one engine of this process."""
    settings = load_settings()
    engine = make_engine(settings.database_url)
    gc.freeze()
    return settings, engine


@st.cache_resource(show_spinner=False, max_entries=5000)
def _answer(_service: Service, _args: tuple[Any, ...], key: str) -> Any:
    """An answer, kept under what was asked, the language and the data version.

    It is shared by everyone who asks the same: services return values that nobody changes.
    """
    with read_session(_office()[1]) as session:
        return _service(session, *_args)


def settings() -> Settings:
    return _office()[0]


def fetch(service: Service, *args: Any) -> Any:
    """The service's answer for these arguments, from memory if nothing was written since."""
    version = ask(data_version)
    return _answer(
        service, args, f"{service.__module__}.{service.__qualname__}{args!r}{language()}{version}"
    )


def ask(service: Service, *args: Any) -> Any:
    """The service's answer as of now, never from memory: sign-in, sessions, one's own drafts."""
    with read_session(_office()[1]) as session:
        return service(session, *args)


def submit(service: Service, *args: Any) -> Any:
    """Let the service write, in one transaction: all of it or nothing."""
    with write_session(_office()[1]) as session:
        return service(session, *args)
