"""The errors a person can cause and mend. Each carries one sentence for that person.

AppError
├── InvalidEntry     what was typed cannot be so; `field` names the place, `every` all such places
├── NotPermitted     the role may not do this
├── NotFound         it is not there (any more)
├── Conflict         somebody else changed it meanwhile
└── SignInFailed     wrong name or password, or too many tries
"""

from __future__ import annotations

from collections.abc import Sequence


class AppError(Exception):
    """A sentence for the person, already in their language."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class InvalidEntry(AppError):
    """`others`: what else in the same form cannot be so, in its order."""

    def __init__(self, sentence: str, field: str = "", others: Sequence[InvalidEntry] = ()) -> None:
        super().__init__(sentence)
        self.field = field
        self.every = (self, *others)


class NotPermitted(AppError):
    pass


class NotFound(AppError):
    pass


class Conflict(AppError):
    pass


class SignInFailed(AppError):
    pass
