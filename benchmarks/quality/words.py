"""What python-stdnum calls a type of number: words that are not from our own lists.

The first line of a module reads "CUIT (Codigo Unico de Identificacion Tributaria, Argentinian tax number).":
the short name, and in brackets the long one and an English one, any of which may stand alone.
"""

from __future__ import annotations

import importlib
import re

_LONGEST = 60  # characters; more is a sentence, no name
_LEADING = re.compile(r"^(?:the|an?|or short|sometimes|or)\s+", re.IGNORECASE)
_DEMONYMS = {  # of the countries that Presidio's names of entities begin with
    "au": "Australian", "ca": "Canadian", "de": "German", "es": "Spanish", "fi": "Finnish", "in": "Indian",
    "it": "Italian", "kr": "Korean", "ng": "Nigerian", "ph": "Philippine", "pl": "Polish", "se": "Swedish",
    "sg": "Singapore", "th": "Thai", "tr": "Turkish", "uk": "UK", "us": "US", "za": "South African",
}  # fmt: skip


def of_stdnum(module: str) -> list[str]:
    """Names of the type `ar.cuit` in the description of `stdnum.ar.cuit`.

    >>> of_stdnum("nl.bsn")
    ['BSN', 'Burgerservicenummer', 'Dutch citizen identification number']
    """
    text = (importlib.import_module(f"stdnum.{module}").__doc__ or "").strip()
    line = " ".join(text.split("\n\n")[0].split()).removesuffix(".")
    head, _, rest = line.partition(" (")
    parts = [*re.split(r", | or ", head), *rest.rpartition(")")[0].split(", ")]
    names = (_LEADING.sub("", part.strip(), count=1) for part in parts)
    return [name for name in dict.fromkeys(names) if 1 < len(name) <= _LONGEST]


def of_presidio(entity: str) -> list[str]:
    """What a Presidio entity is called in a sentence.

    >>> of_presidio("TR_NATIONAL_ID"), of_presidio("IBAN_CODE")
    (['Turkish national id'], ['iban code'])
    """
    name = entity.replace("_", " ").lower()
    country, _, rest = name.partition(" ")
    return [f"{_DEMONYMS[country]} {rest}" if country in _DEMONYMS and rest else name]
