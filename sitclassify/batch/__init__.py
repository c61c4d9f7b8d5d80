"""Corpora: the kernel over Arrow record batches, readers of formats, sharded runs, reports.

>>> from sitclassify.batch import Options, scan_record_batch
"""

from __future__ import annotations

from sitclassify.batch.kernel import result_schema, scan_record_batch
from sitclassify.batch.options import Options

__all__ = ["Options", "result_schema", "scan_record_batch"]
