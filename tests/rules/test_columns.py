"""Rule 9: a value without a shape of its own is known by the name of its column, for every row however far below."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from toys import a_sit, scanner_of, values, write

from sitclassify import catalogue
from sitclassify.errors import RuleError
from sitclassify.judgement import SEGMENT
from sitclassify.scanner import Scanner

CELL = {"regex": "[a-z0-9!]{4,12}", "column": r"(?i)(?:my\ )?pass\ ?(?:word|wort)"}
ROWS = 500
SECRETS = [f"fox{7 * i}!" for i in range(1000, 1000 + ROWS)]


def a_column(**fields: object) -> dict[str, object]:
    """A SIT that is known by its column alone."""
    tiers = [{"confidence": 85, "primary": "cell"}]
    return a_sit("pass-word", primary={"cell": CELL}, evidence={}, tiers=tiers) | fields


@pytest.fixture(scope="module")
def cells() -> Scanner:
    return scanner_of(a_column(), a_sit(), min_confidence=75)


def rows(form: str) -> str:
    return "".join(form.format(s=s, i=i) for i, s in enumerate(SECRETS))


TABLES = {
    "CSV": "name,password,note\n" + rows("anna{i},{s},ok\n"),
    "CSV with quotes": '"name","My Password","note"\n' + rows('"Smith, Ann","{s}","ok"\n'),
    "blanks": "name, password, note\n" + rows("Ann, {s}, ok\n"),
    "semicolons": "name;PASSWORD;note\n" + rows("anna{i};{s};ok\n"),
    "TSV": "name\tpass word\tnote\n" + rows("anna\t{s}\tok\n"),
    "Markdown": "| name | **password** |\n|------|------:|\n" + rows("| anna | `{s}` |\n"),
    "Markdown, wide": f"| name{' ' * 40}| password{' ' * 40}|\n|---|---|\n"
    + rows("| a | {s}   |\n"),
    "Markdown without bars": "name | password\n---|---\n" + rows("anna | {s}\n"),
    "psql": " id | password  | note\n----+-----------+------\n" + rows(" {i} | {s} | ok\n"),
    "MySQL": "+----+----------+\n| id | password |\n+----+----------+\n" + rows("| {i} | {s} |\n"),
    "CRLF": "name,note,password\r\n" + rows("anna{i},ok,{s}\r\n"),
    "one column": "Password\n" + rows("{s}\n"),
    "JSON": '[["name", "password"],\n' + rows('["anna", "{s}"],\n') + '["x", "y"]]',
    "SQL": "INSERT INTO users (name, password) VALUES\n" + rows("('anna', '{s}'),\n"),
    "first line": "password,name\n" + rows("{s},anna\n"),
    "behind a paragraph": "Here it is:\n\nname,password,note\n" + rows("anna{i},{s},ok\n"),
    "no end of line": ("name,password\n" + rows("anna{i},{s}\n"))[:-1],
}


@pytest.mark.parametrize("kind", TABLES)
def test_every_row(cells: Scanner, kind: str) -> None:
    result = cells.scan(TABLES[kind])
    assert values(result) == SECRETS
    names = {TABLES[kind][e.start : e.end].lower() for d in result.detections for e in d.evidence}
    assert names <= {"password", "my password", "pass word"}


@pytest.mark.parametrize(
    "text",
    [
        "password, username, email",  # a list of the names of fields
        "The fields are:\nusername,\npassword,\nemail\n",
        "create(\n    password,\n    sha256sum,\n    user2,\n)",  # arguments
        "Please send your password, mail and name.\nThen, when it is so, call2me\n",
        "Give me a\npassword\nthat is good\n",  # in the middle of a text
        "name,password,note\nanna,,fox1!\n",  # an empty cell
        '"name","password"\n"anna","see\nfox1!"\n',  # a cell over two lines
        '"name","password"\n"anna, the","no pass word"\n',
        "name,password_hash\nanna,fox1!\n",
        "name,password\n\nanna,fox1!\n",  # another paragraph
        "anna,fox1!\nname,password\nben,fox2!\n",  # a row, no header
        "name,password\nanna,fox1!,fox2!\n",  # another number of cells
        "12,password\nanna,fox1!\n",  # a row whose header was not pasted
        "name,password\n---\nfox1!\n",
    ],
)
def test_no_column(cells: Scanner, text: str) -> None:
    assert values(cells.scan(text)) == []


def test_each_column_by_its_own_name() -> None:
    code = a_column(
        id="code", primary={"cell": {"regex": "[0-9]{3}", "column": "(?i)pass(?:word)? code"}}
    )
    scanner = scanner_of(a_column(), code)
    found = scanner.scan("password,x,pass code\nfox1!,123,456\n1234,fox2!,7777\n").detections
    assert [(d.sit, d.start) for d in found] == [("pass-word", 21), ("code", 31), ("pass-word", 35)]


def test_the_name_above_is_context(cells: Scanner) -> None:
    assert values(cells.scan("fox1!", context="password")) == ["fox1!"]
    said = [{"role": "assistant", "content": "password"}, {"role": "user", "content": "fox1!"}]
    assert values(cells.scan_conversation(said)[1]) == ["fox1!"]
    pasted = {"role": "user", "content": f"What is wrong here?\n\n{TABLES['TSV']}"}
    assert values(cells.scan_conversation([pasted])[0]) == SECRETS


def test_rows_beyond_a_segment(cells: Scanner) -> None:
    """A text that is worked on in segments: the header is in the first one, or in the middle of the text."""
    filling = "a row of,----,no secret\n" * (SEGMENT // 20)
    text = f"{'x y z' * 99}\n\nname,password,note\n{filling}anna,fox1!,ok\n{filling}{filling}ben,fox2!,\n"
    assert len(text) > 3 * SEGMENT
    assert values(cells.scan(text)) == ["fox1!", "fox2!"]


def test_many_columns_are_read_once(cells: Scanner) -> None:
    """A thousand columns of one name: the work is that of the text's length."""
    header = ",".join(["password"] * 1000)
    row = ",".join(["fox1!"] * 1000)
    assert len(cells.scan("\n".join([header] + [row] * 30)).detections) == 30_000


cell = st.sampled_from(["fox1!", "a", "", "password", '"fox2!"', "é", "12", '"', "fox3! x", "---"])
line = st.one_of(
    st.lists(cell, min_size=1, max_size=3).flatmap(
        lambda found: st.sampled_from([",", "|", " | ", "\t"]).map(lambda by: by.join(found))
    ),
    st.sampled_from(["name,password", "|password|x|", "password", "|---|---|", "", "----+---"]),
)
tables = st.lists(st.tuples(line, st.integers(1, 3)), min_size=1, max_size=12).map(
    lambda found: "".join(f"{text}\n" * times for text, times in found)
)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=tables, places=st.lists(st.integers(0, 1 << 10), max_size=9), far=st.booleans())
def test_every_cut_finds_the_same(cells: Scanner, text: str, places: list[int], far: bool) -> None:
    if far:  # the header is thrown away, and what is kept begins in the table
        text = text.replace("password\n", "password\n" + "anna,----\n" * 900)
    edges = [0, *sorted({p % (len(text) + 1) for p in places}), len(text)]
    stream = cells.stream()
    found = [d for low, high in pairwise(edges) for d in stream.feed(text[low:high])]
    found = [d._replace(rank=()) for d in [*found, *stream.close()]]
    assert found == [d._replace(rank=()) for d in cells.scan(text).detections]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"primary": {"cell": CELL | {"trigger": "x"}}}, "`column` goes with `regex` alone"),
        ({"tiers": [{"confidence": 85, "primary": "cell", "none": ["cell"]}]}, "as evidence"),
    ],
)
def test_what_a_column_cannot_have(tmp_path: Path, fields: dict[str, object], told: str) -> None:
    with pytest.raises(RuleError, match=told):
        catalogue.read([write(tmp_path, a_column(**fields))])
