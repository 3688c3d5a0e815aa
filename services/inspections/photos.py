"""Uploaded photos: looked at in a limited process, encoded anew, and served as they were kept."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from db.engine import Session
from db.reads import inspections as reads
from db.writes.inspections import NewPhoto
from services.errors import InvalidEntry, NotFound
from services.formats import short
from services.i18n import _
from services.inspections.course import MOMENTS, moment_label
from services.permissions import CurrentUser, may, require

MOST = 6  # of each moment: a full set of before leaves room to show that it was put right
MB = 1 << 20
# The pictures of telephones are of up to 50 million pixels and 25 MB. To read one takes 300 MB, a
# progressive JPEG 500 MB, whatever the size of the file.
LIMITS = {"size": 25 * MB, "pixels": 50_000_000, "side": 1600, "small": 320,
          "memory": 768 * MB, "seconds": 30}  # fmt: skip
# How much longer than its processor time it may last on a busy machine.
_PATIENCE = 3
# Run as a file: as a module it would load this package, and with it pandas.
_CHILD = Path(__file__).with_name("picture_child.py")
# So many at once; others wait, so that a busy day does not fill the memory.
_TURNS = BoundedSemaphore(2)


@dataclass(frozen=True)
class Upload:
    """A file as a person chose it. `moment`: before · after."""

    name: str
    data: bytes
    moment: str


@dataclass(frozen=True)
class Picture:
    """A photo to be sent to a browser."""

    data: bytes
    sha256: str


def encoded(uploads: Sequence[Upload], limits: Mapping[str, int] = LIMITS) -> tuple[NewPhoto, ...]:
    """The photos as they are kept; InvalidEntry names the first file that cannot be, and why.

    Called before a write begins: nobody waits for a photo to be encoded.
    """
    check_count(Counter(one.moment for one in uploads))
    for one in uploads:
        if len(one.data) > limits["size"]:
            raise _refusal(one, "size", limits)
    if not uploads:
        return ()
    with _TURNS, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for place, one in enumerate(uploads):
            (folder / str(place)).write_bytes(one.data)
        _run({**limits, "count": len(uploads)}, folder)
        return tuple(_photo(one, folder / str(place), limits) for place, one in enumerate(uploads))


def check_count(counts: Mapping[str, int]) -> None:
    """InvalidEntry if there are more photos of a moment than an inspection can show."""
    for moment in MOMENTS:
        if counts.get(moment, 0) > MOST:
            raise InvalidEntry(
                _("{moment}的照片最多 {most} 张，现在有 {count} 张，请去掉一些。").format(
                    moment=moment_label(moment), most=MOST, count=counts[moment]
                ),
                moment,
            )


def picture(session: Session, photo_id: int, small: bool, user: CurrentUser) -> Picture:
    """One photo for who may see it; one that was taken off only for who may put it back.

    NotFound if there is none for this person.
    """
    require(user, "see")
    row = reads.photo(session, photo_id)
    if row is None or not (row.shown or may_arrange(row.user_id, user)):
        raise NotFound(_("没有这张照片。"))
    return Picture(reads.picture(session, photo_id, small=small) or b"", row.sha256)


def may_arrange(added_by: int | None, user: CurrentUser) -> bool:
    """Whether the person may take the photo off and put it back: who records, who added it."""
    own = added_by == user.id and may(user, "report_rectification")
    return own or may(user, "record_inspection")


def _run(order: Mapping[str, Any], folder: Path) -> None:
    """Let the child work; whatever kills it or holds it up leaves the rest without an answer."""
    try:
        subprocess.run(
            [sys.executable, "-I", str(_CHILD), json.dumps(order), str(folder)],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=order["seconds"] * _PATIENCE,
        )
    except subprocess.TimeoutExpired:
        return


def _photo(upload: Upload, place: Path, limits: Mapping[str, int]) -> NewPhoto:
    answer = place.with_name(f"{place.name}.json")
    found = json.loads(answer.read_text()) if answer.exists() else {"fault": "unreadable"}
    if "fault" in found:
        raise _refusal(upload, found["fault"], limits)
    image, small = (place.with_name(f"{place.name}.{kind}") for kind in ("image", "small"))
    data = image.read_bytes()
    return NewPhoto(
        upload.moment,
        hashlib.sha256(data).hexdigest(),
        *found["size"],
        data,
        small.read_bytes(),
    )


def _refusal(upload: Upload, fault: str, limits: Mapping[str, int]) -> InvalidEntry:
    """What is wrong with the file and what to do."""
    sentence = {
        "size": _("“{name}”超过 {size} MB，请用手机编辑缩小后再选。"),
        "pixels": _("“{name}”的像素太多（最多 {pixels}），请缩小后再选。"),
        "heif": _(
            "“{name}”是 HEIC 格式，请在手机的相机设置里改用“兼容性最佳”（JPEG）重拍，或截图后再选。"
        ),
        "no_photo": _("“{name}”不是 JPEG、PNG 或 WebP 照片，请另选。"),
        "damaged": _("“{name}”已损坏或不完整，请重拍或另选。"),
        "unreadable": _("“{name}”在限定的时间和内存里没有读完，请重拍或另选。"),
    }[fault].format(
        name="".join(char for char in upload.name if char.isprintable())[:60],
        size=limits["size"] // MB,
        pixels=short(limits["pixels"]),
    )
    return InvalidEntry(sentence, upload.moment)
