"""What the columns and words of a file mean; kept, and offered again when the columns match."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from db.writes import respondents as writes
from services.i18n import _
from services.imports.sheet import Sheet
from services.imports.values import answer_key

RESPONDENTS, COUNTS, PUBLISHED = "respondents", "counts", "published"
KINDS = (RESPONDENTS, COUNTS, PUBLISHED)

# What a column can be. A question's role is QUESTION + its subject, a count's OPTION + its option.
COMMUNITY, NUMBER, WEIGHT, DAY, OUTCOME = "community", "number", "weight", "day", "outcome"
SEX, AGE, INTERVIEWER = "sex", "age", "interviewer"
SUBJECT, SCORE, ANSWERS = "subject", "score", "n"
QUESTION, OPTION = "question:", "option:"

BLANK = ""  # an answer that means that nobody answered
WHOLE = "*"  # the place of a published score of the whole subdistrict
UNPLACED = writes.UNPLACED  # the place of people who did not say theirs


@dataclass(frozen=True)
class Plan:
    """Keys of `answers`, `places` and `subjects` are texts in the form of `answer_key`.

    roles: column → role. answers: question column → text → option, or BLANK. places: text →
    community. subjects: text → subject. only: a column and the text that rows must have there.
    A text that is in none of them refuses its row.
    """

    roles: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)
    subjects: Mapping[str, str] = field(default_factory=dict)
    only: tuple[str, str] | None = None

    def column(self, role: str) -> str | None:
        """The column of a role, if there is one."""
        return next((column for column, own in self.roles.items() if own == role), None)

    @property
    def questions(self) -> dict[str, str]:
        """Question column → subject."""
        return self._with(QUESTION)

    @property
    def options(self) -> dict[str, str]:
        """Column of counts → option."""
        return self._with(OPTION)

    def _with(self, prefix: str) -> dict[str, str]:
        return {
            column: role.removeprefix(prefix)
            for column, role in self.roles.items()
            if role.startswith(prefix)
        }

    def stored(self) -> dict[str, Any]:
        """As JSON keeps it."""
        return {
            "roles": dict(self.roles),
            "answers": {column: dict(words) for column, words in self.answers.items()},
            "places": dict(self.places),
            "subjects": dict(self.subjects),
            "only": list(self.only) if self.only else None,
        }


def plan_of(stored: Mapping[str, Any]) -> Plan:
    """The plan that was stored."""
    only = stored.get("only")
    return Plan(
        stored["roles"],
        stored["answers"],
        stored["places"],
        stored["subjects"],
        (only[0], only[1]) if only else None,
    )


def asked_for(sheet: Sheet, only: tuple[str, str] | None) -> Sheet:
    """The rows of the sheet that have the text which the plan asks for."""
    if only is None:
        return sheet
    return sheet.where(only[0], lambda value: answer_key(value) == only[1])


def kind_label(kind: str) -> str:
    return {
        RESPONDENTS: _("逐份答卷（一行一人）"),
        COUNTS: _("各选项份数（一行一个社区的一个领域）"),
        PUBLISHED: _("公布的得分（一行一个得分）"),
    }[kind]


def roles_of(kind: str, subjects: Mapping[str, str], options: Mapping[str, str]) -> dict[str, str]:
    """Role → its label, for a kind of file; subjects and options are code → label."""
    none = {"": _("不导入")}
    place = {COMMUNITY: _("社区")}
    if kind == COUNTS:
        counts = {
            f"{OPTION}{code}": _("份数：{name}").format(name=name) for code, name in options.items()
        }
        return none | place | {SUBJECT: _("服务领域")} | counts
    if kind == PUBLISHED:
        figures = {SCORE: _("得分"), ANSWERS: _("有效答卷（份）")}
        return none | place | {SUBJECT: _("服务领域")} | figures
    asked = {
        f"{QUESTION}{code}": _("问题：{name}").format(name=name) for code, name in subjects.items()
    }
    facts = {
        NUMBER: _("答卷编号"),
        WEIGHT: _("权重"),
        DAY: _("日期"),
        OUTCOME: _("访问结果"),
        SEX: _("性别"),
        AGE: _("年龄"),
        INTERVIEWER: _("访问员"),
    }
    return none | place | asked | {QUESTION: _("其他问题（只保存，不计分）")} | facts
