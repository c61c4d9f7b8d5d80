"""Known values beside the word that says what they are: found, told first, and wrong ones refused."""

from __future__ import annotations

import importlib
import ipaddress
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from benchmarks.quality import words
from benchmarks.quality.layouts import LAYOUTS
from benchmarks.quality.rows import Data
from sitclassify.scanner import Scanner
from sitclassify.yaml_file import YamlFile

STDNUM = "stdnum_examples"
PLAIN = "label"  # the layout of the goals that name none
_TYPES = Path(__file__).with_name("types.yaml")
_AS_WRITTEN = "as written"
_CHECKS = {  # types of Presidio whose values have a public check, which some of its tests do not pass
    "CREDIT_CARD": "luhn", "DE_TAX_ID": "de.idnr", "ES_NIF": "es.dni", "FI_PERSONAL_IDENTITY_CODE": "fi.hetu",
    "IN_AADHAAR": "in_.aadhaar", "IN_GSTIN": "in_.gstin", "IN_PAN": "in_.pan", "IN_VOTER": "in_.epic",
    "IT_VAT_CODE": "it.iva", "KR_RRN": "kr.rrn", "TH_TNIN": "th.pin",
}  # fmt: skip
_RISING = "0123456789" * 3
_FICTION = re.compile(
    r"\(?[2-9][0-9]{2}\)?[-. ]*555[-. ]?01[0-9]{2}"
)  # telephone numbers that films use
_DOCUMENTED = tuple(  # RFC 5737, RFC 3849, and the addresses of the machine itself: no finding
    map(
        ipaddress.ip_network,
        (
            "192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32",
            "127.0.0.0/8", "0.0.0.0/32", "::/127",
        ),
    )
)  # fmt: skip


class Value(NamedTuple):
    """One labelled value, and which SITs are right for it. `text`: with the data's own words around it."""

    row: str
    set: str
    type: str
    sits: tuple[str, ...]
    value: str
    is_valid: bool
    words: list[str]
    text: str | None


class Outcome(NamedTuple):
    """What one text with a value gave. `first` is the SIT that `best()` has for the value."""

    value: Value
    layout: str
    is_found: bool
    first: str | None

    @property
    def is_first(self) -> bool:
        """Whether the winner is right."""
        return self.first in self.value.sits


def types() -> dict[str, dict[str, tuple[str, ...]]]:
    """Set of data -> type in it -> SITs that are right for the type."""
    data: Mapping[str, Mapping[str, list[str]]] = YamlFile(_TYPES).data
    return {name: {kind: tuple(ids) for kind, ids in kinds.items()} for name, kinds in data.items()}


def read(data: Data) -> Iterator[Value]:
    """The values whose type is mapped."""
    for name, kinds in types().items():
        for row in data.rows("ids", name):
            text, kind = row["text"], row.get("id_type") or row["spans"][0]["label"]
            module = kind
            if kind == "eu.vat":  # one module for the numbers of 27 countries
                kind = f"{kind}/{text[:2].upper()}"
            if kind in kinds:
                value = text
                for span in row["spans"][:1]:
                    value = text[span["start"] : span["end"]]
                context = text if value != text else None
                is_valid = bool(row.get("valid", 1))
                if is_valid and not _is_countable(kind, value):
                    continue
                is_stdnum = name == STDNUM
                named = words.of_stdnum(module) if is_stdnum else words.of_presidio(module)
                yield Value(
                    row["id"], name, kind, kinds[kind], value, is_valid, named, context
                )  # fmt: skip


def _is_countable(kind: str, value: str) -> bool:
    """Whether a value that the data calls valid passes its public check and is no documented example."""
    if kind == "IP_ADDRESS":
        return not _is_documented(value)
    if (kind == "PHONE" and _FICTION.fullmatch(value)) or _counts_up(value):
        return False
    if kind in _CHECKS:
        check = importlib.import_module(f"stdnum.{_CHECKS[kind]}")
        return bool(check.is_valid(value))
    return True


def _counts_up(value: str) -> bool:
    """Whether a number's digits are all equal or count up: by contract an example, no finding."""
    digits = re.sub("[^0-9]", "", value)
    is_number = len(digits) >= 5 and 3 * len(digits) >= 2 * len(re.sub("[^0-9A-Za-z]", "", value))
    return is_number and (len(set(digits)) == 1 or digits in _RISING)


def _is_documented(address: str) -> bool:
    """Whether an address, a network's or one with an IPv4 one inside, is of those that documents use."""
    plain = address.partition("/")[0].partition("%")[0]
    try:
        found = ipaddress.ip_address(plain)
        inner = ipaddress.ip_address(plain.rpartition(":")[2] if "." in plain else plain)
    except ValueError:
        return False
    return any(one in network for network in _DOCUMENTED for one in (found, inner))


def measure(values: list[Value], scanner: Scanner) -> Iterator[Outcome]:
    """Scan every value in every layout, each time beside another of its words."""
    for number, value in enumerate(values):
        for turn, (layout, write) in enumerate(LAYOUTS.items()):
            word = value.words[(number + turn) % len(value.words)]
            text = write(word, value.value)
            yield _outcome(value, layout, text, text.rfind(value.value), scanner)
        if value.text is not None:
            yield _outcome(value, _AS_WRITTEN, value.text, value.text.find(value.value), scanner)


def _outcome(value: Value, layout: str, text: str, start: int, scanner: Scanner) -> Outcome:
    end = start + len(value.value)
    result = scanner.scan(text)
    spans = [(d.start, d.end) for d in result.detections if d.sit in value.sits]
    if value.is_valid or value.set != STDNUM:
        is_found = any(low < end and start < high for low, high in spans)
    else:  # "AT ATU 65033803" is no number, and the right one in it may be found
        is_found = any(low <= start and end <= high for low, high in spans)
    winners = (d.sit for d in result.best() if d.start < end and start < d.end)
    return Outcome(value, layout, is_found, next(winners, None))
