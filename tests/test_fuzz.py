"""Whatever the text: `scan` returns, spans are valid, and the work grows with the length only."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from toys import TOY, a_sit, scanner_of

import sitclassify
from sitclassify.candidates import Primary
from sitclassify.results import ScanResult
from sitclassify.scanner import Scanner

ANY = st.text(st.characters(codec=None, categories=None), max_size=200)  # surrogates and NUL too
BITS = [
    *(
        "account",
        "4111 1111 1111 1111",
        "\u200b",
        "\u0301" * 9,
        "\ufe0f",
        "\U000e0041",
        "\U000e007f",
        "\x00",
    ),
    *(
        "\ud800",
        "\udc00",
        "\r\n> ",
        "\n",
        "|",
        ",",
        "\t",
        '"',
        "{",
        "}",
        "[",
        "\\u0034",
        "%34",
        "&#52;",
        "&amp;",
    ),
    *(
        "YWNjb3VudCA0MTExMTExMTExMTExMTEx",
        "6163636f756e7420",
        "tok_",
        "passcode is ",
        "vault",
        "Z999",
    ),
    *(
        "\uff14",
        "\u0664",
        "\u0430",
        "_",
        "-",
        ":",
        "=",
        "X" * 30,
        "9" * 30,
        "apple pear plum 12345",
    ),
]
MIXED = st.lists(st.sampled_from(BITS) | st.text(max_size=5), max_size=30).map("".join)


def assert_valid(text: str, result: ScanResult) -> None:
    assert result.length == len(text)
    for item in (*result.detections, *result.dismissed):
        assert 0 <= item.start < item.end <= len(text)
    for detection in result.detections:
        assert 1 <= detection.confidence <= 100
        for _, start, end in detection.evidence:
            assert 0 <= start < end <= len(text)
    best = result.best()
    for i, one in enumerate(best):
        assert all(one.end <= other.start for other in best[i + 1 :])
    assert sum(result.counts(unique=False).values()) == len(result.detections)
    result.to_json(include_values=True)


@settings(max_examples=300, deadline=None)
@given(text=ANY | MIXED)
def test_any_text(toy: Scanner, text: str) -> None:
    result = toy.scan(text)
    assert_valid(text, result)
    assert toy.scan(text) == result
    toy.explain(text)


@settings(max_examples=100, deadline=None)
@given(text=MIXED, context=st.none() | MIXED)
def test_any_context(toy: Scanner, text: str, context: str | None) -> None:
    result = toy.scan(text, context=context)
    for item in (*result.detections, *result.dismissed):
        assert 0 <= item.start < item.end <= len(text)
    toy.explain(text, context=context)


@settings(max_examples=100, deadline=None)
@given(before=st.text("ab \n.", max_size=30), text=MIXED)
def test_a_text_of_its_own_line_is_found_wherever_it_stands(
    toy: Scanner, before: str, text: str
) -> None:
    """Harmless words before a text move its findings and lose none."""
    moved = {(d.sit, d.start, d.end) for d in toy.scan(f"so {before} so. So {text}").detections}
    shift = len(f"so {before} so. So ")
    lost = {(d.sit, d.start + shift, d.end + shift) for d in toy.scan(f"So {text}"[3:]).detections}
    if "\n" not in before + text and not set(text) & set(':=>#|,;\t\\%&"'):
        assert {sit for sit, *_ in lost} <= {sit for sit, *_ in moved}


json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=10),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["type", "text", "content", "input", "role"]), inner, max_size=3
        )
    ),
    max_leaves=8,
)


@settings(max_examples=100, deadline=None)
@given(
    contents=st.lists(st.tuples(st.sampled_from(["user", "assistant", "tool"]), json), max_size=4)
)
def test_any_conversation(toy: Scanner, contents: list[tuple[str, object]]) -> None:
    messages = [{"role": role, "content": content} for role, content in contents]
    assert len(toy.scan_conversation(messages)) == len(messages)


HOSTILE = {
    "digits": "4",
    "spaces": " ",
    "spaced digits": "1 ",
    "one keyword": "account ",
    "one keyword and a value": "account 4111 1111 1111 1111 ",
    "values": "4111-1111-1111-1111 ",
    "evidence of the own element": "123456 ",
    "words that nest": "citizen number ",
    "near": "vault aB3dEf9hIj1k ",
    "near without a value": "vault ",
    "triggers": "passcode is ",
    "base64": "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo",
    "lines of base64": "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo\n",
    "hex": "4a4b4c4d",
    "percent": "%34",
    "entities": "&#52;",
    "escapes": "\\u0034",
    "brackets": "[",
    "braces and quotes": '{"',
    "combining marks": "\u0301",
    "marks of many kinds": "a\u0301\u0323\u0345",
    "zero width": "\u200b",
    "selectors": "\U000e0141",
    "tags": "\U000e0041",
    "camelCase": "aB",
    "camel words": "bankCardNumber",
    "underscores": "_",
    "rows": "4111,",
    "table": "account,x\n4111111111111111,y\n",
    "line breaks": "\n> ",
    "broken numbers": "411\n> ",
    "colons": ":",
    "keys": "account: ",
    "surrogates": "\ud800",
    "full-width": "\uff14",
    "look-alikes": "a\u0430",
    "asterisks": "*",
    "dots": "4.",
    "dates": "12.03.1984 clinic 12345678903 ",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_texts(toy: Scanner, kind: str) -> None:
    text = (HOSTILE[kind] * 20_000)[:20_000]
    assert toy.scan(text).length == 20_000


@pytest.fixture(scope="module")
def bounded() -> Scanner:
    """The toys without unlimited proximity: what a long text is worked on with, in segments."""
    names = sorted(
        p.stem for p in TOY.glob("*.yaml") if p.stem not in ("toy-everywhere", "toy-bundle")
    )
    return sitclassify.load(
        catalogue=TOY, sits=names, classifiers=(), min_confidence=1, cache=False
    )


@pytest.mark.slow
@pytest.mark.parametrize("kind", HOSTILE)
def test_the_work_grows_with_the_length(bounded: Scanner, kind: str) -> None:
    """Twice the text may take three times as long, never four; short runs are left out as noise."""

    def seconds(length: int) -> float:
        text = (HOSTILE[kind] * (length // len(HOSTILE[kind]) + 1))[:length]
        runs = []
        for _ in range(3):  # the processor's time of the best run: others work beside us
            begun = time.process_time()
            bounded.scan(text)
            runs.append(time.process_time() - begun)
        return min(runs)

    length = 25_000
    bounded.scan("warm up")
    short = seconds(length)
    while length < 1_600_000:
        long = seconds(2 * length)
        assert long < 3 * short + 0.5, (
            f"{kind}: {short:.2f} s for {length}, {long:.2f} s for twice that"
        )
        length, short = 2 * length, long


@pytest.mark.slow
@pytest.mark.parametrize(
    "kind", ["digits", "spaces", "one keyword", "base64", "combining marks", "brackets"]
)
def test_ten_megabytes(bounded: Scanner, kind: str) -> None:
    text = (HOSTILE[kind] * 10_000_000)[:10_000_000]
    assert bounded.scan(text).length == 10_000_000


def test_an_open_repeat_that_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Groups without end of which the validator takes six digits only: characters judged grow with the text."""
    number = {"regex": r"\b[0-9]{3}(?: [0-9]{3})*\b"}
    weights = {"weighted": {"weights": [1] * 6, "modulus": 7}}
    scanner = scanner_of(a_sit(primary={"number": {**number, "validator": weights}}))
    judged: list[int] = []
    accepts = Primary.accepts

    def counting(primary: Primary, text: str, start: int, end: int) -> bool:
        judged.append(end - start)
        return accepts(primary, text, start, end)

    monkeypatch.setattr(Primary, "accepts", counting)
    spent = []
    for count in (100, 200):
        judged.clear()
        scanner.scan("keyword " + "123 " * count)
        spent.append(sum(judged))
    assert spent[1] < 3 * spent[0]
