"""The app's own static files: where they are served, and how long a browser may keep them."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

STATIC = Path(__file__).with_name("static")
_TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".txt": "text/plain",
    ".woff2": "font/woff2",
}


@dataclass(frozen=True)
class Asset:
    """One file in memory. `digest` changes with its bytes."""

    content: bytes
    media_type: str

    @cached_property
    def digest(self) -> str:
        return hashlib.sha256(self.content).hexdigest()[:12]

    @cached_property
    def gzipped(self) -> bytes:
        return gzip.compress(self.content, 9, mtime=0)

    @property
    def is_text(self) -> bool:
        return self.media_type.startswith("text/")


@cache
def assets() -> dict[str, Asset]:
    """Every file by its name below the static folder; what is not in here cannot be asked for."""
    return {
        file.relative_to(STATIC).as_posix(): Asset(file.read_bytes(), _TYPES[file.suffix])
        for file in sorted(STATIC.rglob("*"))
        if file.suffix in _TYPES
    }


def asset_url(name: str) -> str:
    """Where the browser finds a file, e.g. "/assets/host.js?v=…". KeyError if there is none."""
    return f"/assets/{name}?v={assets()[name].digest}"


def asset_routes() -> list[Route]:
    """The routes to hand to the server."""
    return [Route("/assets/{name:path}", _serve)]


def _serve(request: Request) -> Response:
    asset = assets().get(request.path_params["name"])
    if asset is None:
        return PlainTextResponse("Not found", status_code=404)
    named = request.query_params.get("v") == asset.digest
    headers = {
        "Cache-Control": "public, max-age=31536000, immutable" if named else "no-cache",
        "ETag": f'"{asset.digest}"',
        "X-Content-Type-Options": "nosniff",
    }
    if asset.digest in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    content = asset.content
    if asset.is_text:
        headers["Vary"] = "Accept-Encoding"
        if "gzip" in request.headers.get("accept-encoding", ""):
            headers["Content-Encoding"] = "gzip"
            content = asset.gzipped
    return Response(content, media_type=asset.media_type, headers=headers)
