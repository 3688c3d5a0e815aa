"""Uploaded photos: encoded anew without what they carry along; hostile ones end in a sentence."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from db.writes.inspections import NewPhoto
from services.errors import InvalidEntry
from services.inspections import MOST, encoded
from services.inspections.photos import LIMITS, MB
from tests.inspection_cases import bomb, drawn, saved, upload

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(200)
SCRIPT = b"<script>alert(1)</script>"
GPS, ORIENTATION, MAKE = 0x8825, 0x0112, 0x010F


def kept(data: bytes) -> NewPhoto:
    return encoded([upload(data)])[0]


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


def with_exif(orientation: int = 1) -> bytes:
    """A photo, red above and blue below, with the place where it was taken."""
    image = drawn((80, 60), "red")
    image.paste("blue", (0, 30, 80, 60))
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKE] = orientation, "SECRETPHONE"
    exif.get_ifd(GPS).update({1: "N", 2: (35.0, 5.0, 20.0), 3: "E", 4: (117.0, 9.0, 40.0)})
    return saved(image, exif=exif, comment=b"SECRETCOMMENT", quality=95)


def test_place_camera_and_comment_are_gone_from_both_sizes() -> None:
    source = with_exif()
    assert opened(source).getexif().get_ifd(GPS)[2] == (35.0, 5.0, 20.0)
    assert b"SECRETPHONE" in source
    found = kept(source)
    for data in (found.image, found.small):
        photo = opened(data)
        assert (photo.format, photo.mode) == ("JPEG", "RGB")
        assert dict(photo.getexif()) == {}
        assert not {"exif", "comment", "icc_profile", "xmp"} & set(photo.info)
        assert b"SECRET" not in data
        assert b"Exif" not in data


@pytest.mark.parametrize(
    ("orientation", "size", "red"),
    [(1, (80, 60), (40, 5)), (3, (80, 60), (40, 55)), (6, (60, 80), (55, 40)),
     (8, (60, 80), (5, 40))],
)  # fmt: skip
def test_a_photo_stands_as_the_camera_was_held(
    orientation: int, size: tuple[int, int], red: tuple[int, int]
) -> None:
    found = kept(with_exif(orientation))
    assert (found.width, found.height) == size
    colour = opened(found.image).getpixel(red)
    assert colour[0] > 200 > 60 > colour[2]


def test_a_big_photo_is_made_smaller_and_a_small_one_stays() -> None:
    found = kept(saved(drawn((4000, 3000))))
    assert (found.width, found.height) == opened(found.image).size == (1600, 1200)
    assert opened(found.small).size == (320, 240)
    assert (kept(saved(drawn((40, 30)))).width, opened(kept(saved(drawn())).small).size) == (
        40, (80, 60),
    )  # fmt: skip


def test_every_kind_of_photo_becomes_a_plain_jpeg() -> None:
    kinds = [(drawn(), "PNG"), (drawn(), "WEBP"), (drawn(mode="CMYK"), "JPEG"),
             (drawn().convert("P"), "PNG"), (drawn(mode="LA"), "PNG"),
             (drawn().convert("1"), "PNG")]  # fmt: skip
    found = encoded([upload(saved(image, form)) for image, form in kinds])
    assert [opened(one.image).mode for one in found] == ["RGB"] * len(kinds)


def test_what_is_transparent_becomes_white() -> None:
    clear = saved(Image.new("RGBA", (20, 20), (0, 0, 0, 0)), "PNG")
    assert min(opened(kept(clear).image).getpixel((10, 10))) > 250


def test_two_photos_in_one_file_of_a_telephone_are_the_first_of_them() -> None:
    both = saved(drawn(), "MPO", save_all=True, append_images=[drawn(colour="blue")])
    assert opened(both).format == "MPO"
    assert opened(kept(both).image).getpixel((5, 5))[0] > 200


def test_nothing_of_a_file_that_is_two_things_is_kept() -> None:
    found = kept(saved(drawn()) + SCRIPT + b"PK\x03\x04")
    assert SCRIPT not in found.image
    assert b"PK\x03\x04" not in found.image
    assert found.image.endswith(b"\xff\xd9")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (bomb(), "像素太多（最多 5,000万）"),
        (bomb(7100, 7100), "像素太多"),
        (saved(drawn((400, 300)))[:-900], "已损坏或不完整"),
        (saved(drawn((400, 300)), "PNG")[:-60], "已损坏或不完整"),
        (b"\xff\xd8\xff\xe0" + bytes(100), "不是 JPEG、PNG 或 WebP"),
        (SVG, "不是 JPEG、PNG 或 WebP"),
        (b"GIF89a" + bytes(100), "不是 JPEG、PNG 或 WebP"),
        (b"", "不是 JPEG、PNG 或 WebP"),
        (b"%PDF-1.4", "不是 JPEG、PNG 或 WebP"),
        (HEIC, "HEIC"),
        (bytes(LIMITS["size"] + 1), "超过 25 MB"),
    ],
    ids=["bomb", "just too many", "cut jpeg", "cut png", "headless", "svg", "gif", "empty", "pdf",
         "heic", "large"],
)  # fmt: skip
def test_a_file_that_cannot_be_kept_is_named_and_the_reason_said(
    data: bytes, sentence: str
) -> None:
    with pytest.raises(InvalidEntry) as refused:
        encoded([upload(saved(drawn())), upload(data, "坏的.jpg", "after")])
    assert "“坏的.jpg”" in refused.value.sentence
    assert sentence in refused.value.sentence
    assert refused.value.field == "after"


@pytest.mark.parametrize("limit", ["memory", "seconds"])
def test_a_photo_that_takes_too_much_ends_only_its_own_process(limit: str) -> None:
    """With limits of a few megabytes, or no time, it cannot be read."""
    heavy = saved(Image.effect_noise((2000, 2000), 90), "PNG")
    tight = LIMITS | {limit: {"memory": 30 << 20, "seconds": 0}[limit]}
    with pytest.raises(InvalidEntry, match="没有读完|已损坏"):
        encoded([upload(heavy)], tight)
    assert kept(saved(drawn())).width == 80


def test_the_photo_of_a_telephone_with_the_most_pixels_can_be_read() -> None:
    assert kept(saved(drawn((8160, 6120)))).width == 1600


def test_the_photo_of_a_telephone_with_the_most_bytes_can_be_read() -> None:
    grainy = saved(Image.effect_noise((4000, 3000), 90), quality=100)
    assert len(grainy) > 10 * MB
    assert kept(grainy).width == 1600


def test_at_most_six_of_each_moment_are_taken() -> None:
    small = saved(drawn((8, 8)))
    both = [upload(small, moment=moment) for moment in ("before", "after") for _ in range(MOST)]
    assert len(encoded(both)) == 2 * MOST
    with pytest.raises(InvalidEntry, match="整改后的照片最多 6 张，现在有 7 张"):
        encoded([*both, upload(small, moment="after")])


def test_no_photos_are_no_work() -> None:
    assert encoded([]) == ()


def test_a_hostile_name_is_cut_and_cleaned() -> None:
    with pytest.raises(InvalidEntry) as refused:
        encoded([upload(SVG, "\u202e\nfile" + "x" * 500)])
    assert "\n" not in refused.value.sentence
    assert len(refused.value.sentence) < 120
