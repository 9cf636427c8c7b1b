"""Where a node listens: looked at before anything is made, printed or begun, so that what stands in its way is told first."""

from __future__ import annotations

import errno
import socket

from node.errors import Invalid

HIGHEST_PORT = 65_535
#: What helps, by what the machine says.
_HELP = {
    errno.EADDRINUSE: "address already in use; stop what listens there, or say another with --bind HOST:PORT",
    errno.EADDRNOTAVAIL: "this machine has no such address; listen at 127.0.0.1:8000 and have a proxy pass requests on to it",
    errno.EACCES: "ports below 1024 are not for everybody; listen at 127.0.0.1:8000 and have a proxy pass requests on to it",
}


def place(bind: str) -> tuple[str, int]:
    """Host and port of HOST:PORT; raises Invalid."""
    host, separator, port = bind.rpartition(":")
    if not separator or not port.isascii() or not port.isdecimal() or int(port) > HIGHEST_PORT:
        raise Invalid(f"{bind!r} is not HOST:PORT; for example 127.0.0.1:8000")
    return host.strip("[]"), int(port)


def check_free(bind: str) -> None:
    """Raises Invalid, with what helps, where a node could not listen now."""
    host, port = place(bind)
    try:
        known = socket.getaddrinfo(host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (OSError, UnicodeError) as problem:
        raise Invalid(
            f"{bind}: this machine knows no address of that name; say one with --bind, as in 127.0.0.1:8000"
        ) from problem
    for family, kind, protocol, _, address in known:
        try:
            with socket.socket(family, kind, protocol) as probe:
                if family == socket.AF_INET6:
                    probe.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind(address)
                probe.listen()
        except OSError as problem:
            if problem.errno == errno.EAFNOSUPPORT:
                continue
            raise Invalid(f"{bind}: {_HELP.get(problem.errno or 0, problem.strerror)}") from problem
