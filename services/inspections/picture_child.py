"""Encodes uploaded photos anew in a process of its own, so that a hostile one ends only that.

Run by services.inspections.photos with a JSON of limits and a folder that holds the uploads as 0,
1, 2 … Beside each it leaves two JPEGs without metadata and a JSON of what it found, or the fault.
"""

from __future__ import annotations

import json
import sys
import warnings
from pathlib import Path
from typing import Any

from PIL import Image, ImageOps, UnidentifiedImageError

_FORMATS = ("JPEG", "PNG", "WEBP")
# Of the box that files of telephones begin with: HEIF, which Pillow does not read.
_HEIF = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif")


def main(order: dict[str, Any], folder: Path) -> None:
    _limit(order)
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = order["pixels"]
    for place in range(order["count"]):
        found = _encode(folder / str(place), order)
        (folder / f"{place}.json").write_text(json.dumps(found))


def _limit(order: dict[str, Any]) -> None:
    """Memory and processor time; Windows has neither, there the caller's clock ends it."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (order["memory"], order["memory"]))
    resource.setrlimit(resource.RLIMIT_CPU, (order["seconds"], order["seconds"]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _encode(source: Path, order: dict[str, Any]) -> dict[str, Any]:
    """Write both sizes of one photo; its size, or {"fault": …}."""
    with source.open("rb") as file:
        head = file.read(12)
    if head[4:8] == b"ftyp" and head[8:12] in _HEIF:
        return {"fault": "heif"}
    try:
        with Image.open(source, formats=_FORMATS) as photo:
            if photo.width * photo.height > order["pixels"]:
                return {"fault": "pixels"}
            upright = _upright(photo, order["side"])
    except UnidentifiedImageError:
        return {"fault": "no_photo"}
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return {"fault": "pixels"}
    except (OSError, ValueError, SyntaxError, EOFError):
        return {"fault": "damaged"}
    size = upright.size
    upright.save(f"{source}.image", "JPEG", quality=82, optimize=True, progressive=True)
    upright.thumbnail((order["small"], order["small"]))
    upright.save(f"{source}.small", "JPEG", quality=75, optimize=True)
    return {"size": size}


def _upright(photo: Image.Image, side: int) -> Image.Image:
    """The photo turned as its camera was held, on a fresh sheet that takes over nothing else."""
    if photo.mode != "RGBA" and (photo.has_transparency_data or photo.mode == "P"):
        photo = photo.convert("RGBA")
    photo.thumbnail((side, side))
    photo = ImageOps.exif_transpose(photo)
    sheet = Image.new("RGB", photo.size, "white")
    sheet.paste(photo.convert("RGB"), mask=photo.getchannel("A") if photo.mode == "RGBA" else None)
    return sheet


if __name__ == "__main__":
    main(json.loads(sys.argv[1]), Path(sys.argv[2]))
