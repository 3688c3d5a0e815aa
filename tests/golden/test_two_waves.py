"""A city's two waves in six districts, as files arrive, against arithmetic written only here."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from db.engine import Session
from db.seed import load_places
from services import surveys
from services.imports.sheet import read_sheet
from services.permissions import CurrentUser
from services.satisfaction import OVERALL, SUBDISTRICT, WEIGHTED, changes, scores
from services.settings import Thresholds
from tests.activity_cases import person
from tests.builders import add_wave
from tests.import_cases import proposed, take
from tests.workbooks import workbook

PEOPLE = {"东湖社区": 8200, "西城社区": 6100, "南苑社区": 12400, "北辰社区": 4300,
          "中兴社区": 9900, "新桥社区": 5200}  # fmt: skip
SHARES = (0.2, 0.17, 0.23, 0.14, 0.24, 0.02)  # of the interviews: 新桥社区 has few
QUESTIONS = {"1.您对居住环境满意吗？": "environment", "2.您对社会治安满意吗？": "safety",
             "3.您对本社区总体满意吗？": OVERALL}  # fmt: skip
HEAD = ("样本编号", "所在社区", "权重", "调查日期", "性别", "年龄", *QUESTIONS)
POINTS = {5: 100.0, 4: 80.0, 3: 60.0, 2: 30.0, 1: 0.0}
WORDS = {5: "非常满意", 4: "满意", 3: "基本满意", 2: "不太满意", 1: "不满意", 9: "不了解", 0: ""}
AGES = (0, 35, 60)
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def people(seed: int, count: int, first: date, shift: float) -> pd.DataFrame:
    """Answers that go together; 9 is 不了解 and 0 a blank. `shift` moves the environment."""
    random = np.random.default_rng(seed)
    place = np.repeat(range(6), random.multinomial(count, SHARES))
    felt = random.normal(size=count) - 0.9 * (place == 3)
    asked = {}
    for number, question in enumerate(QUESTIONS):
        z = 0.75 * felt + random.normal(0, 0.7, count) + (shift if number == 0 else 0.0)
        chosen = np.digitize(z, (-2, -1.3, -0.4, 0.8)) + 1
        other = random.random(count)
        asked[question] = np.select([other < 0.03, other < 0.1], [0, 9], chosen)
    return pd.DataFrame(
        {
            "place": place,
            "w": random.uniform(0.5, 2.2, count).round(3),
            "day": [first + timedelta(days=int(day)) for day in random.integers(0, 19, count)],
            "sex": np.where(random.random(count) < 0.42, "男", "女"),
            "age": np.clip(random.normal(50, 17, count), 18, 91).astype(int),
            **asked,
        }
    )


def as_text(own: pd.DataFrame) -> bytes:
    """The first wave: words, in GB18030, ages partly full-width."""
    lines = [",".join(HEAD)]
    for number, row in enumerate(own.itertuples(index=False)):
        age = str(row.age).translate(FULL_WIDTH) if number % 5 else str(row.age)
        cells = (f"A{number:04d}", [*PEOPLE][row.place], row.w, row.day, row.sex, age)
        lines.append(",".join(map(str, (*cells, *(WORDS[code] for code in row[5:])))))
    return "\r\n".join(lines).encode("gb18030")


def as_workbook(own: pd.DataFrame) -> bytes:
    """The second: codes in a workbook under a title, names partly without 社区."""
    rows: list[tuple] = [("二〇二三年秋季满意度调查",), HEAD]
    for number, row in enumerate(own.itertuples(index=False)):
        name = [*PEOPLE][row.place].removesuffix("社区" if number % 2 else "")
        codes = [code or None for code in map(int, row[5:])]
        rows.append((f"B{number:04d}", name, row.w, row.day, row.sex, int(row.age), *codes))
    return workbook(rows)


@pytest.fixture
def staff(session: Session) -> CurrentUser:
    load_places(
        session, "滨河街道", "", [
            {"code": f"d{place}", "name": name, "population": {2023: {
                "residents": n, "male": n // 2, "female": n - n // 2, "age_18_34": n // 4,
                "age_35_59": n // 2, "age_60_plus": n - n // 4 - n // 2}}}
            for place, (name, n) in enumerate(PEOPLE.items())
        ],
    )  # fmt: skip
    return person(session, "office_staff")


def weighted(own: pd.DataFrame) -> pd.DataFrame:
    """With the file's weights brought to who lives there, until nothing moves any more."""
    own = own.assign(age_group=np.digitize(own["age"], AGES[1:]), w=own["w"] / own["w"].sum())
    n = np.array([*PEOPLE.values()])
    parts = {
        "place": n / n.sum(),
        "sex": pd.Series({"男": (n // 2).sum(), "女": (n - n // 2).sum()}) / n.sum(),
        "age_group": np.array([(n // 4).sum(), (n // 2).sum(), (n - n // 4 - n // 2).sum()])
        / n.sum(),
    }
    for _round in range(50):
        for column, share in parts.items():
            own["w"] *= own[column].map(pd.Series(share) / own.groupby(column)["w"].sum())
    return own


def estimate(y: pd.Series, own: pd.DataFrame) -> tuple[float, float, float]:
    """Weighted mean, its error with the places as strata (Cochran 1977, 6.7), and its df."""
    valid = y.notna()
    total = own["w"][valid].sum()
    mean = (own["w"] * y)[valid].sum() / total
    z = (own["w"] * (y - mean)).fillna(0.0) / total
    groups = z.groupby(own["place"])
    squares = ((z - groups.transform("mean")) ** 2).groupby(own["place"]).sum()
    size = groups.size()
    return mean, float(np.sqrt((size / (size - 1) * squares).sum())), len(own) - len(size)


def test_both_files_say_what_plain_arithmetic_says(session: Session, staff: CurrentUser) -> None:
    spring, autumn = (
        people(seed, n, first, shift)
        for seed, n, first, shift in (
            (11, 600, date(2023, 3, 1), 0.0), (12, 640, date(2023, 9, 1), 0.5),
        )
    )  # fmt: skip
    expected = {}
    for code, own, data in (
        ("w1", spring, as_text(spring)), ("w2", autumn, as_workbook(autumn)),
    ):  # fmt: skip
        first = date(2023, 3 if code == "w1" else 9, 1)
        add_wave(session, code, first, first + timedelta(days=20), scale="five_grade")
        sheet = read_sheet(data)
        plan = proposed(session, sheet, code)
        assert plan.questions == QUESTIONS
        own = own[(own[[*QUESTIONS]] > 0).any(axis=1)]
        assert take(session, sheet, staff, plan, wave=code).accepted == len(own)
        own = weighted(own)
        for question, subject in QUESTIONS.items():
            y = own[question].map(POINTS)
            expected[code, SUBDISTRICT, subject] = (y.notna().sum(), *estimate(y, own))
            for place, mine in own.groupby("place"):
                figures = estimate(y[mine.index], mine)
                expected[code, f"d{place}", subject] = (y[mine.index].notna().sum(), *figures)
    waves = [surveys.wave_of(session, code) for code in ("w1", "w2")]
    frame = scores(session, waves, Thresholds(), basis=WEIGHTED)
    assert len(frame) == len(expected) == 2 * 7 * 3
    for row in frame.itertuples():
        if row.state != "hidden":
            n, mean, error, df = expected[row.wave, row.community, row.subject]
            assert (row.n, row.df) == (n, df)
            assert [row.score, row.score_se] == pytest.approx([mean, error], rel=1e-7)
            half = stats.t.ppf(0.975, df) * error
            assert row.low == pytest.approx(max(mean - half, 0.0), rel=1e-7)
            assert row.high == pytest.approx(min(mean + half, 100.0), rel=1e-7)
    compared(changes(frame, waves[1], waves[0]), expected)


def compared(found: pd.DataFrame, expected: dict) -> None:
    """Differences, margins and what is left of them after Benjamini-Hochberg."""
    tests = []
    for row in found.itertuples():
        (_n, now, error, df), (_m, before, other, other_df) = (
            expected[code, row.community, row.subject] for code in ("w2", "w1")
        )
        variance = error**2 + other**2
        freedom = variance**2 / (error**4 / df + other**4 / other_df)
        assert row.diff == pytest.approx(now - before, rel=1e-6)
        margin = stats.t.ppf(0.975, freedom) * np.sqrt(variance)
        assert row.margin == pytest.approx(margin, rel=1e-6)
        tests.append(2 * stats.t.sf(abs(now - before) / np.sqrt(variance), freedom))
    adjusted = stats.false_discovery_control(tests)
    assert found["real"].tolist() == (adjusted < 0.05).tolist()
    assert found["real"].any()
    assert not found["real"].all()
