"""What the program depends on, directly or not, is permissive or a library under LGPL or MPL: none of GPL and AGPL."""

import re
from importlib.metadata import Distribution, PackageNotFoundError, distribution

from packaging.requirements import Requirement

COPYLEFT = re.compile(r"(?<![A-Za-z])(?:A?GPL|(?:Affero )?General Public License)", re.I)
UNSTATED = {"chardetng-py": "MIT"}  # whose metadata do not say, and what the licence beside them is


def needed(name: str, extras: frozenset[str], found: dict[str, Distribution]) -> dict[str, Distribution]:
    """The distributions that an installation of `name` brings, by name."""
    try:
        here = distribution(name)
    except PackageNotFoundError:
        return found  # for another system or Python
    found[re.sub(r"[-_.]+", "-", name).lower()] = here
    for each in map(Requirement, here.requires or ()):
        wanted = each.marker is None or any(each.marker.evaluate({"extra": extra}) for extra in extras or {""})
        if wanted and re.sub(r"[-_.]+", "-", each.name).lower() not in found:
            needed(each.name, frozenset(each.extras), found)
    return found


def stated(of: Distribution) -> str:
    """Its licence by every field that may name it; of a whole licence text the first lines."""
    fields = [of.metadata.get(name) or "" for name in ("License-Expression", "License")]
    classifiers = [c for c in of.metadata.get_all("Classifier") or () if c.startswith("License ::")]
    return " ".join((fields[0], fields[1][:200], *classifiers)).strip()


def test_every_dependency_states_a_licence_that_we_can_use() -> None:
    licences = {name: UNSTATED.get(name) or stated(found) for name, found in needed("qingbao", frozenset(), {}).items()}
    assert len(licences) > 50
    assert [name for name, licence in licences.items() if not licence] == []
    assert {name: licence for name, licence in licences.items() if COPYLEFT.search(licence)} == {}


def test_lesser_licences_pass_and_others_do_not() -> None:
    assert COPYLEFT.search("GPL-3.0-or-later")
    assert COPYLEFT.search("License :: OSI Approved :: GNU Affero General Public License v3")
    assert not COPYLEFT.search("LGPL-2.1")
    assert not COPYLEFT.search("MPL-2.0 AND MIT")
