"""An answer that goes out as fast as it is read: a piece of the file is in memory at a time, and no transaction waits for a line.

Spec: RFC 9110 §14.3.
"""

from __future__ import annotations

from aiohttp import web
from aiohttp.abc import AbstractStreamWriter
from aiohttp.web_request import BaseRequest

from node.contracts import Kept
from node.errors import NodeError
from node.storage.engine import Database
from node.storage.shelves.media import PIECE


class InPieces(web.StreamResponse):
    """The bytes of a file, or `part` of them; each piece is asked for in a look of its own, so that what is withdrawn ends."""

    def __init__(self, kept: Kept, database: Database) -> None:
        super().__init__()
        self.part = slice(0, kept.size)
        self._kept, self._database = kept, database
        self._request: BaseRequest | None = None

    async def prepare(self, request: BaseRequest) -> AbstractStreamWriter | None:
        """Says how many bytes will come."""
        self._request, self.content_length = request, self.part.stop - self.part.start
        return await super().prepare(request)

    async def write_eof(self, data: bytes = b"") -> None:
        """Gives the pieces. Where one is missing the line is cut: whoever reads knows that it is not all."""
        request, self._request = self._request, None
        if request is not None and request.method != "HEAD" and not await self._given():
            if request.transport is not None:
                request.transport.abort()
            raise ConnectionResetError
        await super().write_eof(data)

    async def _given(self) -> bool:
        begin = self.part.start
        try:
            while begin < self.part.stop:
                piece = await self._next(begin, min(PIECE, self.part.stop - begin))
                if not piece:
                    return False
                await self.write(piece)  # whoever does not take it is cut off by `listening`
                begin += len(piece)
        except NodeError:
            return False
        return True

    async def _next(self, begin: int, size: int) -> bytes:
        return await self._database.read(lambda uow: self._kept.piece(uow, begin, size))
