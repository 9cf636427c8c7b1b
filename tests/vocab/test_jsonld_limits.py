"""The first look at foreign bytes."""

from __future__ import annotations

import orjson
import pytest

from vocab.errors import ForbiddenKeyword, Malformed, TooLarge
from vocab.jsonld_limits import MAX_BYTES, MAX_DEPTH, MAX_MEMBERS, parse


def _nested(depth: int) -> bytes:
    return b'{"a":' * (depth - 1) + b"{}" + b"}" * (depth - 1)


def test_size() -> None:
    padded = b'{"a":"' + b"x" * (MAX_BYTES - 8) + b'"}'
    assert len(padded) == MAX_BYTES
    assert parse(padded)
    with pytest.raises(TooLarge):
        parse(padded + b" ")


def test_depth() -> None:
    assert parse(_nested(MAX_DEPTH))
    for depth in (MAX_DEPTH + 1, 1_000, 1_500, 100_000):
        with pytest.raises(TooLarge):
            parse(_nested(depth))
    with pytest.raises(TooLarge):
        parse(b'{"a":' + b"[" * 100_000)


def test_members() -> None:
    assert parse(orjson.dumps({"cc": ["x"] * MAX_MEMBERS}))
    with pytest.raises(TooLarge):
        parse(orjson.dumps({"cc": ["x"] * (MAX_MEMBERS + 1)}))
    with pytest.raises(TooLarge):
        parse(orjson.dumps({"@context": {f"t{number}": "as:x" for number in range(MAX_MEMBERS + 1)}}))


@pytest.mark.parametrize("number", [b"1" * 20, b"-" + b"1" * 20, b"0.1234567890123456789", b"1e5"])
def test_twenty_digits_are_a_number(number: bytes) -> None:
    assert parse(b'{"a":' + number + b"}")


@pytest.mark.parametrize("number", [b"1" * 21, b"-" + b"1" * 21, b"0.12345678901234567890", b"1" * 5000 + b".5e1"])
def test_more_digits_are_refused(number: bytes) -> None:
    with pytest.raises((TooLarge, Malformed)):
        parse(b'{"a":' + number + b"}")


def test_long_digits_inside_a_text_are_no_number() -> None:
    assert parse(b'{"a":"' + b"1" * 50 + b'"}')


@pytest.mark.parametrize(
    "document",
    [
        b"",
        b"[]",
        b'"x"',
        b"{",
        b"{'a':1}",
        b'\xef\xbb\xbf{"a":1}',
        b'{"a":NaN}',
        b'{"a":Infinity}',
        b'{"a":-Infinity}',
        b'{"a":1e999}',
        b'{"a":"\\ud800"}',
        b'{"a":"\xed\xa0\x80"}',
        b'{"a":"\xff"}',
        '{"a":"é"}'.encode("utf-16"),
        b'{"a":1,"a":2}',
        b'{"a" :1,"b":{"c":1,"c" : 1}}',
        b'{"type":"Note","\\u0074ype":"Like"}',
    ],
)
def test_what_is_no_json_object_is_refused(document: bytes) -> None:
    with pytest.raises(Malformed):
        parse(document)


def test_odd_spelling_of_good_json_is_read() -> None:
    assert parse(b'{"a" : "x\\":y", "b" :1}') == {"a": 'x":y', "b": 1}
    assert parse(b'{"a":"\\":\\":"}') == {"a": '":":'}


@pytest.mark.parametrize("key", [b'"c":', b'"c" :', b'"c"\n:', b'"c" \t\r\n :'])
def test_a_key_said_twice_is_not_hidden_by_another_that_is_spaced_out(key: bytes) -> None:
    with pytest.raises(Malformed):
        parse(b'{"a":"b","a":"d",' + key + b"1}")
    with pytest.raises(Malformed):
        parse(b'{"o":{"a":"b","a":"d"},' + key + b"1}")
    assert parse(b'{"a":"b",' + key + b"1}") == {"a": "b", "c": 1}


@pytest.mark.parametrize("keyword", ["@graph", "@included", "@reverse", "@nest", "@import"])
def test_forbidden_keywords_are_refused_at_any_depth(keyword: str) -> None:
    documents: list[dict[str, object]] = [
        {keyword: []},
        {"object": [{"tag": {keyword: 1}}]},
        {"@context": {"x": {keyword: "as:y"}}},
    ]
    for document in documents:
        with pytest.raises(ForbiddenKeyword):
            parse(orjson.dumps(document))
    assert parse(orjson.dumps({"content": keyword}))


def test_contexts_are_counted_wherever_they_stand() -> None:
    node: dict[str, object] = {"@context": [{}] * 20}
    assert parse(orjson.dumps({"tag": [node] * 50}))
    with pytest.raises(TooLarge):
        parse(orjson.dumps({"@context": {}, "object": {"tag": [node] * 50}}))


def test_objects_and_lists_are_counted_wherever_they_stand() -> None:
    assert parse(orjson.dumps({"tag": [[{}] * 998] * 20}))
    with pytest.raises(TooLarge):
        parse(orjson.dumps({"tag": [[{}] * 1_000] * 20}))


def test_values_are_counted_wherever_they_stand() -> None:
    assert parse(orjson.dumps({"cc": [["x"] * 998] * 100}))
    with pytest.raises(TooLarge):
        parse(orjson.dumps({"cc": [["x"] * 1_000] * 100}))
