"""Runs in a peer's own environment: `python worker.py ADAPTER`; questions and answers are lines of JSON.

`{"text": ...}` is answered with spans; `{"time": ..., "ns": N}` with the nanoseconds of every call in N. An
adapter that works out the places itself has the peer's own call as `load_call`.
"""

import contextlib
import importlib.util
import json
import os
import sys
import time
import warnings


def main():
    """Answer until the input ends. What the peer prints goes to standard error."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    warnings.simplefilter("ignore")
    spec = importlib.util.spec_from_file_location("adapter", sys.argv[1])
    adapter = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(adapter)
    detect = adapter.load()
    call = adapter.load_call() if hasattr(adapter, "load_call") else detect
    for line in sys.stdin:
        asked = json.loads(line)
        answer = timed(call, asked) if "time" in asked else {"spans": list(detect(asked["text"]))}
        print(json.dumps(answer), file=out, flush=True)


def timed(call, asked):
    """Call for about the time that was asked, at least once."""
    samples, clock = [], time.perf_counter_ns
    end = clock() + asked["ns"]
    while not samples or clock() < end:
        start = clock()
        call(asked["time"])
        samples.append(clock() - start)
    return {"samples": samples}


if __name__ == "__main__":
    with contextlib.suppress(BrokenPipeError, KeyboardInterrupt):
        main()
