"""Draws the account pages from their templates."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from pages.shared.assets import asset_url
from pages.shared.data import fetch
from pages.shared.web.browser import CSRF_COOKIE, csrf_of, set_cookie
from services.catalogue import catalogue
from services.i18n import LANGUAGES, _, language
from services.office import office_state

FOLDER = Path(__file__).parent
_templates = Environment(
    loader=FileSystemLoader(FOLDER),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def fragment(template: str, **values: Any) -> str:
    """A piece of a page, or a page without a form, in the current language."""
    return _templates.get_template(template).render(_=_, language=language(), **values)


async def render(request: Request, template: str, *, status: int = 200, **values: Any) -> Response:
    """The page in the current language; no browser keeps a copy of it."""
    csrf = csrf_of(request)
    office = await run_in_threadpool(_office)
    page = _templates.get_template(template).render(
        _=_,
        language=language(),
        languages=LANGUAGES,
        csrf=csrf,
        fonts=asset_url("fonts.css"),
        **office,
        **values,
    )
    response = HTMLResponse(page, status, {"Cache-Control": "no-store"})
    if request.cookies.get(CSRF_COOKIE) != csrf:
        set_cookie(response, CSRF_COOKIE, csrf)
    return response


def _office() -> dict[str, Any]:
    lists = fetch(catalogue)
    return {
        "office": lists.subdistrict,
        "domains": [domain.label for domain in lists.domains],
        "demonstration": fetch(office_state).demonstration,
    }
