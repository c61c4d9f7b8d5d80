"""Every SIT of the packaged catalogue does what its own examples say."""

from __future__ import annotations

from pathlib import Path

import pytest

import sitclassify
from sitclassify import catalogue, check, choice, resources
from sitclassify.cli.listing import markdown
from sitclassify.errors import UnknownSitError

ROOT = resources.folder("patterns")
PATHS = sorted(path for path in ROOT.rglob("*.yaml"))


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_examples_hold(path: Path) -> None:
    """Each SIT alone, at every tier; a shared element is read, an overlay is checked as what it extends."""
    problems = [
        problem
        for file in catalogue.read_files([path], [ROOT])
        for problem in check.check_one(file)
    ]
    assert not problems, "\n" + "\n".join(map(str, problems))


def test_examples_hold_beside_all_other_sits() -> None:
    """What a SIT finds alone it finds among all others: no rival's label takes it away."""
    scanner = sitclassify.load(classifiers=())
    lost = [
        f"{file.sit.id}: {example.text}"
        for file in catalogue.read([ROOT])
        if file.sit.id in scanner.sits and not file.sit.is_bundle
        for example in file.examples.match
        if example.confidence >= file.sit.recommended_confidence
        and not any(
            found.sit == file.sit.id and example.text[found.start : found.end] == example.span
            for found in scanner.scan(example.text, context=example.context).detections
        )
    ]
    assert not lost, "\n".join(lost)


def test_the_whole_catalogue_is_read_together() -> None:
    files = catalogue.read([ROOT])
    guids = [file.sit.purview_guid for file in files if file.sit.purview_guid]
    names = [file.sit.name.casefold() for file in files]
    assert len(set(guids)) == len(guids)
    assert len(set(names)) == len(names)


MORE_TIERS = {  # than Purview, and why
    "canada-drivers-license-number": "65: a form that several provinces share",
    "canada-social-insurance-number": "65: a number whose check digit is public and wrong",
    "mexico-unique-population-registry-code": "65: a number whose check digit is public and wrong",
    "ip-address-v4": "65: without words, as for ip-address",
}


def purview() -> list[tuple[str, str, set[int], str, set[str]]]:
    """Id, GUID, confidences, recommended confidence, members of each SIT that Purview publishes."""
    rows = []
    for line in Path(__file__).with_name("purview_sits.tsv").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            cells = (line.split("\t") + [""] * 4)[:5]
            id, guid, confidences, recommended, members = cells
            rows.append(
                (id, guid, set(map(int, confidences.split())), recommended, set(members.split()))
            )
    return rows


def test_sits_of_purview_have_its_ids_guids_tiers_and_members() -> None:
    known = {file.sit.id: file.sit for file in catalogue.read([ROOT])}
    for id, guid, confidences, recommended, members in purview():
        sit = known[id]
        assert (sit.purview_guid or "") == guid, id
        assert members <= set(sit.members), id
        if recommended:
            assert (sit.purview_recommended or sit.recommended_confidence) == int(recommended), id
        if confidences:
            own = {tier.confidence for tier in sit.tiers}
            assert confidences <= own, id
            assert confidences == own or id in MORE_TIERS, id
    assert {sit.id for sit in known.values() if sit.purview_guid} == {
        id for id, guid, *_ in purview() if guid
    }


def test_the_page_of_the_catalogue_is_current() -> None:
    sits = [file.sit for file in catalogue.read([ROOT])]
    page = (ROOT / "CATALOGUE.md").read_text("utf-8")
    assert page == markdown(sits), "sitclassify list --format markdown > patterns/CATALOGUE.md"


def test_foreign_names_need_no_product_where_they_mean_one_thing() -> None:
    known = [file.sit for file in catalogue.read([ROOT])]
    assert choice.resolve(known, "US_SSN") == choice.resolve(known, "presidio:US_SSN")
    with pytest.raises(UnknownSitError, match="name one of 'google:PASSPORT'"):
        foreign = {"presidio": ("PASSPORT",), "google": ("PASSPORT",)}
        one, other = known[0], known[1]
        choice.resolve(
            [one._replace(aliases={"presidio": ("PASSPORT",)}), other._replace(aliases=foreign)],
            "PASSPORT",
        )
