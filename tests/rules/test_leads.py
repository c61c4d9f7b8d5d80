"""What is asked before a trigger's expression is tried: it never hides a value."""

from __future__ import annotations

import pytest
import regex

from sitclassify import catalogue, resources
from sitclassify.leads import Lead, find_lead


@pytest.mark.parametrize(
    ("expression", "characters", "width"),
    [
        ("(?i)password[ \t]{0,9}[:=](?P<value>[a-z]+)", ":=", 18),
        ("key(?: is ['\"](?P<value>[^'\"]+)['\"]|=(?P<value>[a-z]+)) now", "'\"=", 8),
        ("(?<=--)pass(?!=)(?::|=>)(?P<value>[a-z:]+)", ":=", 6),
        ("tok(?:_[a-z]{3}){2}[0-9]{40}", "_", 51),
    ],
)
def test_characters_that_a_match_cannot_do_without(
    expression: str, characters: str, width: int
) -> None:
    assert find_lead([expression]) == Lead(frozenset(characters), width)


@pytest.mark.parametrize(
    "expression",
    [
        "password (?:is|:) (?P<value>[a-z]+)",  # "is" is prose
        "password:?(?P<value>[a-z]+)",
        "password(?P<value>:[a-z]+)",  # only the value holds one
        "pin[-.,] (?P<value>[0-9]{4})",
        "(?P<unfinished",
    ],
)
def test_no_lead_where_a_match_can_do_without(expression: str) -> None:
    assert find_lead([expression]) is None


def test_every_match_in_the_examples_of_the_catalogue_holds_its_lead() -> None:
    files = catalogue.read([resources.folder("patterns")])
    text = "\n\n".join(example.text for file in files for example in file.examples.match)
    seen = 0
    for expressions in {e.expressions for file in files for e in file.sit.primary if e.trigger}:
        lead = find_lead(expressions)
        if lead is None:
            continue
        for expression in expressions:
            for match in regex.finditer(expression, text, regex.ASCII):
                seen += 1
                start = match.start()
                assert lead.characters & set(text[start : start + lead.width]), match
    assert seen > 200
