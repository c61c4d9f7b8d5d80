"""Postal addresses: what makes one, whose it is, what is none."""

from __future__ import annotations

from pathlib import Path

import pytest

import sitclassify
from sitclassify import catalogue, resources
from sitclassify.entities import addresses, streets
from sitclassify.entities.finder import COUNTRIES

BUNDLE = "all-physical-addresses"


@pytest.fixture(scope="module")
def scanner(cache_folder: Path) -> sitclassify.Scanner:
    return sitclassify.load(sits=BUNDLE, classifiers=(), cache=cache_folder)


def test_every_country_has_a_sit_and_the_bundle_all_of_them() -> None:
    sits = {item.sit.id: item.sit for item in catalogue.read(resources.folders_of(None))}
    own = {
        sit.country: sit.id
        for sit in sits.values()
        if sit.id.endswith("-physical-addresses") and sit.country
    }
    assert own == {country: f"{name}-physical-addresses" for country, name in COUNTRIES.items()}
    assert set(sits[BUNDLE].members) == {*own.values(), "other-physical-addresses"}
    assert all(sits[id].on_request for id in own.values())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ship it to 14 Acacia Avenue, Leeds LS1 4AP, please.", "14 Acacia Avenue, Leeds LS1 4AP"),
        (
            "Café Linde\nLindenstraße 14\n50674 Köln\nGermany\n\nHello",
            "Lindenstraße 14\n50674 Köln\nGermany",
        ),
        ("P.O. Box 118, Dover, DE 19901", "P.O. Box 118, Dover, DE 19901"),
        ('{"street": "Acacia Avenue 14", "zip": ""}', "Acacia Avenue 14"),
        ("430 maple st, springfield il 62704", "430 maple st, springfield il 62704"),
        ("Dover, DE 19901", "Dover, DE 19901"),
    ],
)
def test_an_address(scanner: sitclassify.Scanner, text: str, expected: str) -> None:
    (found,) = scanner.scan(text).detections
    assert (found.sit, text[found.start : found.end]) == (BUNDLE, expected)


@pytest.mark.parametrize(
    "text",
    [
        "In 2016 Berlin hosted 45 events; the road was closed for 3 days.",
        "Of 10,000 steps 1700 lead to the square, 12 minutes drive",
        "Spring 5 came out during 2018 and String 0 is empty",
        "Rome\nParis\nGermany\nOslo",
        "",
    ],
)
def test_no_address(scanner: sitclassify.Scanner, text: str) -> None:
    assert not scanner.scan(text).detections


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Church Crescent, Norwich", "GB"),
        ("Masarykova třída 27", "CZ"),
        ("Rua das Acácias 145, Curitiba", "BR"),
        ("Lindengasse 14, 1070 Wien", "AT"),
        ("Hamra Street 14\n1103 Beirut\nLebanon", "LB"),
    ],
)
def test_whose_it_is(text: str, country: str) -> None:
    (found,) = addresses.find(text)
    assert found.country == country


def test_what_introduces_an_address_is_its_evidence(scanner: sitclassify.Scanner) -> None:
    text = "she lives at Lindenstraße 14 in town"
    (found,) = scanner.scan(text).detections
    (lead,) = found.evidence
    assert text[lead.start : lead.end].strip() == "lives at"


def test_letters_tell_the_same_countries_in_every_process() -> None:
    assert streets.by_letters("Torvegade æ ø") == ["DK", "NO", "GL"]
    assert streets.by_letters("Ermou") == []
