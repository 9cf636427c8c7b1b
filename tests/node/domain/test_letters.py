from __future__ import annotations

from node.domain.letters import addresses, is_address

PASTED = """Lise Bergeron <Lise@exemple.org>, marc@exemple.org; "Côté, Jean" <jean.cote@pej.exemple.org>
  marc@exemple.org
solene@exemple, info @ exemple.org  jose@@exemple.org"""


def test_addresses_as_people_paste_them() -> None:
    found, odd = addresses(PASTED)
    assert found == ("lise@exemple.org", "marc@exemple.org", "jean.cote@pej.exemple.org")
    assert "solene@exemple" in odd


def test_what_an_address_is() -> None:
    assert is_address("a.b+c@exemple.co.uk")
    assert not any(map(is_address, ("a@b", "a b@c.org", "a@c.org\n", "é@c.org", f"{'a' * 64}@{'b' * 190}.org")))
