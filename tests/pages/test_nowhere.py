"""An address of several parts that is none is led to where that is said; all others pass."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse
from starlette.routing import Route
from starlette.testclient import TestClient
from streamlit.web.server.starlette.starlette_static_routes import (
    create_streamlit_static_assets_routes,
)

from pages.shared.web.nowhere import Nowhere
from tests.pages.web import HTML


async def page(_request: Request) -> HTMLResponse:
    return HTMLResponse("ours")


async def answer(_request: Request) -> JSONResponse:
    return JSONResponse("theirs")


@pytest.fixture(scope="module")
def client() -> TestClient:
    """Our middleware around a page of ours, a route of Streamlit's and Streamlit's own files."""
    site = Starlette(
        routes=[
            Route("/present/{number}", page),
            Route("/component/{name}", answer),
            *create_streamlit_static_assets_routes(None),
        ],
        middleware=[Middleware(Nowhere)],
    )
    return TestClient(site, follow_redirects=False)


@pytest.mark.parametrize("path", ["/a/b", "/entry/a", "/a/b/c?period=2023", "/static/none.js"])
def test_what_is_no_address_is_led_to_where_that_is_said(client: TestClient, path: str) -> None:
    answered = client.get(path, headers=HTML)
    assert (answered.status_code, answered.headers["location"]) == (303, "/not_found")
    assert answered.text == ""


@pytest.mark.parametrize("path", ["/", "/entry", "/unknown", "/not_found"])
def test_an_address_of_one_part_is_the_apps(client: TestClient, path: str) -> None:
    answered = client.get(path, headers=HTML)
    assert answered.status_code == 200
    assert 'id="root"' in answered.text


def test_what_is_there_is_served(client: TestClient) -> None:
    assert client.get("/present/M000001", headers=HTML).text == "ours"
    assert client.get("/component/own", headers=HTML).json() == "theirs"
    index = client.get("/", headers=HTML).text
    script = index.partition('src="./static/js/')[2].partition('"')[0]
    for accept in (HTML, {"accept": "*/*"}):
        answered = client.get(f"/static/js/{script}", headers=accept)
        assert answered.status_code == 200
        assert "javascript" in answered.headers["content-type"]


def test_only_who_opens_a_page_is_led_anywhere(client: TestClient) -> None:
    assert client.get("/entry/_stcore/health", headers=HTML).status_code == 404
    assert client.get("/a/b", headers={"accept": "application/json"}).status_code == 200
    assert client.post("/a/b", headers=HTML).status_code == 405
