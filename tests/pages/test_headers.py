"""The security headers: on every answer, and in step with the installed Streamlit."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import pytest
import streamlit

from pages.shared.web.headers import INDEX_SCRIPT, content_policy
from tests.pages.web import HTML, browser


@pytest.mark.usefixtures("door")
@pytest.mark.parametrize(
    "path", ["/", "/account/login", "/account/nothing", "/assets/fonts.css", "/healthz"]
)
@pytest.mark.parametrize("accept", [HTML, {}])
def test_every_answer_carries_the_headers(path: str, accept: dict[str, str]) -> None:
    headers = browser().get(path, headers=accept).headers
    assert headers["x-frame-options"] == "DENY"
    assert headers.get_list("x-content-type-options") == ["nosniff"]
    assert headers["referrer-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]


def directives(host: str) -> dict[str, list[str]]:
    parts = (part.split() for part in content_policy(host).split("; "))
    return {name: sources for name, *sources in parts}


def test_the_policy_names_no_other_host_and_allows_no_inline_script_and_no_eval() -> None:
    policy = directives("office.test:8501")
    sources = {source for some in policy.values() for source in some}
    hosts = {source for source in sources if "://" in source or "*" in source}
    assert hosts == {"ws://office.test:8501", "wss://office.test:8501"}
    assert "http:" not in sources
    assert "https:" not in sources
    assert not {"'unsafe-inline'", "'unsafe-eval'", "data:"} & set(policy["script-src"])
    assert policy["default-src"] == ["'self'"]


@pytest.mark.parametrize("host", ["", "a b", "x; script-src *", "evil.test'", "a\r\nb", "*"])
def test_a_strange_host_header_adds_nothing_to_the_policy(host: str) -> None:
    assert directives(host)["connect-src"] == ["'self'"]
    assert directives(host)["script-src"] == directives("office.test")["script-src"]


def test_the_one_inline_script_allowed_is_that_of_the_installed_streamlit() -> None:
    index = Path(streamlit.__file__).with_name("static") / "index.html"
    scripts = re.findall(r"<script>(.*?)</script>", index.read_text(encoding="utf-8"), re.DOTALL)
    digests = [
        base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in scripts
    ]
    assert [f"'sha256-{digest}'" for digest in digests] == [INDEX_SCRIPT]
