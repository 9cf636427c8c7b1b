from __future__ import annotations

import pytest

from node.domain.returning import within


@pytest.mark.parametrize(
    "path", ["/", "/agenda", "/recherche?q=a&portee=noeud", "/communautes/x/repertoire?page=2", "/%2f%2fevil.example"]
)
def test_a_page_of_this_site_is_gone_back_to(path: str) -> None:
    assert within(path) == path


@pytest.mark.parametrize(
    "path",
    ["", "agenda", "//evil.example", "/\\evil.example", "\\\\evil.example", "https:evil.example", "https://evil.example", "/a b",
     "/a\r\nb", "/\t/evil.example", "/é", "javascript:alert(1)", "/" + "a" * 1000, "/ /evil.example", "/a\\b"],
)  # fmt: skip
def test_nothing_else_is(path: str) -> None:
    assert within(path) == ""
