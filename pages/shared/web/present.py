"""A meeting on the screen: one page with all its slides, sent as they are made."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response, StreamingResponse

from pages.shared.access import today
from pages.shared.assets import asset_url
from pages.shared.data import ask, fetch, settings
from pages.shared.meeting.forms import rules
from pages.shared.web.browser import recognised
from pages.shared.web.render import fragment
from pages.shared.web.slides import Frame, frame_of, slides_of
from services import meetings
from services.catalogue import catalogue
from services.errors import AppError, NotPermitted
from services.i18n import _
from services.meetings import Meeting, Slide
from services.meetings.pack import page
from services.permissions import CurrentUser, may

_BATCH = 4  # slides made at once: they share what they read


async def show(request: Request) -> Response:
    number = request.path_params["number"]
    person = await recognised(request)
    if person is None:
        return RedirectResponse(f"/account/login?next=/present/{number}", 303)
    try:
        held = await run_in_threadpool(ask, meetings.watched, number, person)
    except AppError as refused:
        status = 403 if isinstance(refused, NotPermitted) else 404
        return PlainTextResponse(refused.sentence, status)
    headers = {"Cache-Control": "no-store", "Vary": "Accept-Encoding", "X-Accel-Buffering": "no"}
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return StreamingResponse(_page(held, person), 200, headers, "text/html")
    headers["Content-Encoding"] = "gzip"
    return StreamingResponse(_gzipped(_page(held, person)), 200, headers, "text/html")


def _gzipped(parts: Iterator[str]) -> Iterator[bytes]:
    """Every part goes out at once; the server's own compression would hold back the first ones."""
    packer = zlib.compressobj(wbits=31)
    for part in parts:
        yield packer.compress(part.encode()) + packer.flush(zlib.Z_SYNC_FLUSH)
    yield packer.flush()


def _page(held: Meeting, person: CurrentUser) -> Iterator[str]:
    """The head and the first slide at once; the others as they are made."""
    counted = fetch(meetings.counted, held.number, rules())
    frame = frame_of(held, counted, fetch(catalogue).subdistrict, settings().look)
    holds = may(person, "hold_meeting")
    words = {"frame": frame, "asset": asset_url, "holds": holds, "keys": _keys(holds)}
    head, foot = fragment("present.html", **words).split("<!--slides-->")
    yield head
    shown, made = held.shown, 0
    for some in (shown[:1], *(shown[at : at + _BATCH] for at in range(1, len(shown), _BATCH))):
        yield from _slides(held, some, frame, person)
        made += len(some)
        yield f"<style>#making {{ --made: {made / max(len(shown), 1):.0%} }}</style>"
    yield foot


def _slides(
    held: Meeting, some: tuple[Slide, ...], frame: Frame, person: CurrentUser
) -> Iterator[str]:
    asked = tuple(slide.id for slide in some)
    found = fetch(meetings.contents, held.number, person, today(), rules(), asked)
    yield from (slides_of(page(one, found[one.id]), frame) for one in some if one.id in found)


def _keys(holds: bool) -> tuple[tuple[str, str], ...]:
    """What the keys do, in words; page keys are those of a presenter's remote."""
    return (
        (_("→　空格　PageDown"), _("下一页")),
        (_("←　PageUp"), _("上一页")),
        ("Home / End", _("第一页、最后一页")),
        (_("数字 + 回车"), _("到这一页")),
        (_("↓　回车"), _("放大图形，再按看图后的数据；点图上的点也可")),
        (_("↑　Esc"), _("从数据和图形返回")),
        (_("B　."), _("黑屏，按任意键恢复")),
        *((("N", _("在第二个窗口打开讲稿")),) if holds else ()),
        ("F", _("全屏")),
        ("P", _("自动翻页，再按停止")),
        ("?", _("按键说明")),
    )
