#!/usr/bin/env python3
"""The launcher: run, test, users, backup, … Only the standard library until it has made .venv."""

from __future__ import annotations

import argparse
import errno
import http.client
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timezone
from functools import partial
from pathlib import Path
from typing import Any

from services.setup import environment
from services.setup.console import Refusal, ask, say, typed_password, wanted_kind

START_SECONDS = 90
LOCK = ("requirements.txt",)
LOCKS = ("requirements.txt", "requirements-dev.txt")


def main(arguments: list[str]) -> int:
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # a console without Chinese shows the English
    options, more = parser().parse_known_args(arguments)
    if options.verb is None:
        parser().print_help()
        return 0
    try:
        if more and options.verb not in (test, bench):
            raise Refusal(f"不认识的参数：{' '.join(more)}", "Unknown.")
        environment.prepare(options.locks)
        if not environment.INSIDE:
            return environment.go_on_inside(arguments)
        os.chdir(environment.ROOT)
        return options.verb(options, more)
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except (KeyboardInterrupt, EOFError):
        return 130


def parser() -> argparse.ArgumentParser:
    whole = argparse.ArgumentParser(prog="python3 manage.py", description="民意 Minyi")
    whole.set_defaults(verb=None, locks=LOCK)
    verbs = whole.add_subparsers(title="verbs", metavar="")
    add_run(verbs.add_parser("run", help="启动  start the app"))
    tests = verbs.add_parser("test", help="测试  all tests; more arguments go to pytest")
    tests.set_defaults(verb=test, locks=LOCKS)
    figures = verbs.add_parser("bench", help="测速  speed at the size of a big office")
    figures.set_defaults(verb=bench, locks=LOCKS)
    add_users(verbs.add_parser("users", help="用户  list, add, password"))
    copy = verbs.add_parser("backup", help="备份  a checked copy, also while the app runs")
    copy.set_defaults(verb=backup)
    back = verbs.add_parser("restore", help="恢复  a backup into a new file")
    back.set_defaults(verb=restore)
    back.add_argument("file")
    return whole


def add_run(verb: argparse.ArgumentParser) -> None:
    verb.set_defaults(verb=run)
    kind = verb.add_mutually_exclusive_group()
    for name, text in (
        ("demo", "演示环境  the demonstration office"),
        ("empty", "空白环境  an empty office"),
    ):
        kind.add_argument(f"--{name}", dest="kind", action="store_const", const=name, help=text)
    verb.add_argument("--admin", metavar="NAME", help="首个管理员  the first administrator")
    verb.add_argument("--host", default="127.0.0.1", help="监听地址  address (127.0.0.1)")
    verb.add_argument("--port", type=int, default=8501, help="端口  port (8501)")


def add_users(verb: argparse.ArgumentParser) -> None:
    verb.set_defaults(verb=users)
    what = verb.add_subparsers(dest="what", metavar="list | add | password")
    what.add_parser("list", help="列出用户  everybody")
    add = what.add_parser("add", help="添加用户  a new person")
    add.add_argument("username")
    add.add_argument("--name", help="姓名  (the username)")
    roles = "official, community_staff, office_staff, administrator"
    add.add_argument("--role", required=True, metavar="ROLE", help=roles)
    add.add_argument("--community", metavar="CODE", help="所属社区  of community staff")
    what.add_parser("password", help="重置密码  a new password").add_argument("username")


def run(options: argparse.Namespace, _more: list[str]) -> int:
    """Open the office, start the app, say where it is, and wait for its end."""
    check_port(options.host, options.port)
    with database() as (engine, settings):
        open_office(engine, settings, options)
    app = subprocess.Popen(
        [
            *(sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless", "true"),
            *("--server.address", options.host, "--server.port", str(options.port)),
            *("--logger.hideWelcomeMessage", "true"),
        ],
        start_new_session=True,  # Ctrl+C is for the launcher, which ends the app in good order
    )
    for name in ("SIGTERM", "SIGHUP"):  # so a service manager or a closed terminal ends its work
        number = getattr(signal, name, None)
        if number and signal.getsignal(number) != signal.SIG_IGN:  # nohup asks to be left alone
            signal.signal(number, signal.default_int_handler)
    at = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(options.host, options.host)
    try:
        if answers(app, at, options.port):
            name = f"[{at}]" if ":" in at else at
            say(f"已启动：http://{name}:{options.port}", "Running; Ctrl+C ends it.")
        return app.wait()
    except KeyboardInterrupt:
        app.terminate()
        app.wait()
        say("已停止。", "Stopped.")
        return 0


def check_port(host: str, port: int) -> None:
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        socket.create_server((host, port), family=family).close()
    except (OSError, OverflowError) as error:
        if getattr(error, "errno", None) == errno.EADDRINUSE:
            raise Refusal(
                f"端口 {port} 已被占用，请用 --port 另选端口。", "The port is taken."
            ) from None
        raise Refusal(f"无法监听 {host}:{port}：{error}", "No such address here.") from None


def answers(app: subprocess.Popen[bytes], host: str, port: int) -> bool:
    """Wait until the app says that it is well; False if it ended instead."""
    give_up = time.monotonic() + START_SECONDS
    while app.poll() is None:
        try:
            question = http.client.HTTPConnection(host, port, timeout=5)
            question.request("GET", "/healthz")
            if question.getresponse().status == 200:
                return True
        except (OSError, http.client.HTTPException):
            pass  # not listening yet
        if time.monotonic() > give_up:
            app.kill()
            raise Refusal(f"{START_SECONDS} 秒内没有启动成功。", "The app did not become ready.")
        time.sleep(0.1)
    return False


@contextmanager
def database(upgrade: bool = True) -> Iterator[tuple[Any, Any]]:
    """An engine on the newest schema, and the settings; whatever is wrong ends in one line."""
    from db.engine import make_engine
    from db.migrate import migrate
    from services.errors import AppError
    from services.settings import load_settings

    try:
        settings = load_settings()
        engine = make_engine(settings.database_url)
    except Exception as error:
        raise Refusal(f"config.toml 有误：{error!r}", "It is wrong.") from None
    try:
        if upgrade:
            migrate(engine)
    except Exception as error:
        reason = str(error).splitlines()[0]
        raise Refusal(f"数据库无法使用：{reason}", "The database cannot be used.") from None
    try:
        yield engine, settings
    except AppError as error:
        raise Refusal(error.sentence) from None
    finally:
        engine.dispose()


def open_office(engine: Any, settings: Any, options: argparse.Namespace) -> None:
    """First start: begin the office, as a demonstration or empty. Later: take over config.toml."""
    from db.engine import read_session, write_session
    from services.setup import first_start

    with read_session(engine) as session:
        kind = first_start.kind_of_office(session)
    wanted = options.kind or kind or wanted_kind()
    if kind and wanted != kind:
        raise Refusal(
            f"数据库里已经是{'演示' if kind == 'demo' else '正式'}环境，请去掉 --{wanted}，"
            "或用 MINYI_DATABASE_URL 指定另一个数据库。",
            "It holds the other kind of office.",
        )
    if kind is None and wanted == first_start.EMPTY:
        name = options.admin or ask("管理员用户名（默认 admin）", "Administrator") or "admin"
        begin = partial(first_start.begin_office, settings=settings, username=name, now=now())
        write_with_password(engine, name, begin)
        return
    if kind is None:
        say("正在载入演示数据……", "Loading the demonstration office")
    with write_session(engine) as session:
        if kind is None:
            first_start.begin_demonstration(session)
        else:
            first_start.take_over_settings(session, settings)


def write_with_password(engine: Any, username: str, work: Callable[..., Any]) -> None:
    """Let the work write with a password typed twice, or with one made and then shown this once."""
    from db.engine import write_session
    from services.setup.first_start import fault_of_password

    typed = typed_password(partial(fault_of_password, username=username))
    password = typed or secrets.token_urlsafe(12)
    with write_session(engine) as session:
        work(session, password=password)
    if not typed:
        say(f"用户名 {username}  密码 {password}", "user name and password, shown this once")


def now() -> datetime:
    return datetime.now(timezone.utc)  # noqa: UP017  (older Pythons must get as far as the message)


def test(_options: argparse.Namespace, more: list[str]) -> int:
    return subprocess.call([sys.executable, "-m", "pytest", *more])


def bench(_options: argparse.Namespace, more: list[str]) -> int:
    return subprocess.call([sys.executable, "-m", "tests.bench", *more])


def users(options: argparse.Namespace, _more: list[str]) -> int:
    """List the people who can sign in, add one, or give one a new password."""
    from db.engine import read_session
    from services import accounts
    from services.setup import first_start

    with database() as (engine, _settings):
        with read_session(engine) as session:
            if first_start.kind_of_office(session) is None:
                raise Refusal("请先运行 python3 manage.py run。", "There is no office yet.")
            people = first_start.people(session)
        if options.what in (None, "list"):
            for person in people:
                print(*person, sep="\t")
            return 0
        if options.what == "password":
            work = partial(first_start.reset_password, username=options.username, now=now())
        else:
            work = partial(
                accounts.create_user,
                user=first_start.CONSOLE,
                now=now(),
                username=options.username,
                name=options.name or options.username,
                role=options.role,
                community=options.community,
            )
        write_with_password(engine, options.username, work)
    say("已保存。", "Saved.")
    return 0


def backup(_options: argparse.Namespace, _more: list[str]) -> int:
    from services.setup.copies import back_up

    with database(upgrade=False) as (engine, settings):
        back_up(engine, settings, now())
    return 0


def restore(options: argparse.Namespace, _more: list[str]) -> int:
    from services.setup.copies import put_back

    with database(upgrade=False) as (_engine, settings):
        put_back(settings, Path(options.file).resolve(), now())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
