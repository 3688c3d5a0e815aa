"""The app's own static files: types, caching, compression, and nothing outside the folder."""

from __future__ import annotations

import gzip
import re

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from pages.shared.assets import STATIC, asset_routes, asset_url, assets


@pytest.fixture(scope="module")
def browser() -> TestClient:
    return TestClient(Starlette(routes=asset_routes()))


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("host.js", "text/javascript; charset=utf-8"),
        ("page.css", "text/css; charset=utf-8"),
        ("fonts/noto-sans-sc-119-wght-normal.woff2", "font/woff2"),
        ("fonts/OFL.txt", "text/plain; charset=utf-8"),
    ],
)
def test_a_file_is_served_with_its_type(browser: TestClient, name: str, media_type: str) -> None:
    answer = browser.get(asset_url(name))
    assert answer.status_code == 200
    assert answer.headers["content-type"] == media_type
    assert answer.content == (STATIC / name).read_bytes()


def test_a_file_named_by_its_hash_is_kept_for_a_year(browser: TestClient) -> None:
    answer = browser.get(asset_url("host.js"))
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("url", ["/assets/host.js", "/assets/host.js?v=000000000000"])
def test_a_file_asked_for_without_its_hash_is_not_kept(browser: TestClient, url: str) -> None:
    assert browser.get(url).headers["cache-control"] == "no-cache"


def test_a_file_the_browser_still_has_is_not_sent_again(browser: TestClient) -> None:
    tag = browser.get("/assets/dom.js").headers["etag"]
    again = browser.get("/assets/dom.js", headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")


def test_text_travels_compressed_to_those_who_understand_it(browser: TestClient) -> None:
    url = asset_url("plotly-cartesian.min.js")
    packed = browser.get(url, headers={"Accept-Encoding": "gzip"})
    plain = browser.get(url, headers={"Accept-Encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.content == plain.content
    assert int(packed.headers["content-length"]) < len(plain.content) / 2
    assert packed.headers["vary"] == plain.headers["vary"] == "Accept-Encoding"


def test_what_is_compressed_once_is_kept() -> None:
    asset = assets()["host.js"]
    assert asset.gzipped is asset.gzipped
    assert gzip.decompress(asset.gzipped) == asset.content


def test_a_font_is_not_compressed_twice(browser: TestClient) -> None:
    answer = browser.get(asset_url("fonts/noto-sans-sc-119-wght-normal.woff2"))
    assert "content-encoding" not in answer.headers


@pytest.mark.parametrize(
    "path",
    [
        "/assets/",
        "/assets/missing.js",
        "/assets/fonts",
        "/assets/../assets.py",
        "/assets/%2e%2e/assets.py",
        "/assets/..%2fassets.py",
        "/assets//etc/passwd",
    ],
)
def test_anything_else_is_not_found(browser: TestClient, path: str) -> None:
    assert browser.get(path).status_code == 404


def test_a_name_that_does_not_exist_has_no_url() -> None:
    with pytest.raises(KeyError):
        asset_url("missing.js")


def test_every_font_slice_is_named_by_its_hash() -> None:
    css = (STATIC / "fonts.css").read_text(encoding="utf-8")
    urls = re.findall(r"url\(([^)]+)\)", css)
    assert len(urls) == len([name for name in assets() if name.endswith(".woff2")])
    assert [f"/assets/{url}" for url in urls] == [asset_url(url.split("?")[0]) for url in urls]


def test_every_vendored_file_has_its_licence_beside_it() -> None:
    assert "MIT License" in (STATIC / "plotly-cartesian.LICENSE.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE" in (STATIC / "fonts/OFL.txt").read_text(encoding="utf-8")
