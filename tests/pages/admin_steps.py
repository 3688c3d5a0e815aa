"""What the tests of the administrator's pages share: fill in a form of a name, press, look."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from tests.pages.entry_steps import press, token

__all__ = ["fill", "key", "press", "save", "shown_rows"]


def key(at: AppTest, form: str, field: str) -> str:
    return f"{token(at, form)}-{field}"


def fill(at: AppTest, form: str, **values: object) -> AppTest:
    """Put values into a form's fields; the form is sent by `press`."""
    for field, value in values.items():
        widget_key = key(at, form, field)
        found = [
            one
            for kind in (at.text_input, at.text_area, at.selectbox, at.number_input, at.multiselect,
                         at.checkbox)
            for one in kind
            if one.key == widget_key
        ]  # fmt: skip
        found[0].set_value(value)
    return at


def save(at: AppTest, form: str) -> AppTest:
    """Send this one of the forms on the page."""
    sent = key(at, form, "form")
    next(button for button in at.button if button.form_id == sent).click()
    at.run()
    assert not at.exception
    return at


def shown_rows(at: AppTest, table: int = 0) -> list[list[object]]:
    return at.dataframe[table].value.to_numpy().tolist()
