"""What can be wrong with an uploaded file, by name, and with its cells."""

from __future__ import annotations

# What stands in a cell that has no value one could trust.
ERROR_CELL, EMPTY_FORMULA, MERGED_CELL = "#ERROR!", "#FORMULA!", "#MERGED!"

Row = tuple[int, list[str]]  # line, cells


class Fault(Exception):
    """What is wrong with the file, by name, and where."""

    def __init__(self, name: str, line: int = 0) -> None:
        super().__init__(name)
        self.answer = {"fault": name, "line": line}
