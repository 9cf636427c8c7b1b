from __future__ import annotations

from node.domain.entries import Audience, Entry
from node.domain.repertoire import MODES, Mode, mode_for

HERE = "https://a.example/communautes/habitation"
ENTRY = Entry(
    iri="https://B.example:8443/ressources/1",
    type="Article",
    kind="PracticeNote",
    audience=Audience.PUBLIC,
    author="https://b.example/personnes/ana",
    community="https://b.example/communautes/logement",
    language="fr",
    license="https://creativecommons.org/licenses/by/4.0/",
)


def test_a_thing_is_its_own_communitys_and_a_reference_elsewhere() -> None:
    assert mode_for(ENTRY, ENTRY.community) is Mode.OWN
    assert mode_for(ENTRY, HERE) is Mode.REFERENCE


def test_every_mode_is_said_in_words() -> None:
    assert {mode: [tag for tag, _ in MODES[mode].entries] for mode in Mode} == {mode: ["fr", "en"] for mode in Mode}
