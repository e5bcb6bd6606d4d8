"""Photos: three formats by content, bounded before decoding, upright, cropped, and rid of what they told."""

from __future__ import annotations

import io
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin

from clicnjob import policy
from clicnjob.cv.document import photo
from clicnjob.paths import ROOT
from tests.for_each import for_each

pytestmark = pytest.mark.usefixtures("read_here")  # test_bounded_reading.py reads photos apart, within their bounds

GPS_IFD = 0x8825
ORIENTATION = 0x0112


def picture(size: tuple[int, int] = (800, 1000), mode: str = "RGB") -> Image.Image:
    """Red on top, blue below, so that the way up can be seen."""
    image = Image.new(mode, size, "blue" if mode in ("RGB", "RGBA") else 0)
    image.paste("red" if mode in ("RGB", "RGBA") else 200, (0, 0, size[0], size[1] // 2))
    return image


def encoded(image: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def png_chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png_of(width: int, height: int, pixels: bytes = b"") -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", head) + png_chunk(b"IDAT", pixels) + png_chunk(b"IEND", b"")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_the_three_formats_become_a_small_portrait_jpeg(kind: str) -> None:
    made = photo.checked_photo(encoded(picture(), kind))
    assert (opened(made).format, opened(made).size) == ("JPEG", policy.PHOTO_SIZE)


@for_each("mode", ["L", "P", "1", "LA", "RGBA", "I;16"])
def test_every_kind_of_png_is_read(mode: str) -> None:
    image = picture(mode="RGBA") if mode in ("LA", "RGBA") else picture(mode="L")
    assert opened(photo.checked_photo(encoded(image.convert(mode), "PNG"))).mode == "RGB"


def test_a_cmyk_jpeg_is_read() -> None:
    assert opened(photo.checked_photo(encoded(picture().convert("CMYK")))).mode == "RGB"


def test_a_transparent_background_becomes_white() -> None:
    clear = Image.new("RGBA", (800, 1000), (0, 0, 0, 0))
    assert opened(photo.checked_photo(encoded(clear, "PNG"))).getpixel((5, 5)) == (255, 255, 255)


def test_a_photo_taken_with_the_telephone_on_its_side_is_set_upright() -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    made = opened(photo.checked_photo(encoded(picture().rotate(90, expand=True), exif=exif)))
    top, bottom = made.getpixel((200, 20)), made.getpixel((200, 510))
    assert top[0] > 200 > 60 > top[2] and bottom[2] > 200 > 60 > bottom[0]  # type: ignore[index]


def test_where_and_by_whom_it_was_taken_is_not_kept() -> None:
    exif = Image.Exif()
    exif[0x010F] = "SECRETMAKER"
    exif.get_ifd(GPS_IFD)[1] = "SECRETNORTH"
    given = encoded(picture(), exif=exif, comment=b"SECRETCOMMENT", xmp=b"<x>SECRETXMP</x>", icc_profile=b"SECRETICC")
    made = photo.checked_photo(given)
    assert b"SECRET" in given and b"SECRET" not in made and not opened(made).getexif()


@pytest.mark.parametrize("size", [(800, 1000), policy.PHOTO_SIZE])
def test_what_follows_the_picture_is_not_kept(size: tuple[int, int]) -> None:
    assert b"<script>" not in photo.checked_photo(encoded(picture(size)) + b"<script>PWN=1</script>\xff\xd9")


def test_a_word_hidden_in_a_photo_of_our_own_size_is_not_kept() -> None:
    assert b"SECRET" not in photo.checked_photo(encoded(picture(policy.PHOTO_SIZE), comment=b"SECRET"))


def test_the_texts_of_a_png_are_not_kept() -> None:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", "SECRET")
    assert b"SECRET" not in photo.checked_photo(encoded(picture(), "PNG", pnginfo=notes))


@for_each("size", [(2000, 400), (400, 2000), (413, 531), (100, 100), (101, 3000)])
def test_any_shape_is_cropped_to_a_portrait(size: tuple[int, int]) -> None:
    width, height = opened(photo.checked_photo(encoded(picture(size)))).size
    assert (width, height) == policy.PHOTO_SIZE


def test_the_face_is_kept_when_a_tall_photo_is_cropped() -> None:
    image = Image.new("RGB", (400, 1200), "blue")
    image.paste("red", (0, 200, 400, 600))
    made = opened(photo.checked_photo(encoded(image)))
    assert made.getpixel((200, 130))[0] > 200  # type: ignore[index]


def test_the_most_detailed_photo_stays_small() -> None:
    noise = Image.merge("RGB", [Image.effect_noise((1200, 1500), 200) for _ in range(3)])
    assert len(photo.checked_photo(encoded(noise, quality=95))) <= policy.PHOTO_BYTES


@pytest.mark.parametrize("size", [(800, 1000), (150, 200), (2000, 400)])
def test_a_photo_already_made_here_comes_back_unchanged(size: tuple[int, int]) -> None:
    once = photo.checked_photo(encoded(picture(size)))
    assert photo.checked_photo(once) == once


NOT_PHOTOS = {
    "empty": b"",
    "svg": b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "html": b"<!doctype html><script>alert(1)</script>",
    "gif": encoded(picture((200, 200)).convert("P"), "GIF"),
    "gif polyglot": b"GIF89a/*" + b"\x00" * 50 + b"*/=1;alert(1)",
    "eps": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 200 200\n%%EndComments\nshowpage\n",
    "bmp": encoded(picture((200, 200)), "BMP"),
    "tiff": encoded(picture((200, 200)), "TIFF"),
    "ico": encoded(picture((200, 200)), "ICO"),
    "pdf": b"%PDF-1.7\n",
    "exe": b"MZ\x90\x00" + b"\x00" * 200,
    "zip": b"PK\x03\x04" + b"\x00" * 200,
    "text": b"coucou",
    "heic": b"\x00\x00\x00\x18ftypheic" + b"\x00" * 200,
    "riff but not webp": b"RIFF\x10\x00\x00\x00WAVEfmt " + b"\x00" * 50,
}


@for_each("kind", NOT_PHOTOS)
def test_what_is_no_photo_is_refused_by_its_content(kind: str) -> None:
    with pytest.raises(photo.NotAPhoto):
        photo.checked_photo(NOT_PHOTOS[kind])


@for_each("kind", ["JPEG", "PNG", "WEBP"])
@for_each("part", [0.01, 0.1, 0.5, 0.9])
def test_a_photo_cut_short_is_refused(kind: str, part: float) -> None:
    noise = Image.merge("RGB", [Image.effect_noise((300, 300), 100) for _ in range(3)])
    whole = encoded(noise, kind)
    with pytest.raises(photo.NotAPhoto):
        photo.checked_photo(whole[: int(len(whole) * part)])


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_damaged_bytes_never_raise_anything_but_a_refusal(kind: str) -> None:
    whole = encoded(picture((160, 200)), kind)
    for place in range(0, min(len(whole), 400), 3):
        try:
            photo.encode_portrait(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        except photo.NotAPhoto:
            continue


def test_more_bytes_than_allowed_are_refused_unread() -> None:
    with pytest.raises(photo.TooHeavy, match="5 Mo"):
        photo.checked_photo(b"\xff\xd8\xff" + b"\x00" * policy.UPLOAD_BYTES)


def webp_of(width: int, height: int) -> bytes:
    canvas = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    body = b"WEBPVP8X" + (10).to_bytes(4, "little") + b"\x02\x00\x00\x00" + canvas
    return b"RIFF" + len(body).to_bytes(4, "little") + body


def webp_simple(kind: bytes, head: bytes) -> bytes:
    body = b"WEBP" + kind + len(head).to_bytes(4, "little") + head
    return b"RIFF" + len(body).to_bytes(4, "little") + body


def jpeg_of(width: int, height: int, start: bytes = b"\xff\xc0") -> bytes:
    frame = b"\x08" + struct.pack(">HH", height, width) + b"\x03\x01\x22\x00\x02\x11\x01\x03\x11\x01"
    return b"\xff\xd8" + start + struct.pack(">H", len(frame) + 2) + frame + b"\xff\xda\x00\x02\xff\xd9"


BOMBS = {
    "png": png_of(30_000, 30_000, zlib.compress(b"\x00" * 1_000_000)),
    "png of 25 Mpx": png_of(5_000, 5_000),
    "webp": webp_of(16_000, 16_000),
    "webp animated beyond its limits": webp_of(16_777_215, 16_777_215),
    "webp without loss": webp_simple(b"VP8L", b"\x2f" + (16_000 | 16_000 << 14).to_bytes(4, "little")),
    "webp with loss": webp_simple(b"VP8 ", b"\x10\x00\x00\x9d\x01\x2a" + struct.pack("<HH", 16_000, 16_000)),
    "jpeg": jpeg_of(65_000, 65_000),
    "progressive jpeg": jpeg_of(6_000, 6_000, b"\xff\xc2"),
}


@for_each("kind", BOMBS)
def test_a_small_file_with_a_huge_picture_is_refused_before_decoding(kind: str) -> None:
    with pytest.raises(photo.TooManyPixels):
        photo.checked_photo(BOMBS[kind])


@pytest.mark.parametrize("size", [(1, 1), (99, 500), (500, 99)])
def test_a_picture_too_small_to_see_a_face_is_refused(size: tuple[int, int]) -> None:
    with pytest.raises(photo.TooSmall):
        photo.checked_photo(encoded(picture(size)))


def test_a_picture_of_no_size_is_refused() -> None:
    with pytest.raises(photo.NotAPhoto):
        photo.checked_photo(png_of(0, 10))


MEASURE = """
import resource, sys
from clicnjob.cv.document import photo
data = open(sys.argv[1], "rb").read()
photo.encode_portrait(open(sys.argv[2], "rb").read())
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
made = photo.encode_portrait(data)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before, len(made))
"""


def test_a_photo_of_48_megapixels_takes_little_memory(tmp_path: Path) -> None:
    pytest.importorskip("resource", reason="memory is measured with getrusage, absent here")
    large, small = tmp_path / "large.jpg", tmp_path / "small.jpg"
    Image.linear_gradient("L").resize((8_000, 6_000)).convert("RGB").save(large, quality=95)
    small.write_bytes(encoded(picture()))
    run = subprocess.run(
        [sys.executable, "-c", MEASURE, large, small],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    kilobytes, size = map(int, run.stdout.split())
    assert size <= policy.PHOTO_BYTES and kilobytes < 60_000


@pytest.mark.parametrize("refusal", [photo.NotAPhoto, photo.TooHeavy, photo.TooManyPixels, photo.TooSmall])
def test_every_refusal_says_what_to_do(refusal: type[photo.NotAPhoto]) -> None:
    assert refusal.sentence.count(".") >= 2 and "'" not in refusal.sentence
