"""The eight layouts in which people write a value and the word that says what it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

_BETWEEN = re.compile(r"""[\s.,:()'’"/-]+""")


def _key(word: str) -> str:
    return _BETWEEN.sub("_", word.lower()).strip("_")


def _cell(value: str) -> str:
    return f'"{value}"' if "," in value else value


LAYOUTS: Mapping[str, Callable[[str, str], str]] = {
    "label": lambda word, value: f"{word}: {value}",
    "sentence-before": lambda word, value: (
        f"She gave me the {word} over the counter yesterday. It is {value}, can you file it?"
    ),
    "sentence-after": lambda word, value: (
        f"Please copy {value} into the letter. It is the {word} of our new client."
    ),
    "json": lambda word, value: f'{{"name": "Okafor", "{_key(word)}": "{value}", "active": true}}',
    "csv": lambda word, value: f"name,{word},city\nOkafor,{_cell(value)},Tarnbeck\n",
    "form": lambda word, value: f"Surname      Okafor\n{word}      {value}\nTown      Tarnbeck\n",
    "code": lambda word, value: f'record = Client("Okafor")\nrecord.{_key(word)} = "{value}"\n',
    "markdown": lambda word, value: (
        f"| name | {word} | town |\n| --- | --- | --- |\n| Okafor | {value} | Tarnbeck |\n"
    ),
}
"""Layout name -> text of a word and a value."""
