"""Prefixes, both ways."""

from __future__ import annotations

from vocab.namespaces import AS, PREFIXES, SKOS, compact, expand


def test_an_iri_is_shortened_and_lengthened_again() -> None:
    assert compact(SKOS + "broader") == "skos:broader"
    assert compact(AS + "name") == "as:name"
    assert compact("https://x.example/y") == "https://x.example/y"
    assert compact(SKOS) == SKOS
    for prefix, namespace in PREFIXES.items():
        assert expand(f"{prefix}:x") == namespace + "x"
        assert compact(namespace + "x") == f"{prefix}:x"


def test_what_has_no_prefix_of_ours_stays() -> None:
    assert expand("name") == "name"
    assert expand("https://a.example/1") == "https://a.example/1"
    assert expand("as://a.example/1") == "as://a.example/1"
    assert expand("did:key:z6") == "did:key:z6"
