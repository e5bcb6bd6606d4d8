"""Prepares the photo of a CV: checks it before decoding, turns it upright, crops it, and strips its metadata."""

from __future__ import annotations

import io

from PIL import Image, ImageOps

from clicnjob import policy
from clicnjob.bounded import apart
from clicnjob.errors import Refusal

FORMATS = ("JPEG", "PNG", "WEBP")
_FACE = (0.5, 0.35)  # a face is usually a little above the middle
_QUALITIES = (88, 78, 65, 50, 35, 20)
_OWN_SEGMENTS = {"APP0"}  # JFIF, the only segment that we write
_WHITE = (255, 255, 255)
_END = b"\xff\xd9"


class NotAPhoto(Refusal):
    """Raised for a damaged picture or another kind of file, whatever its name says."""

    sentence = "Ce fichier n’est pas une photo lisible. Il faut une photo JPG, PNG ou WEBP."


class TooHeavy(NotAPhoto):
    """Raised for more bytes than an upload may have."""

    sentence = "Cette photo dépasse 5 Mo. Fais-en une capture d’écran, et choisis la capture."


class TooManyPixels(NotAPhoto):
    """Raised from the header alone, since few bytes can expand to a picture that fills the memory."""

    sentence = "Cette photo est trop grande. Il faut la prendre en plus petit."


class TooSmall(NotAPhoto):
    """Raised for a picture too small to recognise somebody on paper."""

    sentence = "Cette photo est trop petite. Il faut en choisir une plus grande."


def checked_photo(data: bytes) -> bytes:
    """Return a JPEG portrait of at most `policy.PHOTO_BYTES` without metadata; one made here is returned unchanged.

    Raises NotAPhoto, TooHeavy, TooManyPixels, TooSmall.
    """
    if len(data) > policy.UPLOAD_BYTES:
        raise TooHeavy
    try:
        return apart.read_apart(
            encode_portrait,
            data,
            longest=policy.UPLOAD_BYTES,
            refusals=(NotAPhoto, TooManyPixels, TooSmall),
            memory=policy.READ_PHOTO_MEMORY_BYTES,
        )
    except apart.UnreadableFile as broken:
        raise NotAPhoto from broken


def encode_portrait(data: bytes) -> bytes:
    """Do the work of `checked_photo` inside the process of `apart`, the only place where an uploaded picture is decoded."""
    image = _decoded_image(data)
    return data if _is_ours(image, data) else _small_jpeg(_upright_image(image))


def _decoded_image(data: bytes) -> Image.Image:
    """Decode the picture; a large JPEG is reduced meanwhile. Any error caused by hostile bytes becomes NotAPhoto."""
    if _webp_pixels(data) > policy.PHOTO_WEBP_PIXELS:
        raise TooManyPixels  # Pillow allocates the whole canvas as soon as it opens a WEBP
    try:
        image = Image.open(io.BytesIO(data), formats=FORMATS)
        _check_size(image)
        image.draft("RGB", (policy.PHOTO_SIZE[0] * 2, policy.PHOTO_SIZE[1] * 2))
        image.load()
    except Refusal:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise TooManyPixels from bomb
    except Exception as broken:
        raise NotAPhoto from broken
    return image


def _check_size(image: Image.Image) -> None:
    width, height = image.size
    whole = image.format != "JPEG" or bool(image.info.get("progressive"))
    if width * height > (policy.PHOTO_WHOLE_PIXELS if whole else policy.PHOTO_JPEG_PIXELS):
        raise TooManyPixels
    if min(width, height) < policy.PHOTO_LEAST:
        raise TooSmall


def _webp_pixels(data: bytes) -> int:
    """Return the pixel count in the header of a WEBP of any of its three kinds, or 0 for another file."""
    kind, head = data[8:16], data[20:30].ljust(10, b"\0")
    if kind == b"WEBPVP8X":
        sides = int.from_bytes(head[4:7], "little") + 1, int.from_bytes(head[7:10], "little") + 1
    elif kind == b"WEBPVP8L":
        bits = int.from_bytes(head[1:5], "little")
        sides = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    else:
        sides = int.from_bytes(head[6:8], "little") & 0x3FFF, int.from_bytes(head[8:10], "little") & 0x3FFF
    return sides[0] * sides[1] if kind[:4] == b"WEBP" else 0


def _is_ours(image: Image.Image, data: bytes) -> bool:
    """Tell whether a photo was made here, since encoding it again each time a file is reopened would degrade it.

    The end marker never occurs inside JPEG data, so finding it first at the very end proves that nothing follows it.
    """
    segments = {name for name, _ in getattr(image, "applist", ())}
    plain = image.format == "JPEG" and image.mode == "RGB" and segments <= _OWN_SEGMENTS
    alone = data.find(_END) == len(data) - len(_END)
    return plain and alone and image.size == policy.PHOTO_SIZE and len(data) <= policy.PHOTO_BYTES


def _upright_image(image: Image.Image) -> Image.Image:
    """Turn the picture upright on white. It is shrunk first, so that the full-size picture is never in memory twice."""
    most = max(policy.PHOTO_SIZE) * 4
    small = image.convert("RGBA") if image.mode in ("P", "LA", "PA") else image
    small.thumbnail((most, most))
    turned = ImageOps.exif_transpose(small)
    if "A" not in turned.getbands():
        return turned.convert("RGB")
    page = Image.new("RGB", turned.size, _WHITE)
    page.paste(turned, mask=turned.getchannel("A"))
    return page


def _small_jpeg(image: Image.Image) -> bytes:
    cropped = ImageOps.fit(image, policy.PHOTO_SIZE, centering=_FACE)
    blank = Image.new("RGB", cropped.size)  # a new image carries over no comment, profile or GPS position
    blank.paste(cropped)
    out = io.BytesIO()
    for quality in _QUALITIES:
        out = io.BytesIO()
        blank.save(out, "JPEG", quality=quality, optimize=True)
        if out.tell() <= policy.PHOTO_BYTES:
            break
    return out.getvalue()
