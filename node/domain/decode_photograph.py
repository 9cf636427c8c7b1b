"""Decodes one photograph of a telephone (HEIC, AVIF) in a process of its own, which can do nothing else, and ends.

Its decoders are young, and were broken into before: what comes out of them is taken for nothing but points. It reads the file,
and writes what kind of points they are, how many, and the points: upright, as small as they are shown. It ends with TOO_LARGE for
what has too many, and with any other number for what is no picture. It knows nothing of the node.
"""

from __future__ import annotations

import contextlib
import io
import resource
import sys
from pathlib import Path

from PIL import AvifImagePlugin, Image, ImageOps
from pillow_heif import register_heif_opener

TOO_LARGE = 3
#: What the decoding of forty million points takes, and so many seconds of it.
_MEMORY, _SECONDS = 1_610_612_736, 20


def confine() -> None:
    """Gives up what no decoder needs: more memory, time, files, connections; where memory is short, this process ends first."""
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000", "ascii")
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    for limit in (resource.RLIMIT_NOFILE, resource.RLIMIT_FSIZE, resource.RLIMIT_CORE):
        resource.setrlimit(limit, (0, 0))


def decoded(content: bytes, most_points: int, longest_side: int) -> Image.Image | None:
    """The picture; None where it has too many points. Raises whatever a decoder raises."""
    with Image.open(io.BytesIO(content), formats=("HEIF", "AVIF")) as opened:
        if opened.width * opened.height > most_points:
            return None
        shown = ImageOps.exif_transpose(opened)
        found = shown.convert("RGBA" if shown.has_transparency_data else "RGB")
    found.thumbnail((longest_side, longest_side))
    return found


def main(most_points: int, longest_side: int) -> int:
    """Reads, decodes and writes; what the process ends with."""
    register_heif_opener(decode_threads=1, thumbnails=False, depth_images=False, aux_images=False)
    AvifImagePlugin.DEFAULT_MAX_THREADS = 1
    content = sys.stdin.buffer.read()
    Image.init()  # whatever it needs is opened by now
    confine()
    found = decoded(content, most_points, longest_side)
    if found is None:
        return TOO_LARGE
    sys.stdout.buffer.write(f"{found.mode} {found.width} {found.height}\n".encode())
    sys.stdout.buffer.write(found.tobytes())
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))
