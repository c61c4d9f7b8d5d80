"""A peer over JSON lines; runs in the peer's own environment: `python peer_rows.py ADAPTER FILE`.

An adapter with `load_batch` has an engine of batches: texts -> an iterable of the findings of each.
"""

import importlib.util
import json
import sys
import time
import warnings
from pathlib import Path


def main():
    """Print rows, seconds and findings; loading is not counted."""
    warnings.simplefilter("ignore")
    spec = importlib.util.spec_from_file_location("adapter", sys.argv[1])
    adapter = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(adapter)
    with Path(sys.argv[2]).open(encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    if hasattr(adapter, "load_batch"):
        scan = adapter.load_batch()
    else:
        detect = adapter.load()

        def scan(texts):
            return map(detect, texts)

    list(scan(["warm up"]))
    started = time.process_time()
    count = sum(len(found) for found in scan(texts))
    seconds = time.process_time() - started
    print(json.dumps({"rows": len(texts), "cpu_seconds": seconds, "findings": count}))


if __name__ == "__main__":
    main()
