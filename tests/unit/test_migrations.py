"""The migrations make exactly what the models describe, whole or not at all."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect

from db import migrate as migrations
from db.engine import read_session, write_session
from db.migrate import migrate
from db.models import Base, Community, PopulationCount, Subdistrict
from db.reads.catalogue import population_of_year
from db.seed import load_reference_lists
from services.admin import population


def test_the_migrated_schema_is_that_of_the_models(empty_engine: Engine) -> None:
    migrate(empty_engine)
    with empty_engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        assert compare_metadata(context, Base.metadata) == []


def test_the_migrated_schema_checks_what_the_models_check(empty_engine: Engine) -> None:
    """Alembic does not compare check constraints, so their names and texts are compared here."""
    migrate(empty_engine)
    migrated = checks(empty_engine)
    Base.metadata.drop_all(empty_engine)
    Base.metadata.create_all(empty_engine)
    assert migrated == checks(empty_engine)
    assert len(migrated) >= 10


def test_migrating_again_changes_nothing(engine: Engine) -> None:
    def tables() -> list[str]:
        return sorted(inspect(engine).get_table_names())

    before = tables()
    migrate(engine)
    assert tables() == before == sorted([*Base.metadata.tables, "alembic_version"])


def test_figures_from_before_the_list_of_groups_are_shown_under_it(empty_engine: Engine) -> None:
    with empty_engine.execution_options(minyi_write=True).begin() as connection:
        command.upgrade(migrations._config(connection), "0007")
    with write_session(empty_engine) as session:
        session.add(Subdistrict(code="subdistrict", name="街道"))
        session.flush()
        session.add(
            Community(code="c01", subdistrict_code="subdistrict", name="甲社区", position=0)
        )
        session.flush()
        session.add(
            PopulationCount(community_code="c01", year=2026, population_group="pupils", count=9)
        )
    migrate(empty_engine)
    with write_session(empty_engine) as session:
        load_reference_lists(session)
    with read_session(empty_engine) as session:
        assert population.groups(session)["pupils"] == "中小学生"
        assert population_of_year(session, 2026) == {("c01", "pupils"): 9}


def test_a_migration_that_fails_leaves_no_half_schema(
    empty_engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "migrations"
    shutil.copytree(migrations._FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "9999_broken.py").write_text(
        "import sqlalchemy as sa\n"
        "from alembic import op\n"
        f"revision, down_revision = '9999', {newest()!r}\n"
        "def upgrade() -> None:\n"
        "    op.create_table('halfway', sa.Column('id', sa.Integer(), primary_key=True))\n"
        "    raise RuntimeError('the step fails here')\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(migrations, "_FOLDER", folder)
    with pytest.raises(RuntimeError, match="the step fails here"):
        migrate(empty_engine)
    assert inspect(empty_engine).get_table_names() == []


def checks(engine: Engine) -> set[tuple[str, str | None, str]]:
    """Table, name and text of every check constraint in the database."""
    inspector = inspect(engine)
    return {
        (table, constraint["name"], constraint["sqltext"])
        for table in inspector.get_table_names()
        for constraint in inspector.get_check_constraints(table)
    }


def newest() -> str:
    """The newest revision there is."""
    return str(ScriptDirectory(str(migrations._FOLDER)).get_current_head())
