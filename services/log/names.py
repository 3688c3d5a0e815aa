"""What a thing of the change log is called, where its key is a code nobody knows by heart."""

from __future__ import annotations

from collections.abc import Mapping

from services.i18n import _

Vocabulary = Mapping[str, Mapping[str, str]]
# Kind of thing → the field of the vocabulary that names its codes.
_NAMED_BY = {
    "community": "community",
    "grid": "grid",
    "activity_type": "type_code",
    "measure": "measures",
    "partner_kind": "partners",
    "feedback_topic": "topic_code",
    "feedback_channel": "channel_code",
    "population_group": "population_group",
    "user": "person",
    "session": "person",
}


def name_of(entity: str, key: str, known: Vocabulary) -> str:
    """The name, "" for things whose number is their name (A000123)."""
    if entity in _NAMED_BY:
        return known[_NAMED_BY[entity]].get(key, "")
    if entity == "activity_round":
        return known["type_code"].get(key.split("/")[0], "")
    if entity == "population" and "/" in key:
        place, year = key.split("/", 1)
        return _joined(known["community"].get(place, place), year)
    if entity == "target" and key.count("/") == 2:
        indicator, place, year = key.split("/")
        where = known["community"].get(place, place) if place else _("全街道")
        return _joined(known["indicator"].get(indicator, indicator), where, year)
    return ""


def _joined(*parts: str) -> str:
    return " · ".join(filter(None, parts))
