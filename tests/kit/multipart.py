"""A form with files, as a browser sends it; and small pictures and recordings with what a device writes into them."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path

from PIL import Image

BOUNDARY = "----WebKitFormBoundaryabcdef0123456789"


def form(fields: Mapping[str, str], files: Mapping[str, tuple[str, bytes]] | None = None) -> tuple[dict[str, str], bytes]:
    """The headers and the body of a form; files by field: name and content."""
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    for field, (name, content) in (files or {}).items():
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\nContent-Type: x/y\r\n\r\n'
        parts.append(head.encode() + content + b"\r\n")
    return {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}, b"".join([*parts, f"--{BOUNDARY}--\r\n".encode()])


def photograph(width: int = 60, height: int = 40, *, orientation: int = 6) -> bytes:
    """A JPEG that says where it was taken, lying on its side."""
    picture, written = Image.new("RGB", (width, height), (200, 30, 30)), io.BytesIO()
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = orientation, "Appareil de Mireille"
    exif.get_ifd(0x8825)[1] = "N"
    picture.save(written, "JPEG", exif=exif, comment=b"rue secrete")
    return written.getvalue()


def recorded(end: str) -> bytes:
    """A recording or a photograph of a telephone, by the end of its name: it tells of Mireille and of a street."""
    return (Path(__file__).parent / "recorded" / f"a.{end}").read_bytes()


def drawing(width: int = 30, height: int = 20) -> bytes:
    """A PNG with see-through parts."""
    written = io.BytesIO()
    Image.new("RGBA", (width, height), (0, 0, 200, 90)).save(written, "PNG")
    return written.getvalue()
