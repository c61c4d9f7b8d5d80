"""detect-secrets with its default plugins, on a file as it wants one; its place is looked for in the line it tells."""

import tempfile

from detect_secrets.core.scan import scan_file
from detect_secrets.settings import default_settings


def load():
    """text -> (start, end, label)."""
    settings = default_settings()
    settings.__enter__()

    def detect(text, _=settings):  # the settings end with their object
        lines, starts = text.splitlines(keepends=True), [0]
        for line in lines:
            starts.append(starts[-1] + len(line))
        spans = []
        with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            for secret in scan_file(file.name):
                at = lines[secret.line_number - 1].find(secret.secret_value)
                if at >= 0:
                    start = starts[secret.line_number - 1] + at
                    spans.append((start, start + len(secret.secret_value), secret.type))
        return spans

    return detect
