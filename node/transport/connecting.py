"""Connections that are made only after a look at the very address, however a name was resolved."""

from __future__ import annotations

import asyncio
import errno
import socket
from collections import Counter
from collections.abc import Callable
from typing import Any

import aiohttp
from aiohttp.client_proto import ResponseHandler

REFUSED = "this address is never contacted"

#: Of a name so many addresses of each kind are tried: one that has thousands would have us knock at as many doors, over and over.
MOST_ADDRESSES = 3

MayContact = Callable[[str], bool]


class _AddressRefused(OSError):
    """Raised inside the connector, where only an OSError passes unharmed."""


class Guarded(aiohttp.TCPConnector):
    """A connector that asks `may_contact` about each address as it is connected to."""

    def __init__(self, may_contact: MayContact, **options: Any) -> None:  # noqa: ANN401 -- those of the connector
        super().__init__(socket_factory=self._make_socket, **options)
        self._may_contact = may_contact

    def _make_socket(self, target: tuple[Any, ...]) -> socket.socket:
        family, kind, protocol, _, where = target
        self._check(str(where[0]).partition("%")[0])
        return socket.socket(family=family, type=kind, proto=protocol)

    def _check(self, address: str) -> None:
        if not self._may_contact(address):
            raise _AddressRefused(errno.EACCES, f"{REFUSED}: {address}")

    async def _wrap_create_connection(
        self,
        *args: Any,  # noqa: ANN401 -- those of the connector
        addr_infos: list[Any],
        req: aiohttp.ClientRequest,
        timeout: aiohttp.ClientTimeout,  # noqa: ASYNC109 -- its name there
        client_error: type[Exception] = aiohttp.ClientConnectorError,
        **kwargs: Any,  # noqa: ANN401 -- those of the connector
    ) -> tuple[asyncio.Transport, ResponseHandler]:
        """Leaves the socket to the loop where there is one address: each call on one of ours lets other threads go first.

        A version of the library that does not come by here makes its sockets by `_make_socket`, which looks as well.
        """
        _keep_few(addr_infos)
        if len(addr_infos) != 1 or addr_infos[0][0] != socket.AF_INET:
            return await super()._wrap_create_connection(
                *args, addr_infos=addr_infos, req=req, timeout=timeout, client_error=client_error, **kwargs
            )
        make: Callable[[], ResponseHandler] = args[0]
        address, port = addr_infos[0][4]
        try:
            self._check(address)
            return await self._loop.create_connection(make, address, port, **kwargs)
        except TimeoutError as problem:
            if problem.errno is None:
                raise
            raise client_error(req.connection_key, problem) from problem
        except OSError as problem:
            raise client_error(req.connection_key, problem) from problem


def _keep_few(addr_infos: list[Any]) -> None:
    """Leaves the first addresses of each kind; those that follow are tried by the caller as long as there are any."""
    seen: Counter[int] = Counter()
    few = []
    for info in addr_infos:
        seen[info[0]] += 1
        if seen[info[0]] <= MOST_ADDRESSES:
            few.append(info)
    addr_infos[:] = few
