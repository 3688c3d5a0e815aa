"""The methods in the order in which a reader meets them."""

from __future__ import annotations

from db.engine import Session
from services.boards.survey_parts import survey
from services.catalogue import catalogue
from services.methods import checks, comparing, measuring, work
from services.methods.method import Material, Method
from services.views import View

_ORDER = (
    measuring.score,
    measuring.share,
    measuring.interval,
    comparing.change,
    comparing.many,
    comparing.detectable,
    comparing.groups,
    comparing.reference,
    measuring.weights,
    measuring.small_samples,
    checks.odd_figures,
    work.comparison,
    work.control,
    work.effects,
    comparing.drivers,
)


def methods(session: Session, view: View) -> tuple[Method, ...]:
    """Every method, its example worked out on the latest wave by the view's last day."""
    material = Material(session, view, catalogue(session), survey(session, view))
    return tuple(explain(material) for explain in _ORDER)
