"""Answers one question in a process of its own, and ends: a program that knows nothing of the node and may be killed any time.

It reads one order as JSON, opens a copy that nobody writes to, and then can open no connection and write no file, whatever it
is asked. It writes one line of JSON, and the answer after it. Spec: SPARQL 1.1 Query Language.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import json
import os
import platform
import resource
import struct
import sys
from itertools import islice
from pathlib import Path
from typing import Any

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Triple,
    parse_query_results,
    serialize,
)

#: Goes after what the node itself has to do.
GENTLY = 10
XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"

#: What prctl is told: that no right can be won any more, and that a filter of system calls follows. Linux, prctl(2).
NO_NEW_RIGHTS, FILTER, FILTERING = 38, 22, 2
#: The steps of such a filter: load a word, compare it, return; and what it may return. Linux, seccomp(2).
LOAD, SAME, RETURN = 0x20, 0x15, 0x06
ALLOWED, FAILED = 0x7FFF0000, 0x00050000
#: By machine: how the kernel names it, and the number of the call that opens a connection.
SOCKET = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198), "riscv64": (0xC00000F3, 198)}


class Refused(Exception):
    """A question that is not answered: the status as HTTP counts them, and why."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


def confine(order: dict[str, Any]) -> None:
    """Gives up what no question needs: more memory, time, connections, files to write, processes."""
    resource.setrlimit(resource.RLIMIT_DATA, (order["memory"], order["memory"]))
    resource.setrlimit(resource.RLIMIT_CPU, (order["seconds"], order["seconds"]))
    for limit in (resource.RLIMIT_FSIZE, resource.RLIMIT_NPROC, resource.RLIMIT_CORE):
        resource.setrlimit(limit, (0, 0))
    if not is_silenced():
        # No file either then: a large index, whose files are opened as they are needed, cannot be asked on such a machine.
        resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def is_silenced() -> bool:
    """Has the system refuse every connection from now on; False where it cannot be told to."""
    if sys.platform != "linux" or platform.machine() not in SOCKET:
        return False
    machine, call = SOCKET[platform.machine()]
    steps = [
        (LOAD, 0, 0, 4),  # the kind of machine
        (SAME, 0, 3, machine),
        (LOAD, 0, 0, 0),  # the call
        (SAME, 1, 0, call),
        (RETURN, 0, 0, ALLOWED),
        (RETURN, 0, 0, FAILED | errno.EACCES),
    ]
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))
    program = ctypes.create_string_buffer(struct.pack("@HP", len(steps), ctypes.addressof(code)))
    tell = ctypes.CDLL(None).prctl
    tell.argtypes = [ctypes.c_int, *[ctypes.c_ulong] * 4]
    return not tell(NO_NEW_RIGHTS, 1, 0, 0, 0) and not tell(FILTER, FILTERING, ctypes.addressof(program), 0, 0)


def answer(store: Store, order: dict[str, Any]) -> tuple[str, bytes]:
    """The media type and the bytes of the answer; raises Refused."""
    try:
        found = store.query(order["text"], base_iri=order["base"], **_dataset(store, order))
        if isinstance(found, QuerySolutions):
            return _rows(found, order)
        if isinstance(found, QueryBoolean):
            return _as(order["rows"], found.serialize(format=_row_format(order)))
        return _statements(found, order)
    except (SyntaxError, ValueError) as problem:
        raise Refused(400, f"This is no question that can be asked here: {problem}") from problem
    except (OSError, RuntimeError) as problem:
        raise Refused(400, "This question asks for what is not answered here.") from problem


def _dataset(store: Store, order: dict[str, Any]) -> dict[str, Any]:
    """Which graphs are asked: all of them together when none is named."""
    chosen = {name: [NamedNode(iri) for iri in order[name]] for name in ("default_graph", "named_graphs")}
    if not any(chosen.values()):
        return {"use_default_graph_as_union": True}
    for graph in (*chosen["default_graph"], *chosen["named_graphs"]):
        if not store.contains_named_graph(graph):
            raise Refused(400, "There is no graph of that name here.")
    return chosen


def _rows(found: QuerySolutions, order: dict[str, Any]) -> tuple[str, bytes]:
    names = [variable.value for variable in found.variables]
    rows: list[dict[str, Any]] = []
    size = 0
    for solution in found:
        row = {name: _term(term) for name, term in zip(names, solution, strict=True) if term is not None}
        rows.append(row)
        size += sum(len(str(term)) for term in solution)
        _bounded(len(rows), size, order)
    wanted = _row_format(order)
    body = json.dumps({"head": {"vars": names}, "results": {"bindings": rows}}, ensure_ascii=False).encode()
    if wanted == QueryResultsFormat.JSON:
        return _as(order["rows"], body)
    return _as(order["rows"], parse_query_results(body, QueryResultsFormat.JSON).serialize(format=wanted))


def _statements(found: QueryTriples, order: dict[str, Any]) -> tuple[str, bytes]:
    wanted = RdfFormat.from_media_type(order["statements"])
    if wanted is None:
        raise Refused(
            406, "Statements are not available in the media types asked for: /sparql without a question names those that are."
        )
    triples: list[Triple] = []
    size = 0
    for triple in islice(found, order["most"] + 1):
        triples.append(triple)
        size += len(str(triple))
        _bounded(len(triples), size, order)
    return _as(order["statements"], serialize(triples, format=wanted))


def _row_format(order: dict[str, Any]) -> QueryResultsFormat:
    wanted = QueryResultsFormat.from_media_type(order["rows"])
    if wanted is None:
        raise Refused(
            406, "Rows are not available in the media types asked for: /sparql without a question names those that are."
        )
    return wanted


def _bounded(count: int, size: int, order: dict[str, Any]) -> None:
    if count > order["most"]:
        raise Refused(400, f"There are more than {order['most']} rows: ask for fewer, with LIMIT and OFFSET.")
    if size > order["size"]:
        raise Refused(400, f"The answer has more than {order['size']} bytes: ask for less of it, with LIMIT and OFFSET.")


def _term(term: object) -> dict[str, Any]:
    """Spec: SPARQL 1.1 Query Results JSON Format §3.2.2."""
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, Literal):
        plain = {"type": "literal", "value": term.value}
        if term.language:
            return {**plain, "xml:lang": term.language}
        return plain if term.datatype.value == XSD_STRING else {**plain, "datatype": term.datatype.value}
    if isinstance(term, Triple):
        parts = {name: _term(getattr(term, name)) for name in ("subject", "predicate", "object")}
        return {"type": "triple", "value": parts}
    raise Refused(400, "This question asks for what is not answered here.")


def _as(media_type: str, body: bytes | None) -> tuple[str, bytes]:
    return media_type, body or b""


def main() -> None:
    """Reads the order, answers, ends."""
    with contextlib.suppress(OSError):
        os.nice(GENTLY)
        # When the machine runs out of memory, this is what it takes first, and not the node.
        Path("/proc/self/oom_score_adj").write_text("1000", "ascii")
    order = json.load(sys.stdin.buffer)
    _, most_files = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most_files, most_files))
    try:
        store = Store.read_only(order["store"])
        confine(order)
        media_type, body = answer(store, order)
        head = {"status": 200, "media_type": media_type}
    except Refused as refusal:
        head, body = {"status": refusal.status}, str(refusal).encode(errors="replace")
    except OSError:
        head, body = {"status": 503}, b"The index cannot be read at the moment."
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + body)
    sys.stdout.buffer.flush()
    # Nothing is left to do in good order: the copy is thrown away some day, and its threads with this process.
    os._exit(0)


if __name__ == "__main__":
    main()
