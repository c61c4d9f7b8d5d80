"""One measurement per kind of benchmark; each returns figures, not a verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, cycle

from benchmarks import processes
from benchmarks.definition import Definition
from benchmarks.raw import RawCalls, record
from benchmarks.scanners import Scanners
from benchmarks.timing import Call, cpu_time, interleave, one_core, percentile, samples
from sitclassify.scanner import Scanner

_TOKEN = 4  # characters
_THREADS = 8


@dataclass
class Measured:
    """What came out: figures by name, the raw calls beside them, and the detections found."""

    figures: dict[str, float] = field(default_factory=dict)
    raw: dict[str, float] = field(default_factory=dict)
    found: dict[str, int] | None = None
    skipped: str | None = None  # why there are no figures


def measure(definition: Definition, scanners: Scanners, seconds: float) -> Measured:
    """Answer one question in about `seconds`."""
    if definition.classifiers and not scanners.has_classifiers():
        return Measured(skipped="no classifier can be loaded yet")
    if definition.kind == "compile":  # may use every core
        return Measured({"seconds": processes.compile_seconds(scanners.catalogue)})
    if definition.kind == "threads":  # uses every core
        return _threads(definition, scanners, seconds)
    with one_core():
        return _KINDS[definition.kind](definition, scanners, seconds)


def _scan(definition: Definition, scanners: Scanners, seconds: float) -> Measured:
    assert definition.text is not None
    scanner = scanners.load(classifiers=definition.classifiers)
    texts = definition.text.texts()
    raw = record(scanner, texts)
    calls = {"scan": _scan_all(scanner, texts), "raw": raw.repeat()}
    if definition.baseline is not None:
        calls["baseline"] = _scan_all(scanner, definition.baseline.texts())
    samples = interleave(calls, seconds)
    p50 = {name: percentile(kept, 0.5) for name, kept in samples.items()}
    size = sum(len(text.encode("utf-8", "replace")) for text in texts)
    figures = {
        "p50_us": p50["scan"] / 1e3,
        "p95_us": percentile(samples["scan"], 0.95) / 1e3,
        "p99_us": percentile(samples["scan"], 0.99) / 1e3,
        "p99_cpu_us": percentile(cpu_time(calls["scan"], seconds / 4), 0.99) / 1e3,
        "mb_per_s": size * 1e3 / p50["scan"],
        "ratio": p50["scan"] / p50["raw"],
        "samples": len(samples["scan"]),
        "texts": len(texts),
        "bytes": size,
    }
    if "baseline" in p50:
        figures["times_baseline"] = p50["scan"] / p50["baseline"]
    found = [scanner.scan(text).counts(unique=False) for text in texts]
    figures["flagged_percent"] = 100 * sum(map(bool, found)) / len(texts)
    limit = {"p50_us": p50["raw"] / 1e3, "mb_per_s": size * 1e3 / p50["raw"]}
    return Measured(figures, limit | _counted(raw), _summed(found))


def _counted(raw: RawCalls) -> dict[str, float]:
    return {"calls": len(raw.calls), "bytes": raw.size, "hits": raw.hits}


def _summed(found: Iterable[dict[str, int]]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for counts in found:
        total.update(counts)
    return dict(sorted(total.items()))


def _scan_all(scanner: Scanner, texts: Sequence[str]) -> Call:
    if len(texts) == 1:
        return partial(scanner.scan, texts[0])
    scan = scanner.scan

    def scan_all() -> None:
        for text in texts:
            scan(text)

    return scan_all


def _texts(definition: Definition, scanners: Scanners, seconds: float) -> Measured:
    """Each text timed alone, the samples of all pooled."""
    assert definition.text is not None
    scanner, texts = scanners.load(), definition.text.texts()
    raw = [record(scanner, [text]) for text in texts]
    calls: dict[str, Call] = {f"scan {i}": partial(scanner.scan, t) for i, t in enumerate(texts)}
    calls |= {f"raw {i}": calls_.repeat() for i, calls_ in enumerate(raw)}
    pooled: dict[str, list[int]] = {"scan": [], "raw": []}
    for name, kept in interleave(calls, seconds).items():
        pooled[name.partition(" ")[0]] += kept
    scan, limit = (sorted(pooled[name]) for name in ("scan", "raw"))
    figures = _percentiles(scan) | {"ratio": percentile(scan, 0.5) / percentile(limit, 0.5)}
    found = [scanner.scan(text).counts(unique=False) for text in texts]
    told = {"p50_us": percentile(limit, 0.5) / 1e3, "calls": sum(len(r.calls) for r in raw)}
    return Measured(figures | {"texts": len(texts)}, told, _summed(found))


def _threads(definition: Definition, scanners: Scanners, seconds: float) -> Measured:
    """All threads scan the texts over and over; `times_one`: texts a second over those of one thread."""
    assert definition.text is not None
    scanner, texts = scanners.load(), definition.text.texts()
    for text in texts:
        scanner.scan(text)

    def scan_on(_: int) -> list[int]:
        every = cycle(texts)
        return samples(lambda: scanner.scan(next(every)), int(seconds / 2 * 1e9))

    rates: dict[int, float] = {}
    for count in (1, _THREADS):
        with ThreadPoolExecutor(count) as pool:
            taken = sorted(chain.from_iterable(pool.map(scan_on, range(count))))
        rates[count] = len(taken) / (seconds / 2)
    figures = _percentiles(taken) | {
        "texts_per_s": rates[_THREADS],
        "times_one": rates[_THREADS] / rates[1],
        "threads": _THREADS,
    }
    return Measured(figures, found=_summed(scanner.scan(t).counts(unique=False) for t in texts))


def _percentiles(rising: Sequence[int]) -> dict[str, float]:
    shares = {"p50_us": 0.5, "p95_us": 0.95, "p99_us": 0.99}
    told = {name: percentile(list(rising), share) / 1e3 for name, share in shares.items()}
    return told | {"samples": len(rising)}


def _batch(definition: Definition, scanners: Scanners, seconds: float) -> Measured:
    """`scan_batch` of all texts, and `scan` of one after the other."""
    assert definition.text is not None
    scanner, texts = scanners.load(), definition.text.texts()
    calls: dict[str, Call] = {
        "batch": partial(scanner.scan_batch, texts),
        "one": _scan_all(scanner, texts),
    }
    taken = {name: percentile(kept, 0.5) for name, kept in interleave(calls, seconds).items()}
    size = sum(len(text.encode()) for text in texts)
    figures = {
        "mb_per_s": size * 1e3 / taken["batch"],
        "texts_per_s": len(texts) * 1e9 / taken["batch"],
        "times_one": taken["one"] / taken["batch"],
        "texts": len(texts),
        "bytes": size,
    }
    found = (result.counts(unique=False) for result in scanner.scan_batch(texts))
    return Measured(figures, found=_summed(found))


def _stream(definition: Definition, scanners: Scanners, seconds: float) -> Measured:
    """Time per token of a stream that is fed token by token, and what a scan of the whole text takes."""
    assert definition.text is not None
    scanner = scanners.load()
    texts = definition.text.texts()
    tokens = [[text[i : i + _TOKEN] for i in range(0, len(text), _TOKEN)] for text in texts]
    found: list[dict[str, int]] = []
    held: list[int] = []

    def stream_all() -> None:
        found.clear()
        for chunks in tokens:
            stream = scanner.stream()
            detections = [d for chunk in chunks for d in stream.feed(chunk)]
            held.append(sum(map(len, chunks)) - stream.safe_end)
            found.append(Counter(d.sit for d in detections + stream.close()))

    samples = interleave(
        {"stream": stream_all, "scan": _scan_all(scanner, texts)}, seconds, least=3
    )
    p50 = {name: percentile(kept, 0.5) for name, kept in samples.items()}
    count = sum(map(len, tokens))
    figures = {
        "us_per_token": p50["stream"] / 1e3 / count,
        "times_scan": p50["stream"] / p50["scan"],
        "held_at_end": max(held),
        "tokens": count,
    }
    return Measured(figures, found=_summed(found))


def _text_growth(definition: Definition, scanners: Scanners, seconds: float) -> Measured:
    """Time per byte at the largest size over that at the smallest."""
    assert definition.text is not None
    scanner = scanners.load()
    texts = [definition.text.sized(size).texts()[0] for size in definition.sizes]
    names = [f"mb_per_s_{size // 1000}_kb" for size in definition.sizes]
    calls = {name: partial(scanner.scan, text) for name, text in zip(names, texts, strict=True)}
    samples = interleave(calls, seconds, least=3)
    rates = {
        name: len(text.encode()) * 1e3 / percentile(samples[name], 0.5)
        for name, text in zip(names, texts, strict=True)
    }
    first, *_, last = rates.values()
    found = [scanner.scan(text).counts(unique=False) for text in texts]
    return Measured({"times_per_byte": first / last, **rates}, found=_summed(found))


def _catalogue_growth(definition: Definition, scanners: Scanners, seconds: float) -> Measured:
    """A scan with the whole catalogue over one with every other SIT of it."""
    assert definition.text is not None
    texts = definition.text.texts()
    full = scanners.load()
    half = scanners.load(sits=tuple(sorted(full.sits)[::2]))
    samples = interleave({"full": _scan_all(full, texts), "half": _scan_all(half, texts)}, seconds)
    p50 = {name: percentile(kept, 0.5) / 1e3 for name, kept in samples.items()}
    more = len(full.sits) - len(half.sits)
    figures = {
        "times_half": p50["full"] / p50["half"],
        "ns_per_sit": 1e3 * (p50["full"] - p50["half"]) / more,
        "p50_us": p50["full"],
        "p50_us_half": p50["half"],
    }
    return Measured(figures, found=_summed(full.scan(t).counts(unique=False) for t in texts))


def _import(_: Definition, __: Scanners, seconds: float) -> Measured:
    return Measured(processes.import_time(seconds))


def _load(definition: Definition, scanners: Scanners, seconds: float) -> Measured:
    scanners.load(classifiers=definition.classifiers)  # the cache is warm
    return Measured(processes.load_time(scanners.arguments(definition.classifiers), seconds))


def _memory(definition: Definition, scanners: Scanners, seconds: float) -> Measured:
    scanners.load(classifiers=definition.classifiers)
    return Measured(processes.memory(scanners.arguments(definition.classifiers)))


_KINDS: dict[str, Callable[[Definition, Scanners, float], Measured]] = {
    "scan": _scan,
    "texts": _texts,
    "batch": _batch,
    "stream": _stream,
    "text-growth": _text_growth,
    "catalogue-growth": _catalogue_growth,
    "import": _import,
    "load": _load,
    "memory": _memory,
}
