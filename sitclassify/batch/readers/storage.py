"""Where inputs lie: files, folders, globs and URLs (through fsspec), and their bytes, decompressed.

A URL is anything with `://` in it: `s3://bucket/prompts/*.jsonl.gz`, `gs://...`, `az://...`.
"""

from __future__ import annotations

import io
import lzma
import os
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, cast

from sitclassify import resources
from sitclassify.batch.entries import Unreadable
from sitclassify.batch.readers.source import Counted, Meter
from sitclassify.errors import ConfigurationError

STDIN = "-"
_VERSION_CONTROL = frozenset((".git", ".hg", ".svn"))  # folders that hold copies of the files
_COMPRESSED = {".gz": "gzip", ".bz2": "bz2", ".xz": "xz", ".zst": "zstd"}
_MAGIC = "*?["
BROKEN = (EOFError, zlib.error, lzma.LZMAError, ValueError)  # of a decompressor, besides `OSError`


class File(NamedTuple):
    """One input file: how it is told, where it is, its bytes and what changes when they do."""

    name: str
    path: str
    size: int = 0
    stamp: str = ""

    @property
    def is_url(self) -> bool:
        """Whether fsspec opens it."""
        return "://" in self.path

    @property
    def compression(self) -> str | None:
        """How it is compressed, by its name."""
        return _COMPRESSED.get(Path(self.path).suffix.lower())

    @property
    def suffix(self) -> str:
        """The end of its name that tells the format; that of the compression left out."""
        path = Path(self.path)
        return (path.with_suffix("") if self.compression else path).suffix.lower()

    def open(self, meter: Meter | None = None) -> BinaryIO:
        """Its bytes, decompressed; `meter` counts what is read of the file itself."""
        raw = self.open_raw()
        if self.compression is None:
            return raw
        counted: Any = io.BufferedReader(Counted(raw, meter)) if meter is not None else raw
        return cast(BinaryIO, _Decompressed(decompressed(counted, self.compression), raw))

    def open_raw(self) -> BinaryIO:
        """Its bytes as they lie there."""
        if self.is_url:
            return cast(BinaryIO, fsspec().open(self.path, "rb").open())
        return Path(self.path).open("rb")


class _Decompressed(io.BufferedIOBase):
    """What a decompressor gives; closed with the file below it."""

    def __init__(self, stream: BinaryIO, raw: BinaryIO) -> None:
        self._stream, self._raw = stream, raw

    def readable(self) -> bool:
        return True

    def read(self, size: int | None = -1, /) -> bytes:
        return self._stream.read(-1 if size is None else size)

    def read1(self, size: int = -1, /) -> bytes:
        return self._stream.read(size)

    def close(self) -> None:
        if not self.closed:
            self._stream.close()
            self._raw.close()
        super().close()


def fsspec() -> Any:
    """The library that opens URLs."""
    try:
        import fsspec
    except ImportError:
        raise ConfigurationError(
            "a URL needs fsspec and its driver: pip install 'sitclassify[cloud]'"
        ) from None
    return fsspec


def decompressed(stream: Any, compression: str) -> BinaryIO:
    """What a stream holds, unpacked."""
    import bz2
    import gzip

    if compression == "gzip":
        return cast(BinaryIO, gzip.GzipFile(fileobj=stream))
    if compression == "bz2":
        return cast(BinaryIO, bz2.BZ2File(stream))
    if compression == "xz":
        return cast(BinaryIO, lzma.LZMAFile(stream))
    import pyarrow as pa

    return cast(BinaryIO, pa.CompressedInputStream(pa.PythonFile(stream, "r"), compression))


class Files:
    """The files that paths, globs and URLs name.

    A folder stands for all files in it and below, by name; links to folders are not followed. Hidden files and
    folders in it are left out, and counted, unless `hidden`; folders of version control always are.
    """

    def __init__(self, hidden: bool = False, output: Path | None = None) -> None:
        self._hidden = hidden
        self._output = output  # the file or folder that results are written to is no input
        self.left_out = 0  # hidden files and folders

    def of(self, path: str) -> Iterator[File | Unreadable]:
        """The files that one path names."""
        if "://" in path:
            yield from _remote(path)
        elif any(c in path for c in _MAGIC) and not os.path.lexists(path):
            anchor = Path(path).anchor
            found = sorted(Path(anchor or ".").glob(path.removeprefix(anchor)))
            if not found:
                yield Unreadable(path, None, "no file matches")
            for one in found:
                yield from self._local(Path(one))
        else:
            yield from self._local(Path(path))

    def all(self, paths: Iterable[str]) -> Iterator[File | Unreadable]:
        """The files that several paths name, each file once."""
        seen: set[str] = set()
        for path in paths:
            for file in self.of(path):
                if isinstance(file, Unreadable):
                    yield file
                elif file.path not in seen:
                    seen.add(file.path)
                    yield file

    def _local(self, path: Path) -> Iterator[File | Unreadable]:
        if not path.is_dir():
            yield _file(path)
            return
        failed: list[OSError] = []
        for folder, folders, names in os.walk(path, onerror=failed.append):
            folders[:] = self._wanted(sorted(set(folders) - _VERSION_CONTROL))
            folders[:] = [name for name in folders if not self._is_output(Path(folder, name))]
            for name in self._wanted(sorted(names)):
                file = Path(folder, name)
                if file.exists() and not file.is_file():
                    yield Unreadable(str(file), None, "no regular file: not scanned")
                elif not self._is_output(file):
                    yield _file(file)  # a broken link is told when it is opened
        for error in failed:
            yield Unreadable(str(error.filename), None, error.strerror or "cannot be read")

    def _wanted(self, names: list[str]) -> list[str]:
        wanted = [name for name in names if self._hidden or not name.startswith(".")]
        self.left_out += len(names) - len(wanted)
        return wanted

    def _is_output(self, file: Path) -> bool:
        output = self._output
        return output is not None and file.exists() and output.exists() and file.samefile(output)


def _file(path: Path) -> File:
    name = path.name if path == resources.sample() else str(path)
    try:
        stat = path.stat()
    except OSError:
        return File(name, str(path))
    return File(name, str(path), stat.st_size, str(stat.st_mtime_ns))


def _remote(url: str) -> Iterator[File | Unreadable]:
    try:
        system, path = fsspec().core.url_to_fs(url)
        is_glob = any(c in path for c in _MAGIC)
        found = system.glob(path, detail=True) if is_glob else system.find(path, detail=True)
        details = sorted(found.values(), key=lambda detail: str(detail["name"]))
    except (ImportError, ValueError) as error:
        raise ConfigurationError(f"'{url}': {error}") from None
    except OSError as error:
        yield Unreadable(url, None, error.strerror or "cannot be read")
        return
    if not details:
        yield Unreadable(url, None, "no file matches" if is_glob else "no such file or folder")
    for detail in details:
        if detail.get("type") != "directory":
            name = system.unstrip_protocol(detail["name"])
            stamps = (detail.get(key) for key in ("ETag", "etag", "mtime", "LastModified"))
            stamp = next((str(stamp) for stamp in stamps if stamp), "")
            yield File(name, name, int(detail.get("size") or 0), stamp)
