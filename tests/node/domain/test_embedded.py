"""The document inside an activity: untouched, under a context."""

from __future__ import annotations

import json
from typing import Any

import pytest

from node.domain.embedded import embedded_document, with_object, without_hidden
from node.errors import Invalid


@pytest.mark.parametrize("wrap", [lambda inside: inside, lambda inside: [inside]])
def test_it_gets_the_context_of_the_whole_and_keeps_the_rest(wrap: Any) -> None:
    inside = {"id": "x", "b": 1.50, "a": {"é": None}}
    found = json.loads(embedded_document(json.dumps({"@context": ["c"], "object": wrap(inside)}).encode()))
    assert found == {"@context": ["c"], **inside}
    assert list(found) == ["@context", "id", "b", "a"]


@pytest.mark.parametrize("name", ["as:object", "https://www.w3.org/ns/activitystreams#object"])
def test_it_may_be_called_by_its_whole_name(name: str) -> None:
    whole = json.dumps({"@context": "c", name: [{"id": "x"}]}).encode()
    assert json.loads(embedded_document(whole)) == {"@context": "c", "id": "x"}
    assert json.loads(with_object(whole, b'{"id": "y"}')) == {"@context": "c", "object": {"id": "y"}}


def test_its_own_context_stays() -> None:
    whole = {"@context": "c", "object": {"@context": "own", "id": "x"}}
    assert json.loads(embedded_document(json.dumps(whole).encode()))["@context"] == "own"
    assert json.loads(embedded_document(b'{"object": {"id": "x"}}')) == {"id": "x"}


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"object": "x"}', b'{"object": [{}, {}]}', b"[" * 100_000])
def test_what_has_none(body: bytes) -> None:
    with pytest.raises(Invalid):
        embedded_document(body)


def test_hidden_recipients_are_taken_out_at_any_depth_and_nothing_else_changes() -> None:
    plain = b'{ "id": "x",  "content": "bto, bcc \\u00e9" }'
    assert without_hidden(plain) == plain
    told = b'{"id":"x","b\\u0074o":["a"],"as:bcc":"b","tag":[{"bcc":["c"],"name":"d"}],"https://www.w3.org/ns/activitystreams#bto":1}'
    assert json.loads(without_hidden(told)) == {"id": "x", "tag": [{"name": "d"}]}
    assert without_hidden(b"bto {") == b"bto {"


def test_what_was_only_named_is_put_in_and_what_proved_the_words_before_is_left_out() -> None:
    named = b'{"@context":"x","id":"a","type":"Create","object":"o","proof":{"p":1},"signature":{"s":1}}'
    whole = json.loads(with_object(named, b'{"@context":"y","id":"o","type":"Note"}'))
    assert whole == {"@context": "x", "id": "a", "type": "Create", "object": {"@context": "y", "id": "o", "type": "Note"}}
