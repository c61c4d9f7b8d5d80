"""CredSweeper with its own rules and its trained filter; UUIDs, which it tells as information only, are left out."""

from credsweeper.app import CredSweeper
from credsweeper.file_handler.string_content_provider import StringContentProvider


def load():
    """text -> (start, end, label)."""
    sweeper = CredSweeper()

    def detect(text):
        starts, lines = [0], text.splitlines(keepends=True)
        for line in lines:
            starts.append(starts[-1] + len(line))
        provider = StringContentProvider([line.rstrip("\r\n") for line in lines])
        return [
            (
                starts[d.line_num - 1] + d.value_start,
                starts[d.line_num - 1] + d.value_end,
                c.rule_name,
            )
            for c in sweeper.file_scan(provider)
            if c.rule_name != "UUID"
            for d in c.line_data_list
            if d.value_start >= 0
        ]

    return detect
