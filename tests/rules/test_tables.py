"""Rule 9: the header of a pasted table is the label of every row, however far below."""

from __future__ import annotations

import pytest
from toys import a_sit, scanner_of

from sitclassify.columns import Columns
from sitclassify.scanner import Scanner

SIX = r"\b[0-9]{6}\b"
ROWS = 500
NUMBERS = [f"{604000 + 7 * i}" for i in range(ROWS)]


@pytest.fixture(scope="module")
def tables() -> Scanner:
    """Two SITs of the same shape, known by the column they stand in."""
    plant = a_sit("plant-id", SIX, words=("plant", "plant no"), proximity=50)
    river = a_sit("river-id", SIX, words=("river",), proximity=50)
    return scanner_of(plant, river, min_confidence=75)


def columns(scanner: Scanner, text: str) -> set[tuple[str, str]]:
    result = scanner.scan(text)
    return {(d.sit, result.value(d)) for d in result.detections}


def rows(form: str) -> str:
    return "".join(form.format(n=n, i=i) for i, n in enumerate(NUMBERS))


TABLES = {
    "CSV": "name,plant_no,note\n" + rows("anna{i},{n},ok\n"),
    "CSV with quotes": '"name","plant_no","note"\n' + rows('"Smith, Ann","{n}","ok"\n'),
    "semicolons": "name;plant;note\n" + rows("anna{i};{n};ok\n"),
    "TSV": "name\tplant no\tnote\n" + rows("anna\t{n}\tok\n"),
    "Markdown": "| name | plant |\n|------|------:|\n" + rows("| anna | {n} |\n"),
    "Markdown without bars": "name | plant\n---|---\n" + rows("anna | {n}\n"),
    "psql": " id | plant  | note\n----+--------+------\n" + rows(" {i} | {n} | ok\n"),
    "CRLF": "name,plant_no,note\r\n" + rows("anna{i},{n},ok\r\n"),
    "one column": "plant_no\n" + rows("{n}\n"),
    "camelCase": "name,plantNo,note\n" + rows("anna{i},{n},ok\n"),
    "behind a paragraph": "Here it is:\n\nname,plant,note\n" + rows("anna{i},{n},ok\n"),
    "MySQL": "+------+--------+\n| name | plant  |\n+------+--------+\n" + rows("| anna | {n} |\n"),
}


@pytest.mark.parametrize("kind", TABLES)
def test_the_header_labels_every_row(tables: Scanner, kind: str) -> None:
    assert columns(tables, TABLES[kind]) == {("plant-id", number) for number in NUMBERS}


def test_each_column_has_its_own_header(tables: Scanner) -> None:
    text = "plant,river\n" + "".join(f"{n},{int(n) + 200000}\n" for n in NUMBERS)
    expected = {("plant-id", n) for n in NUMBERS}
    expected |= {("river-id", f"{int(n) + 200000}") for n in NUMBERS}
    assert columns(tables, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "name,plant,note\n" + "x,y,z\n" * 40 + "604399,here,ok\n",  # another column
        "name,plant,note\n"
        + "x,y,z\n" * 40
        + "\nname,price,note\nanna,604399,ok\n",  # another table
        "name,plant_count\n" + "x,1\n" * 40 + "anna,604399\n",
    ],
)
def test_not_in_the_column(tables: Scanner, text: str) -> None:
    assert columns(tables, text) == set()


def test_a_column_of_a_rival(tables: Scanner) -> None:
    assert columns(tables, "plant,river\nabc,604399\n") == {("river-id", "604399")}


@pytest.mark.parametrize(
    "text", ["604399", "604399,604398", "\n604399", ",\n,604399", "|\n|604399", "\t604399\n---\n"]
)
def test_what_is_hardly_a_table(tables: Scanner, text: str) -> None:
    assert columns(tables, text) == set()


def test_sentences_with_commas_are_no_table(tables: Scanner) -> None:
    """As many commas above as in the sentence of a value: no column whose name could speak against it."""
    text = (
        'Each day needs a plan," said Ben, "but not a long one."\n'
        "Please compare the milk, then read on. The plant no is 604399. A lamp, then.\n"
    )
    assert columns(tables, text) == {("plant-id", "604399")}


def test_a_value_that_goes_on_in_the_next_line_is_no_cell() -> None:
    """Its own line is no row, and together with the next one looks like one."""
    text = "plant|key\n----- the beginning of it -----\nand its end -----|x\n"
    assert Columns(text).find_header(text.index("-"), text.rindex("|")) is None
