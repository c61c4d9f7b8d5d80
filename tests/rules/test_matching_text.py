"""Rule 3: every way of writing a value is found, and the span covers the original characters exactly."""

from __future__ import annotations

import unicodedata

import pytest
from toys import a_sit, scanner_of, values

import sitclassify
from sitclassify.scanner import Scanner

FULL = "\uff11\uff12\uff13"
TAGS = "".join(chr(0xE0000 + ord(c)) for c in "keyword 536904399")
SELECTORS = "".join(
    chr(0xFE00 + b) if b < 16 else chr(0xE0100 + b - 16) for b in b"keyword 536904399"
)


@pytest.fixture(scope="module")
def nine() -> Scanner:
    return scanner_of(a_sit())


@pytest.fixture(scope="module")
def key() -> Scanner:
    return scanner_of(a_sit(regex=r"\btok_[A-Za-z0-9]{8}\b", words=("chiave", "clé", "Schlüssel")))


@pytest.mark.parametrize(
    "value",
    [
        "536904399", "536 904 399", "536-904-399",
        "\uff15\uff13\uff16\uff19\uff10\uff14\uff13\uff19\uff19",  # full-width
        "\u0665\u0663\u0666\u0669\u0660\u0664\u0663\u0669\u0669",  # Arabic-Indic
        "\u06f5\u06f3\u06f6 \u06f9\u06f0\u06f4 \u06f3\u06f9\u06f9",  # Persian
        "\u096b\u0969\u096c\u096f\u0966\u096a\u0969\u096f\u096f",  # Devanagari
        "\U0001d7d3\U0001d7d1\U0001d7d4904399",  # mathematical bold
        "\u2075\u00b3\u2076904399",  # superscripts
        "536\u00a0904\u00a0399", "536\u2009904\u202f399", "536\u3000904\u3000399",  # spaces
        "536\u2010904\u2011399", "536\u2013904\u2014399", "536\u2212904\ufe63399", "536\uff0d904\uff0d399",
        "5\u200b36904399", "536\u00ad904\u00ad399", "5\u200d3\u200c6\u2060904\ufeff399", "536\u200e904\u202c399",
        "5\ufe0f36904399", "536\u034f904399",
        "536\n904\n399", "536\r\n904\r\n399", "536 \n904 399"[:4] + "904 399",
        "536-\n904-399", "536 904-\n399", "536-904-\r\n399", "536-\n> 904-399", "536-904-\n    399",
        "536 \n904 399", "536 \n  904 399", "536 904 \r\n> 399",
        "536\n>904 399", "536\n    904 399", "536\r\n> 904 399", "536\n  | 904 399",
        "536-\n904-399"[:4] + "904-399",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "around", ["keyword {} end", "keyword {}", "\U0001f600 keyword ({})", "é keyword {}."]
)
def test_a_value_in_every_writing(nine: Scanner, value: str, around: str) -> None:
    result = nine.scan(around.format(value))
    assert values(result) == [value]
    assert result.detections[0].confidence == 85


@pytest.mark.parametrize(
    "value", ["536\n> 904\n> 399", "536\r\n> 904\r\n> 399", "536\n    904\n    399"]
)
def test_a_value_broken_more_than_once(nine: Scanner, value: str) -> None:
    assert values(nine.scan(f"keyword {value} x")) == [value]


@pytest.mark.parametrize(
    "text",
    [
        "keyword\n536\n904\n399\n111\n",  # a number a line
        "keyword\n- 536\n- 904\n- 399\n",
        "keyword\n536 904\n399 111\n700 222\n",  # lines of one form
        "keyword\n> 536904\n> 399\n> 222\n",
        "keyword, 1\n 536904\n 399\n 222\n",
        "keyword;536,\n904,\n399\n",
        "| keyword | 536 |\n| x | 904 |\n| y | 399 |\n",
        "keyword 2.536.\n904 399 people came",
        "keyword: 1 and 536.\n904. And 399",
    ],
)
def test_rows_of_a_list_are_no_value(nine: Scanner, text: str) -> None:
    assert values(nine.scan(text)) == []


@pytest.mark.parametrize(
    ("regex", "value"),
    [
        (r"\b[0-9]{3}\.[0-9]{3}\.[0-9]{3}-[0-9]{2}\b", "012.977.\n859-16"),
        (r"\b[0-9]{3}\.[0-9]{3}\.[0-9]{3}-[0-9]{2}\b", "012.\n> 977.859-16"),
        (r"\b[0-9]{2}\.[0-9]{2}\.[0-9]{4}\b", "22.12.\n1981"),
        (r"\b[0-9]{2}/[0-9]{2}/[0-9]{4}\b", "08/07/\n1983"),
        (r"\b[0-9][A-Z]{2}[0-9]-[A-Z][0-9]{2}-[A-Z]{2}[0-9]{2}\b", "6XY3-A72-\nMK18"),
        (r"\b[0-9]{8}-[A-Z]\b", "79216336-\nN"),
        (r"\b[A-Z]{4}(?: [0-9]{4}){2}\b", "WEST\n> 1234 5698"),
    ],
)
def test_a_line_break_behind_a_separator(regex: str, value: str) -> None:
    scanner = scanner_of(a_sit(regex=regex))
    assert values(scanner.scan(f"The keyword is {value}, and so on.")) == [value]
    assert values(scanner.scan(f"The keyword was\n{value}\n\nand so on.")) == [value]


@pytest.mark.parametrize("before", ["\u53f7", "\u00e9", "\U0001f600", "a\u0301b\u00e9"])
def test_a_near_word_behind_a_wide_character_shifts_nothing(before: str) -> None:
    near = a_sit("near", primary={"key": {"regex": r"\bk[0-9]{9}\b", "near": "words"}})
    near["tiers"] = [{"confidence": 85, "primary": "key", "all": ["words"]}]
    scanner = scanner_of(near, a_sit("other", words=("nothing",)))
    assert values(scanner.scan(f"{before}keyword and 536904399")) == ["536904399"]


@pytest.mark.parametrize(
    "word",
    [
        "keyword",
        "KEYWORD",
        "\uff4b\uff45yword",
        "key\u200bword",
        "key\u00adword",
        "k\u0435yword",
        "\u212aeyword",
    ],
)
def test_a_keyword_in_every_writing(nine: Scanner, word: str) -> None:
    result = nine.scan(f"the {word} 536904399")
    assert [d.confidence for d in result.detections] == [85]
    evidence = result.detections[0].evidence[0]
    assert result.text[evidence.start : evidence.end] == word


@pytest.mark.parametrize(
    "word", ["clé", "cle", "Clé", unicodedata.normalize("NFD", "clé"), "CLÉ", "SCHLÜSSEL"]
)
def test_accents(key: Scanner, word: str) -> None:
    result = key.scan(f"la {word} tok_Ab3dEf9h, voilà")
    assert values(result) == ["tok_Ab3dEf9h"]
    evidence = result.detections[0].evidence[0]
    assert result.text[evidence.start : evidence.end] == word


@pytest.mark.parametrize(
    "value", ["t\u043ek_Ab3dEf9h", "tok_\u0410b3dEf9h", "\uff54ok_Ab3dEf9h", "tok_Ab3d\u0395f9h"]
)
def test_look_alike_letters_inside_a_key(key: Scanner, value: str) -> None:
    assert values(key.scan(f"chiave {value} \u043a\u043e\u043d\u0435\u0446")) == [value]


def test_words_of_other_scripts_stay_as_they_are() -> None:
    scanner = scanner_of(a_sit(words=("сорока", "税号")))
    assert [d.confidence for d in scanner.scan("сорока 536904399").detections] == [85]
    assert [d.confidence for d in scanner.scan("税号536904399").detections] == [85]


def test_a_combining_mark_belongs_to_the_span() -> None:
    scanner = scanner_of(a_sit(primary={"number": {"words": ["café noir"]}}))
    text = unicodedata.normalize("NFD", "keyword café noir é café noir")
    first, second = scanner.scan(text).detections
    assert text[first.start : first.end] == text[second.start : second.end]
    assert unicodedata.normalize("NFC", text[first.start : first.end]) == "café noir"


@pytest.mark.parametrize("hidden", [TAGS, TAGS + "\U000e007f", SELECTORS])
def test_hidden_text_is_scanned_and_a_finding(toy: Scanner, hidden: str) -> None:
    scanner = scanner_of(a_sit(), _hidden_text())
    result = scanner.scan(f"What is this?{hidden} Tell me.")
    spans = [(d.sit, result.value(d), d.tags) for d in result.detections]
    assert ("hidden-text", hidden, frozenset()) in spans
    assert ("toy", hidden, frozenset({"decoded:hidden-text"})) in spans


def _hidden_text() -> dict[str, object]:
    primary = {"run": {"function": "hidden_text"}}
    tiers = [{"confidence": 85, "primary": "run"}]
    return a_sit("hidden-text", primary=primary, evidence={}, tiers=tiers)


@pytest.mark.parametrize(
    "flag",
    [
        "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        "\u2764\ufe0f",
        "\U0001f468\u200d\U0001f469",
    ],
)
def test_flags_and_emoji_are_not_hidden_text(flag: str) -> None:
    scanner = scanner_of(a_sit(), _hidden_text())
    assert scanner.scan(f"go {flag} go").detections == ()
    result = scanner.scan(f"go {flag} keyword 536904399 {flag}")
    assert values(result) == ["536904399"]


@pytest.mark.parametrize("surrogate", ["\ud800", "\udfff", "\ud83d"])
def test_lone_surrogates_shift_nothing(nine: Scanner, surrogate: str) -> None:
    assert values(nine.scan(f"{surrogate} keyword {surrogate} 536904399 {surrogate}")) == [
        "536904399"
    ]


def test_proximity_counts_characters_of_the_matching_text() -> None:
    scanner = scanner_of(a_sit(proximity=20))
    filler = "\u200b" * 30
    assert [d.confidence for d in scanner.scan(f"keyword {filler} 536904399").detections] == [85]


def test_offsets_behind_many_changes(nine: Scanner) -> None:
    text = (
        "e\u0301\u200b\u00ad" * 50
        + " keyword 536\u200b904399 "
        + "\u200b" * 7
        + "keyword 111-\u00ad222-338"
    )
    assert values(nine.scan(text)) == ["536\u200b904399", "111-\u00ad222-338"]


@pytest.mark.parametrize(
    "text", ["536\n\n904 399", "536\n> > \n904 399", "536 \u00a0904 399", "536--904399"]
)
def test_more_than_one_separator_is_none(nine: Scanner, text: str) -> None:
    assert values(nine.scan(f"keyword {text}")) == []


def test_scan_of_every_single_character(nine: Scanner) -> None:
    """No character, wherever it stands, moves the span of the value beside it."""
    for code in [*range(0, 0x3000, 7), *range(0xD800, 0xE000, 97), *range(0xE000, 0x110000, 9973)]:
        if not chr(code).isalnum() and chr(code) not in "-./+_~:=":
            text = f"keyword {chr(code)} 536904399 {chr(code)}{chr(code)} keyword"
            assert values(nine.scan(text)) == ["536904399"], hex(code)


def test_the_default_scanner_is_typed() -> None:
    with pytest.raises(TypeError, match="bytes"):
        sitclassify.Scanner.scan(scanner_of(a_sit()), b"keyword")  # type: ignore[arg-type]
