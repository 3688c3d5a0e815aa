"""Many rows at once, by the fastest road of each database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from psycopg import sql
from sqlalchemy import insert
from sqlalchemy.orm import Session

from db.models import Base

_AT_ONCE = 20_000


def insert_rows(
    session: Session, table: type[Base], columns: Sequence[str], rows: Iterable[tuple[Any, ...]]
) -> None:
    """Insert rows in the caller's transaction: all columns, in the order of the table.

    Values must be such as the database stores: no column type of ours converts them.
    """
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        copy = sql.SQL("COPY {} ({}) FROM STDIN").format(
            sql.Identifier(table.__tablename__), sql.SQL(", ").join(map(sql.Identifier, columns))
        )
        driver = connection.connection.driver_connection
        with driver.cursor() as cursor, cursor.copy(copy) as stream:  # type: ignore[union-attr]
            for row in rows:
                stream.write_row(row)
        return
    statement = str(insert(table).compile(connection, column_keys=columns))
    rows = iter(rows)
    while some := list(islice(rows, _AT_ONCE)):
        connection.exec_driver_sql(statement, some)
