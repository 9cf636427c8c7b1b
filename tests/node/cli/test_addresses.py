"""maillage addresses: one is made, listed without its secret, and revoked."""

from __future__ import annotations

from kit.shell import Shell


def test_an_address_is_made_listed_and_revoked(maillage: Shell) -> None:
    email = "ali@savoirs.example"
    said = maillage("addresses", "make", email, "/agenda", "--name", "téléphone", "--format", "icalendar").out.strip()
    assert said.endswith("/icalendar")
    (row,) = maillage("addresses", "--json").json
    assert (row["list"], row["name"], row["used"]) == ("/agenda", "téléphone", "")
    assert said.split("/")[-2] not in str(row)
    assert maillage("addresses", "list", "--person", email, "--json").json == [row]
    assert "nothing any more" in maillage("addresses", "revoke", str(row["number"])).out
    assert "Nobody has made" in maillage("addresses").out
    assert "no such private address" in maillage.fails("addresses", "revoke", str(row["number"]))
    assert "formats: activitystreams" in maillage.fails("addresses", "make", email, "/agenda", "--format", "praxis")
    assert "no list of this site" in maillage.fails("addresses", "make", email, "https://ailleurs.example/")
