"""Speak with the person at the terminal; only the standard library."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Callable


class Refusal(Exception):
    """What is missing or wrong, in one line."""

    def __init__(self, chinese: str, english: str = "") -> None:
        super().__init__(f"{chinese}  {english}".rstrip())


def say(chinese: str, english: str) -> None:
    """One line in both languages: a console that cannot show the one shows the other."""
    print(f"{chinese}  {english}", flush=True)


def ask(chinese: str, english: str) -> str:
    """What the person types; "" where there is no terminal."""
    return input(f"{chinese}  {english}: ").strip() if sys.stdin.isatty() else ""


def wanted_kind() -> str:
    """Ask what a new office is to be, "demo" or "empty"; where nobody can answer, a real one."""
    if not sys.stdin.isatty():
        return "empty"
    say("第一次启动，请选择：", "First start:")
    say("  1  空白环境，录入本街道的数据", "an empty office for your own data")
    say("  2  演示环境，带一年的演示数据", "the demonstration office")
    answer = ""
    while answer not in ("1", "2"):
        answer = ask("请输入 1 或 2", "1 or 2")
    return "empty" if answer == "1" else "demo"


def typed_password(fault: Callable[[str], str]) -> str:
    """A password typed twice, "" if none is wanted or there is no terminal.

    `fault` says in a sentence why a password cannot be, "" if it can.
    """
    while sys.stdin.isatty():
        typed = getpass.getpass("新密码（直接回车则自动生成）  New password (Enter: make one): ")
        sentence = fault(typed) if typed else ""
        if sentence:
            print(sentence)
        elif not typed or typed == getpass.getpass("再输入一次  Once more: "):
            return typed
        else:
            say("两次输入不一致，请重新输入。", "They differ.")
    return ""
