"""Rule 4: a value is a token of its own; a keyword has no letter or digit on either side."""

from __future__ import annotations

import pytest
from toys import NINE, a_sit, scanner_of, values

from sitclassify.scanner import Scanner


@pytest.fixture(scope="module")
def ssn() -> Scanner:
    """Nine digits as 3-2-4, also without a keyword."""
    return scanner_of(
        a_sit(regex=r"\b[0-9]{3}-?[0-9]{2}-?[0-9]{4}\b", words=("ssn", "social security"))
    )


@pytest.mark.parametrize(
    "text",
    [
        "2024-000-123-45-6789-77",
        "0.536904399", "536904399.25", "-0.536904399", "3.536904399e5",
        "550e8400-e29b-41d4-a716-536904399123", "f47ac10b-58cc-4372-536904399-0e02b2c3d479",
        "d41d8cd98f00b204e9800998ecf8427e536904399", "sha1/536904399/9f86d081884c7d65",
        "2024-11-24T10:15:536904399", "10:15:30.536904399",
        "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAA/536904399+AAE12",
        "QmFzZTY0IGRhdGEgYmxvYiB3aXRo536904399ZGlnaXRzIGluIGl0",
        "v1.2.536904399", "1/536904399", "536904399/7", "12_536904399", "536904399-1", "+1.536904399",
        "A536904399", "536904399b", "5369043991", "536904399~2",
    ],
)  # fmt: skip
def test_no_part_of_a_longer_token(ssn: Scanner, text: str) -> None:
    assert values(ssn.scan(f"my ssn is in {text} somewhere")) == []
    assert values(ssn.scan(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "SSN-536-90-4399", "ssn/536904399", "tel:536904399", "id=536904399&x=1", "(536904399)", "#536904399",
        "536904399.", "536904399, 536", "536904399-", "536904399/", "'536904399'", "[536904399]", "536904399:",
        "<b>536904399</b>", "536904399\n", "**536904399**", "$536904399", "536904399 12", "12 536904399",
        "536904399-abc", "x.536904399", "536904399é",
    ],
)  # fmt: skip
def test_a_token_of_its_own(ssn: Scanner, text: str) -> None:
    assert len(values(ssn.scan(f"my ssn is {text}"))) == 1


@pytest.mark.parametrize("text", ["ssn: 12/536904399", "ssn=7-536904399", '{"ssn": "536904399-1"}'])
def test_directly_labelled_parts_count(ssn: Scanner, text: str) -> None:
    scanner = scanner_of(
        a_sit(words=("ssn",), primary={"number": {"regex": r"(?:\b[0-9]{1,2}[-/])?[0-9]{9}\b"}})
    )
    assert len(values(scanner.scan(text))) == 1


@pytest.mark.parametrize("text", ["ssn: 0.536904399", "ssn=536904399.5"])
def test_no_label_makes_a_decimal_an_identifier(ssn: Scanner, text: str) -> None:
    assert values(ssn.scan(text)) == []


def test_maximal_false_lets_a_value_stand_inside() -> None:
    scanner = scanner_of(a_sit(primary={"number": {"regex": r"[0-9]{9}", "maximal": False}}))
    assert values(scanner.scan("keyword abc536904399.5")) == ["536904399"]


@pytest.fixture(scope="module")
def words() -> Scanner:
    """A number that needs one of a few words."""
    sit = a_sit(words=("ssn", "social security", "C++", "numéro", "税号"))
    sit["evidence"]["words"]["everyday"] = ["sin"]
    sit["tiers"] = [{"confidence": 85, "primary": "number", "all": ["words"]}]
    return scanner_of(sit)


@pytest.mark.parametrize(
    "word",
    [
        "ssn", "SSN", "Ssn", "customer_ssn", "ssn_value", "_ssn_", "ssnNumber", "customerSsn", "mySSNNumber",
        "customer_ssnNumber", "(ssn)", "\"ssn\"", "ssn's", "ssn/id", "x.ssn", "ssn-value",
        "social security", "social_security", "social-security", "socialSecurity",
        "SocialSecurity", "socialsecurity", "SOCIAL SECURITY", "social\nsecurity", "userSocialSecurityNo",
        "c++", "numéro", "numero", "NUMÉRO", "我的税号是", "税号", "SIN", "ΣΣ ssn", "名ssn",
    ],
)  # fmt: skip
def test_a_word(words: Scanner, word: str) -> None:
    assert values(words.scan(f"the {word} there 536904399")) == ["536904399"]
    assert values(words.scan(f"{word} 536904399")) == ["536904399"]
    assert values(words.scan(f"536904399 {word}")) == ["536904399"]


@pytest.mark.parametrize(
    "word",
    [
        "assn", "ssns", "ssn2", "2ssn", "xssnx", "essn", "éssn", "ssné", "ssnж", "sSn1x", "classnames",
        "social and security", "social   security", "social, security", "socialist security",
        "sin", "Sin", "SINCE", "XSIN",
    ],
)  # fmt: skip
def test_no_word(words: Scanner, word: str) -> None:
    assert values(words.scan(f"the {word} there 536904399")) == []


@pytest.mark.parametrize("word", ["numéros", "xnuméro", "numéro9"])
def test_no_word_of_letters_beyond_ascii(words: Scanner, word: str) -> None:
    assert values(words.scan(f"the {word} there 536904399")) == []


@pytest.mark.parametrize("word", ["ssnNumber9x", "9ssnNumber", "taxNumber9"])
def test_no_word_of_an_identifier_beside_a_digit(word: str) -> None:
    sit = a_sit(words=("ssn", "number"))
    sit["evidence"]["words"]["words"] = ["ssn"] if word.startswith("9") else ["number"]
    scanner = scanner_of(sit)
    assert [d.confidence for d in scanner.scan(f"the {word} 536904399").detections] == [65]


@pytest.mark.parametrize(
    "text", ["sin: 536904399", "sin = 536904399", '{"sin": "536904399"}', "Sin #536904399"]
)
def test_everyday_words_count_as_labels(words: Scanner, text: str) -> None:
    assert values(words.scan(text)) == ["536904399"]


@pytest.mark.parametrize("word", ["ssn_count", "ssnCount", "ssn-type", "ssnValid"])
def test_a_quantity_is_no_word(words: Scanner, word: str) -> None:
    assert values(words.scan(f"the {word} is 536904399")) == []


@pytest.mark.parametrize("text", ["é536904399", "号536904399号", "536904399é", "я536904399"])
def test_the_boundary_of_a_primary_is_ascii(text: str) -> None:
    """`\\b` is ASCII in every kind of primary: matched as it is, from a trigger, or near a word."""
    plain = a_sit("plain", NINE)
    traced = a_sit("traced", primary={"number": {"regex": NINE, "trigger": r"\b[0-9]{3}"}})
    near = a_sit("near", primary={"number": {"regex": NINE, "near": "words"}})
    result = scanner_of(plain, traced, near).scan(f"keyword {text}")
    assert [d.sit for d in result.detections] == ["near", "plain", "traced"]


@pytest.mark.parametrize("text", ["my_quartz_stone", "quartz_", "blue_quartz"])
def test_words_of_a_primary(text: str) -> None:
    scanner = scanner_of(a_sit(primary={"number": {"words": ["quartz"]}}))
    assert values(scanner.scan(text)) == ["quartz"]


def test_case_sensitive_and_substring_words() -> None:
    exact = a_sit("exact", evidence={"words": {"words": ["TaxCo"], "case_sensitive": True}})
    part = a_sit("part", evidence={"words": {"words": ["steuer"], "style": "substring"}})
    scanner = scanner_of(exact, part, sits=["exact", "part"], min_confidence=75)
    assert [d.sit for d in scanner.scan("TaxCo 536904399").detections] == ["exact"]
    assert [d.sit for d in scanner.scan("taxco 536904399").detections] == []
    assert [d.sit for d in scanner.scan("Lohnsteuernummer 536904399").detections] == ["part"]


@pytest.mark.parametrize("word", ["numarası", "đơn", "ŁÓDŹ"])
def test_words_are_folded_as_the_text_is(word: str) -> None:
    """A dotless i, a barred letter: found as written, in capitals where these are other letters, and plain."""
    scanner = scanner_of(a_sit(words=(word.lower(),)), min_confidence=85)
    assert values(scanner.scan(f"the {word} 536904399")) == ["536904399"]
    assert values(scanner.scan(f"the {word.lower()} 536904399")) == ["536904399"]


@pytest.mark.parametrize(
    ("word", "typed"), [("numarası", "numarasi"), ("đơn", "don"), ("łódź", "lodz")]
)
def test_words_are_found_without_their_accents(word: str, typed: str) -> None:
    scanner = scanner_of(a_sit(words=(word,)), min_confidence=85)
    assert values(scanner.scan(f"the {typed} 536904399")) == ["536904399"]
