"""What a meeting looks at, read once for all of its slides."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from db.engine import Session
from services.boards.survey_parts import Survey, survey
from services.catalogue import Catalogue, catalogue
from services.permissions import CurrentUser
from services.settings import FeedbackRules
from services.targets import Targets, targets_of
from services.views import View


@dataclass(frozen=True)
class Scope:
    """`view` holds the meeting's period, communities and day; `user` is who prepares it."""

    session: Session
    view: View
    user: CurrentUser
    rules: FeedbackRules
    title: str

    @cached_property
    def lists(self) -> Catalogue:
        return catalogue(self.session)

    @cached_property
    def survey(self) -> Survey:
        return survey(self.session, self.view, all_waves=True)

    @cached_property
    def targets(self) -> Targets:
        latest = self.survey.latest
        return targets_of(self.session, (latest.last_day if latest else self.view.today).year)
