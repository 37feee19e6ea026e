"""Tables of plain text: the first column to the left, figures to the right."""

from collections.abc import Iterator, Sequence

import click


def table_lines(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield a line for each row, columns as wide as their widest cell; nothing for no rows."""
    if not rows:
        return
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        first, *rest = zip(row, widths, strict=True)
        cells = (text.rjust(width) for text, width in rest)
        yield "  ".join((first[0].ljust(first[1]), *cells)).rstrip()


def print_table(rows: Sequence[Sequence[str]]) -> None:
    """Print rows as a table."""
    for line in table_lines(rows):
        click.echo(line)
