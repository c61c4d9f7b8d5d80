"""Corpora: the kernel over Arrow record batches, readers of formats, sharded runs, reports.

>>> from sitclassify.batch import Options, scan_record_batch
"""

from __future__ import annotations

from sitclassify.batch.facets import Fields
from sitclassify.batch.kernel import result_schema, scan_record_batch
from sitclassify.batch.options import Options
from sitclassify.batch.run import Outcome, Progress, run

__all__ = ["Fields", "Options", "Outcome", "Progress", "result_schema", "run", "scan_record_batch"]
