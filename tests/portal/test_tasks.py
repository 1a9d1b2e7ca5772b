"""Tasks in the portal: their units with their roles, and where each unit leads."""

from bs4 import BeautifulSoup
from fastapi.testclient import TestClient

from extractors.article import Span
from extractors.record import ResponsibleUnit, Task, UnitRole
from portal.present import links, what
from store import Store


def unit(name: str, role: UnitRole, *, group: bool = False) -> ResponsibleUnit:
    return ResponsibleUnit(name=name, role=role, text=name, span=Span(0, 1), group=group)


def test_units_lead_to_their_tasks_and_nameless_groups_nowhere() -> None:
    responsible = (unit("湛江市海洋局", "lead"), unit("各区县政府", "support", group=True), unit("有关单位", "support", group=True))
    task = Task(
        article="a", start=0, end=1, quote="x", rule="r", number=None, title="修建渔港", units=("湛江市海洋局", "各区县政府"), responsible=responsible
    )
    assert what(task) == "修建渔港"
    shown = [(label, bool(href)) for label, href in links(task)]
    assert shown == [("湛江市海洋局（牵头）", True), ("各区县政府（配合）", True), ("有关单位（配合）", False)]


def test_each_unit_of_a_task_leads_to_its_tasks(client: TestClient, store: Store) -> None:
    _, held = store.snapshot()
    task = next(r for _, records in held for r in records if isinstance(r, Task) and r.units)
    page = BeautifulSoup(client.get(f"/articles/{task.article}").text, "lxml")
    href = next(str(a["href"]) for a in page.select(f"#r-{task.id} .how a") if task.units[0] in a.text)
    listed = BeautifulSoup(client.get(href).text, "lxml")
    assert task.title in [h2.text for h2 in listed.select(".hit h2")]
