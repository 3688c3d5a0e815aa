"""What a person has chosen to look at; hashable, and the key under which answers are kept."""

from __future__ import annotations

from dataclasses import dataclass, replace

from services.periods import Period


@dataclass(frozen=True)
class Filters:
    """Empty communities means all of them, no domain means all six.

    approved_only: activities that wait to be approved are left out.
    """

    period: Period
    communities: tuple[str, ...] = ()
    domain: str | None = None
    approved_only: bool = False

    def only(self, *communities: str) -> Filters:
        return replace(self, communities=communities)

    def within(self, domain: str | None) -> Filters:
        return replace(self, domain=domain)

    def during(self, period: Period) -> Filters:
        return replace(self, period=period)
