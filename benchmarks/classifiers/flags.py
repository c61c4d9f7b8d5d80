"""Writes what is not learned into the model files: names, texts, licences, the experimental mark."""

from __future__ import annotations

import json

import datasets
import evaluate
import specs


def main() -> None:
    for spec in specs.SPECS:
        path = evaluate.MODELS / spec.id / "model.json"
        about = json.loads(path.read_text(encoding="utf-8"))
        about |= {
            "name": spec.name,
            "description": spec.description,
            "category": spec.category,
            "purview_guid": spec.purview_guid,
            "experimental": spec.experimental,
            "minimum_words": spec.minimum_words,
        }
        sources = about["training"]["sources"]
        about["training"]["sources"] = {name: datasets.licence(name) for name in sources}
        path.write_text(json.dumps(about, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
