"""Says who runs the node: kept for its pages, and told in the documents that other sites read."""

from __future__ import annotations

from dataclasses import replace

from node.contracts import House
from node.domain.household import LIMITS, Household
from node.domain.legible import paragraph
from node.domain.letters import is_address
from node.errors import Invalid
from node.storage.household import keep_household
from node.storage.presenting import actor_of_ours, present
from node.storage.unit_of_work import UnitOfWork
from vocab.values import Text


def describe_node(uow: UnitOfWork, house: House, household: Household) -> None:
    """Keeps what is said; raises Invalid with the names of the fields that are wrong, each with `long`, `empty` or `address`."""
    wrong = {name: "long" for name, most in LIMITS.items() if len(getattr(household, name)) > most}
    if not household.name.strip():
        wrong["name"] = "empty"
    if household.contact and not is_address(household.contact):
        wrong["contact"] = "address"
    if wrong:
        raise Invalid("What the organisation says of itself is not right.", problems=wrong)
    keep_household(uow, household)
    language = household.language or house.language
    summary = household.summary or household.name
    for iri, name in ((house.organisation, household.name), (house.application, f"Maillage · {household.name}")):
        actor = actor_of_ours(uow, iri)
        known = actor.name.primary if actor.name else ""
        said = paragraph(summary, language)
        if known != name or actor.summary != said:
            present(uow, house, replace(actor, name=Text.of(name, language), summary=said))
