"""Forms that lose nothing: a round that ends only on success, and refusals beside the field.

A round's token is both the prefix of the form's widget keys and the idempotency key of its write.
It lives in a hidden text field of the browser: after a lost connection or a server restart the
session starts empty, but the browser sends its fields again, so what was typed is still there and
a second save of the same round finds the first.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any, NoReturn
from uuid import uuid4

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.shared.refusals import say_refused
from pages.shared.text import plain
from services.errors import AppError
from services.i18n import _, language

# The fields of forms in which a person writes, in the order of a page.
_WRITTEN = (
    *("school", "meeting", "owner", "activity", "inspector", "rank", "place", "headcount"),
    *("participants", "measure", "text", "findings", "headline", "body", "notes", "note", "reason"),
    "answer",
)
# Those in which they choose, and what is in them, of the forms that are kept as drafts.
_CHOSEN = {
    **dict.fromkeys(("domain", "type", "host", "grid", "channel", "topic", "community"), str),
    **dict.fromkeys(("first_day", "last_day", "received_on", "day", "due_on", "made_on"), date),
    **{"verdict": str, "several": bool, "communities": list, "partners": list},
}
_TOKEN = len(uuid4().hex)
DRAFT = "draft"  # in the address: the token of the draft that this page goes on with
_NOTHING: Mapping[str, DeltaGenerator] = {}


def form_key(name: str) -> str:
    """The token of the form's present round, the same until `saved` ends the round."""
    return kept(_widget(name), st.session_state.setdefault(f"{_widget(name)}-fresh", uuid4().hex))


def arrives(name: str) -> bool:
    """Whether the browser has just opened the form. A browser that comes back after a lost
    connection has it open already, though the session may be new."""
    key, fresh = f"{_widget(name)}-visit", uuid4().hex
    return kept(key, standing(key, fresh)) == fresh


def saved(name: str, sentence: str, to_copy: str = "") -> NoReturn:
    """End the round: the next run draws an empty form, and `receipt` says the sentence once."""
    new_round(name)
    say(name, sentence, to_copy)


def new_round(name: str, token: str = "") -> None:
    """Let the next run draw the form empty, under a new token or the one given."""
    token = token or uuid4().hex
    begin_with(name, token)
    st.query_params.pop(DRAFT, None)
    replace(_widget(name), token)


def begin_with(name: str, token: str) -> None:
    """The token of a form that is not drawn yet; nothing is left of the round before."""
    st.session_state[f"{_widget(name)}-fresh"] = token
    st.session_state.pop(f"{_widget(name)}-next", None)
    for key in [key for key in st.session_state if str(key).startswith(f"{_widget(name)}-held-")]:
        del st.session_state[key]


def begun_with(name: str) -> str:
    """The token with which this session has drawn the form last; "" if it hasn't."""
    return st.session_state.get(f"{_widget(name)}-fresh", "")


def say(name: str, sentence: str, to_copy: str = "") -> NoReturn:
    """Draw the page anew with a sentence where `receipt` stands; the form stays as it is."""
    st.session_state[f"{_widget(name)}-receipt"] = sentence, to_copy
    st.rerun()


def receipt(name: str) -> None:
    """Say what the last save of this form came to, once, with what is to be copied from it."""
    sentence, to_copy = st.session_state.pop(f"{_widget(name)}-receipt", ("", ""))
    if sentence:
        st.success(plain(sentence), icon=":material/check_circle:")
    if to_copy:
        st.code(to_copy, language=None, wrap_lines=True)


@contextmanager
def refused(beside: Mapping[str, DeltaGenerator] = _NOTHING, *, led: bool = True) -> Iterator[None]:
    """Around a save: all that is refused is said beside its field (a place kept for it) or right
    here, and the person is led to the first field, unless nothing was pressed (not `led`).

    It must not end the run: widgets that are not drawn lose what was typed.
    """
    try:
        yield
    except AppError as error:
        say_refused(error, beside, led)


def kept(key: str, fresh: str) -> str:
    """A value that the browser keeps in a hidden field; `fresh` if it has none yet."""
    replacement = st.session_state.pop(f"{key}-next", None)
    if replacement is not None:
        st.session_state[key] = replacement
    with st.container(key=f"hidden-{key}"):
        st.html("<style>[class*='st-key-hidden-']{display:none}</style>")
        return st.text_input(
            key,
            value=fresh if replacement is None else "",
            key=key,
            autocomplete="off",
            on_change="ignore",
        )


def standing(key: str, fresh: str) -> str:
    """What a field holds that is drawn later in this run; `fresh` if it was never drawn."""
    return st.session_state.get(key, fresh)


def retold(key: str) -> str:
    """The key of a choice, about to be drawn. In another language than before it is told anew: the
    browser holds a choice by its label, shows that one on and sends what means nothing any more."""
    spoken = f"spoken-{key}"
    if key in st.session_state and st.session_state.get(spoken, language()) != language():
        st.session_state[key] = st.session_state[key]
    st.session_state[spoken] = language()
    return key


def replace(key: str, value: str) -> None:
    """Give a kept value another one, from the next run on."""
    st.session_state[f"{key}-next"] = value


def step_of(name: str, panel: str, legal: Collection[str], usual: str = "") -> tuple[str, str]:
    """The step whose form is drawn, and the token of its round: the step asked for by its button,
    else the usual one; "" for none.

    It is the same until the round ends. When somebody else takes a step meanwhile and it is no
    longer possible, the form stays: what was typed can be read, and saving says why it can't be.
    """
    asked = kept(panel, "")
    fresh = asked if asked in legal else usual
    token = form_key(name)
    key = f"{token}-step"
    step = kept(key, fresh)
    if not step and fresh:
        replace(key, fresh)
        step = fresh
    if step and step not in legal:
        st.warning(
            _("别人刚刚办理过，现在不能再进行这一步。您填写的内容还在下面，可以复制。"),
            icon=":material/sync_problem:",
        )
        st.button(_("放弃填写"), width="stretch", on_click=_give_up, args=(name, panel))
    return step, token


def _give_up(name: str, panel: str) -> None:
    replace(panel, "")
    new_round(name)


def fill(token: str, values: Mapping[str, object]) -> None:
    """Put values into the form's fields; only from a callback, before they are drawn."""
    for field, value in values.items():
        st.session_state[f"{token}-{field}"] = value


def held_in(token: str) -> dict[str, Any]:
    """What the fields of a form hold as far as the browser has told, as JSON has it."""
    found = {}
    for key, value in st.session_state.items():
        name = str(key).removeprefix(f"{token}-")
        if name != key and isinstance(value, _holds(name)):
            found[name] = value.isoformat() if isinstance(value, date) else value
    return found


def put_back(token: str, fields: Mapping[str, object]) -> None:
    """Fill a form with what was typed and chosen before; what no field can hold is left out.

    Whether a choice is still offered, its field finds out itself.
    """
    for name, value in fields.items():
        if _holds(name) is date and isinstance(value, str):
            value = _day(value)
        if isinstance(value, _holds(name)):
            fill(token, {name: value})


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _holds(name: str) -> Any:
    """Of what kind are the values of a field; () for a field that is none of these."""
    return _CHOSEN.get(_kind(name), str if _kind(name) in _WRITTEN else ())


def _kind(name: str) -> str:
    return name.partition("-")[0]


def typed_texts() -> Mapping[str, tuple[str, ...]]:
    """What the browser sent of the forms' text fields, before they are drawn: token → texts."""
    found: dict[str, dict[tuple[int, str], str]] = {}
    for key, value in st.session_state.items():
        token, _dash, name = str(key).partition("-")
        kind = _kind(name)
        if len(token) == _TOKEN and kind in _WRITTEN and isinstance(value, str) and value.strip():
            found.setdefault(token, {})[_WRITTEN.index(kind), name] = value.strip()
    return {token: tuple(own[place] for place in sorted(own)) for token, own in found.items()}


def remember(name: str, part: str, value: Any) -> None:
    """A fact about the form's present round; `recall` gives it until the round ends."""
    st.session_state[f"{_widget(name)}-held-{part}"] = value


def recall(name: str, part: str) -> Any:
    return st.session_state.get(f"{_widget(name)}-held-{part}")


def held(name: str, part: str, mark: str, make: Callable[[], Any]) -> Any:
    """A part of the form that takes long to make: made once for a mark, until the round ends.

    For what is made of a person's upload: unlike an answer of `fetch`, nobody else gets it.
    """
    key = f"{_widget(name)}-held-{part}"
    if st.session_state.get(key, ("", None))[0] != mark:
        st.session_state[key] = mark, make()
    return st.session_state[key][1]


def _widget(name: str) -> str:
    return f"form-{name}"
