"""The house as of now: what its settings say, and before that what people said in the browser."""

from __future__ import annotations

from pathlib import Path

from node.config import MailSettings, NodeSettings, Settings
from node.domain.household import Household
from node.storage.household import keep_household
from node.wiring import Node, open_node


def opened(folder: Path) -> Node:
    node = NodeSettings(url="https://ici.example", name="Selon les réglages", contact="a@ici.example")
    return open_node(Settings(data=folder, node=node, mail=MailSettings(host="mail.ici.example", sender="a@ici.example")))


def test_what_is_said_in_the_browser_counts_at_once_and_only_where_it_says_something(tmp_path: Path) -> None:
    node = opened(tmp_path)
    node.database.migrate()
    assert (node.house().name, node.house().contact, node.house().has_mail) == ("Selon les réglages", "a@ici.example", True)
    node.database.write_now(lambda uow: keep_household(uow, Household(name="Carrefour", responsible="Nadia")))
    house = node.house()
    assert (house.name, house.responsible, house.contact, house.language) == ("Carrefour", "Nadia", "a@ici.example", "fr")
    node.close()


def test_what_another_process_says_counts_soon(tmp_path: Path) -> None:
    one, other = opened(tmp_path), opened(tmp_path)
    one.database.migrate()
    assert one.house().name == "Selon les réglages"
    other.database.write_now(lambda uow: keep_household(uow, Household(name="Carrefour")))
    one._household = (one.database.stamp, float("-inf"), Household())
    assert one.house().name == "Carrefour"
    one.close()
    other.close()
