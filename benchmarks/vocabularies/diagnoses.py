"""Writes the terms and categories of ICD-10-CM that the catalogue holds, from the package simple-icd-10-cm.

    pip install simple-icd-10-cm && python -m benchmarks.vocabularies.diagnoses

ICD-10-CM is in the public domain (National Center for Health Statistics); the package is MIT. Of 98,000 descriptions
those stay that are a name by themselves: three words at most, and none of the words of qualification.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parents[2]
TERMS = ROOT / "patterns" / "shared" / "diagnosis-terms.yaml"
VALIDATOR = ROOT / "sitclassify" / "validators" / "icd10cm.py"
_NO_DISEASE = "STVWXYZ"  # chapters of injuries, causes and circumstances
_QUALIFIED = re.compile(
    r"(?i)[,()\[\]/0-9]|\b(?:other|unspecified|not|elsewhere|due|following|with|without|by|in|of|encounter|history|"
    r"initial|left|right|bilateral|exposure|contact|and|or|to|state|status|type|for|stage|external|sequela|family|"
    r"personal|acquired|absence|use|from|abnormal|on|person|foreign|problem|need|allergy|region|specified|adverse|"
    r"poisoning|underdosing|fracture|injury|dislocation|at|level|class|episode)\b"
)
_MAX_WORDS, _MAX_LETTERS = 3, 36
# Names that people use of other things as well: `diseases` wants more evidence for the best known of them.
_EVERYDAY = frozenset(
    """
    auditory recruitment|claustrophobia|clicking hip|colic|coma|complicated cataract|constipation|continuous leakage|
    cough|cracked tooth|day blindness|dehydration|delayed puberty|embedded teeth|excessive horizontal overlap|
    exhibitionism|false labor|feeding difficulties|fetishism|flushing|freckles|ganglion|gas pain|glare sensitivity|
    headache|heartburn|hidden penis|hostility|impulsiveness|insomnia|insufficient anterior guidance|late pregnancy|
    long labor|low self-esteem|marker chromosomes|misplaced ear|mouth breathing|multiple gestation|nausea|nervousness|
    non-working side interference|old age|overactivity|overweight|page kidney|pallor|periodic breathing|plague|
    prominent ear|repeated falls|sadomasochism|siderosis|sneezing|snoring|split foot|steroid responder|stupor|
    tortuous aortic arch|twin pregnancy|violent behavior|visual discomfort|vomiting|weakness|restlessness|agitation|
    shock|rash|fever|pain|anosmia|sealpox
    """.replace("\n    ", "")
    .strip("|")
    .split("|")
)
_HEAD = """\
id: diagnosis-terms
description: >-
  Names of diseases as ICD-10-CM has them, those that are a name by themselves. Written by
  benchmarks/vocabularies/diagnoses.py.
sources: ["https://www.cdc.gov/nchs/icd/icd-10-cm/files.html"]
words:
"""
_EXAMPLES = """\
examples:
  match: ["achondroplasia", "systemic lupus erythematosus"]
  no_match: ["weakness of the argument"]
"""


def main() -> None:
    import simple_icd_10_cm as icd

    codes = icd.get_all_codes(with_dots=True)
    own = [c for c in codes if "-" not in c and c[0] not in _NO_DISEASE]
    terms = sorted(set(_names(icd.get_description(c) for c in own)))
    rows = "".join(f"  - {_quoted(term)}\n" for term in terms)
    TERMS.write_text(_HEAD + rows + _EXAMPLES, encoding="utf-8")
    categories = {c for c in codes if re.fullmatch(r"[A-Z][0-9][0-9A-Z]", c)}  # or a block of one
    table = "".join(f'    "{letter}": "{told}",\n' for letter, told in _by_letter(categories))
    module = VALIDATOR.read_text(encoding="utf-8")
    module = re.sub(r"(?s)(_CATEGORIES = \{\n).*?(\n\})", rf"\g<1>{table.rstrip()}\g<2>", module)
    VALIDATOR.write_text(module, encoding="utf-8")
    print(f"{len(terms)} terms, {len(categories)} categories")


def _names(descriptions: Iterable[str]) -> Iterable[str]:
    for told in descriptions:
        is_short = len(told.split()) <= _MAX_WORDS and len(told) <= _MAX_LETTERS
        if is_short and not _QUALIFIED.search(told) and told.lower() not in _EVERYDAY:
            yield told.lower()


def _quoted(term: str) -> str:
    return f'"{term}"' if "'" in term else term


def _by_letter(categories: Iterable[str]) -> Iterable[tuple[str, str]]:
    """Per letter the numbers of its categories, as ranges, and those with a letter in the third place."""
    by_letter: dict[str, list[str]] = {}
    for category in sorted(categories):
        by_letter.setdefault(category[0], []).append(category[1:])
    for letter, rest in by_letter.items():
        runs: list[list[int]] = []
        for number in (int(r) for r in rest if r.isdigit()):
            if runs and number == runs[-1][-1] + 1:
                runs[-1].append(number)
            else:
                runs.append([number])
        told = [f"{r[0]:02}-{r[-1]:02}" if len(r) > 1 else f"{r[0]:02}" for r in runs]
        yield letter, " ".join([*told, *(r for r in rest if not r.isdigit())])


if __name__ == "__main__":
    main()
