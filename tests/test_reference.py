"""The engine finds what the slow reference finds, whichever database it asks first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import reference
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import sitclassify
from sitclassify import resources
from sitclassify.scanner import Scanner
from sitclassify.text import SourceText

ORDERS = (True, False, None)
TEXTS = [
    "0000000001 ABCDETaxCo ",  # a word of two parts inside an identifier of more
    "",
    "account 4539 5787 6362 1486 and konto 4111-1111-1111-1111",
    "my bank card 5105105105105100 with a voucher",
    "citizen number 111 222 338, town hall",
    "apple 12345 pear plum; apple apple 54321 and Q12 99887",
    "clinic 12345678903 born on 12.03.1984",
    "dossier " + "and so on " * 40 + "1234567 folder",
    "engine chassis AB123456 invoice",
    "engine AB123456 " + "x " * 60 + "chassis gearbox CD654321",
    "the vault has aB3dEf9hIj1k and api_secret A1b2C3d4E5f6",
    "batch 123456 654321 111213 Z999",
    "número fiscal 1029384756, numero-fiscal 1029384756 SIN 5647382910 sin 5647382910",
    "税号1029384756 Steuernummer 1029384756 TaxCo 5647382910 taxco 5647382911",
    "meter 12345674 and meter 12345678",
    "the passcode is hunter2x, the PASSCODE IS ab12",
    "a blue marble in the shop, cafe noir, CaféNoir and quartzite",
    "tok_Ab3dEf9h tok_Zz9Yy8Xx tok_abc",
    "customer_account 4539578763621486 accountNumber 5105105105105100 bankCard",
    "2024-111-222-333-77 0.111222338 111222338.5 12:111222338",
    "parcel 12ABC345 6 - 7 - 8 - 9 - 1 and 12/34 parcel ABCDE, ABC1E F2345",
    "citizen \uff11\uff11\uff11\u00a0\uff12\uff12\uff12\u200b 338 citizen",
]
VALUES = [
    *("4539578763621486", "4111 1111 1111 1111", "5105-1051-0510-5100", "4000001234567899"),
    *("111222338", "111 222 338", "123-456-786", "999999999", "12345", "54321", "Q12", "Q777"),
    *("12345678903", "12.03.1984", "2001-02-31", "1234567", "7654321", "AB123456", "ZX987654"),
    *("aB3dEf9hIj1k", "abcdefghijkl", "123456", "654321", "Z999", "1029384756", "12345674"),
    *("12ABC345", "6 - 7 - 8 - 9 - 1", "12/34", "ABCDE", "AB1C2", "parcel"),
    *(
        "12345678",
        "passcode is hunter2",
        "tok_Ab3dEf9h",
        "tok_Zz9Yy8Xx",
        "blue marble",
        "café noir",
    ),
]
WORDS = [
    *(
        "account",
        "bank card",
        "konto",
        "voucher",
        "citizen",
        "citizen number",
        "registry",
        "a townHall is",
    ),
    *("apple", "pear", "plum", "clinic", "ward_nurse", "dossier", "folder", "engine", "chassis"),
    *(
        "gearbox",
        "invoice",
        "a vault",
        "the api-secret",
        "batch",
        "número fiscal",
        "税号",
        "налог",
        "SIN",
    ),
    *(
        "sin",
        "TaxCo",
        "steuer",
        "meter",
        "shop",
        "apples",
        "to myAccount or",
        "the",
        "and some more text",
    ),
]
BETWEEN = st.sampled_from(
    [" ", " ", " ", "  ", ". ", " - ", "_", "-", "/", "", " (", " - and then " * 3]
)
PIECES = st.one_of(
    st.sampled_from(VALUES),
    st.sampled_from(WORDS),
    st.text("0123456789 -", min_size=1, max_size=20),
)


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Values, words and what stands between them, some of it in another way of writing."""
    parts = draw(st.lists(st.tuples(PIECES, BETWEEN), max_size=9))
    text = "".join(piece + between for piece, between in parts)
    if draw(st.integers(0, 3)) == 0:
        text = text.translate({ord("0") + i: 0xFF10 + i for i in range(0, 10, 2)})
        text = text.replace(" ", "\u00a0", 2).replace("a", "a\u200b", 1).replace("-", "\u2013", 1)
    return text


@pytest.fixture(params=ORDERS, ids=["words first", "shapes first", "as it likes"])
def ordered(request: pytest.FixtureRequest, toy: Scanner) -> Iterator[Scanner]:
    toy._detector.known.words_first = request.param
    yield toy
    toy._detector.known.words_first = None


def assert_same(scanner: Scanner, text: str) -> None:
    """The engine's detections are the reference's, and each evidence is a hit within reach."""
    source = SourceText.of(text, scanner._detector.rules.find_folds)
    sits = dict(scanner._detector.rules.sits)
    result = scanner.scan(text)
    found = [reference.Found(d.sit, d.start, d.end, d.confidence) for d in result.detections]
    assert found == reference.detect(sits.values(), source)
    for detection in result.detections:
        sit = sits[detection.sit]
        for name, start, end in detection.evidence:
            hits = reference.hits(sit, name, source.text)
            assert (start, end) in [source.original(*hit) for hit in hits]


@pytest.mark.parametrize("text", TEXTS)
def test_same_on_the_table(ordered: Scanner, text: str) -> None:
    assert_same(ordered, text)


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(text=texts())
def test_same_on_any_mixture(ordered: Scanner, text: str) -> None:
    assert_same(ordered, text)


@settings(max_examples=60, deadline=None)
@given(text=texts(), before=texts())
def test_context_is_text_that_stands_before(toy: Scanner, text: str, before: str) -> None:
    """`scan(text, context=before)` reports what `scan` of both reports of the second."""
    both = toy.scan(f"{before}\n{text}")
    base = len(before) + 1
    inside = [(d.sit, d.start - base, d.confidence) for d in both.detections if d.start >= base]
    crossing = any(d.start < base < d.end for d in both.detections + both.dismissed)
    result = toy.scan(text, context=before)
    if before and not crossing:
        assert [(d.sit, d.start, d.confidence) for d in result.detections] == inside


PACKAGED = [
    *("credit-card-number", "us-social-security-number", "netherlands-citizens-service-number"),
    *(
        "uk-national-health-service-number",
        "france-social-security-number",
        "australia-tax-file-number",
    ),
    *("singapore-passport-number", "international-banking-account-number", "ip-address-v4"),
]
REAL = [
    "my card 4539 5787 6362 1486 expires soon, another credit card is 5105105105105100",
    "the ssn 536-90-4399 and 536904398 of the social security office, 219 09 9998",
    "bsn 111222333 en burgerservicenummer 123456782 maar niet 111222334",
    "her NHS number is 943 476 5919 and the other 9434765918",
    "numéro de sécurité sociale 1 84 12 76 451 089 46",
    "tax file number 123 456 782 and tfn 876543210",
    "passport K1234567E and iban DE89 3704 0044 0532 0130 00 or GB82WEST12345698765432",
    "192.168.1.17 and 10.0.0.300 are hosts",
]


@pytest.fixture(scope="module")
def packaged(cache_folder: Path) -> Scanner:
    known = {path.stem for path in resources.folder("patterns").rglob("*.yaml")}
    asked = [name for name in PACKAGED if name in known]
    return sitclassify.load(
        sits=asked, classifiers=(), min_confidence=1, cache=cache_folder / "packaged"
    )


@pytest.mark.parametrize("order", ORDERS, ids=["words first", "shapes first", "as it likes"])
@pytest.mark.parametrize("text", REAL)
def test_same_with_packaged_sits(packaged: Scanner, text: str, order: bool | None) -> None:
    packaged._detector.known.words_first = order
    assert_same(packaged, text)
