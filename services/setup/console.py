"""Speak with the person at the terminal; only the standard library."""

from __future__ import annotations

import getpass
import secrets
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


def wants_demonstration() -> bool:
    """Ask what the new office is to be; where nobody can answer, it is a real one."""
    if not sys.stdin.isatty():
        return False
    say("第一次启动，请选择：", "First start:")
    say("  1  空白环境，录入本街道的数据", "an empty office for your own data")
    say("  2  演示环境，带一年的演示数据", "the demonstration office")
    answer = ""
    while answer not in ("1", "2"):
        answer = ask("请输入 1 或 2", "1 or 2")
    return answer == "2"


def new_password(username: str, fault: Callable[[str], str]) -> str:
    """A password typed twice, or made and shown this once; `fault` says what is wrong with one."""
    while sys.stdin.isatty():
        typed = getpass.getpass("新密码（直接回车则自动生成）  New password (Enter: make one): ")
        if not typed:
            break
        sentence = fault(typed)
        if sentence:
            print(sentence)
        elif typed == getpass.getpass("再输入一次  Once more: "):
            return typed
        else:
            say("两次输入不一致，请重新输入。", "They differ.")
    made = secrets.token_urlsafe(12)
    say(f"用户名 {username}  密码 {made}", "user name and password, shown this once")
    return made
