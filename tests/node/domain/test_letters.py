from __future__ import annotations

from node.domain.letters import addresses, is_address

PASTED = """Lise Bergeron <Lise@exemple.org>, marc@exemple.org; "Côté, Jean" <jean.cote@pej.exemple.org>
  marc@exemple.org
solene@exemple, info @ exemple.org  jose@@exemple.org"""


def test_addresses_as_people_paste_them() -> None:
    found, odd = addresses(PASTED)
    assert found == ("lise@exemple.org", "marc@exemple.org", "jean.cote@pej.exemple.org")
    assert "solene@exemple" in odd


def test_a_name_with_an_apostrophe_is_nobody_else() -> None:
    found, odd = addresses("Marie <marie.o'neil@exemple.org>, 'ali@exemple.org' «lise@exemple.org»")
    assert found == ("marie.o'neil@exemple.org", "ali@exemple.org", "lise@exemple.org")
    assert odd == ()


def test_nobody_is_left_out_in_silence() -> None:
    found, odd = addresses("élodie@exemple.org, o’neil@exemple.org, ali@exemple.org")
    assert found == ("ali@exemple.org",)
    assert odd == ("élodie@exemple.org", "o’neil@exemple.org")


def test_what_an_address_is() -> None:
    assert is_address("a.b+c@exemple.co.uk")
    assert is_address("o'neil@exemple.org")
    assert not any(map(is_address, ("a@b", "a b@c.org", "a@c.org\n", "é@c.org", f"{'a' * 64}@{'b' * 190}.org")))
