"""A table as HTML: caption, header cells with their scope, numbers to the right, wide ones in a scroll region."""

from __future__ import annotations

from frankpledge.engine.documents.blocks import Column, Table, Words, plain
from frankpledge.engine.documents.page_words import FigureHref, anchor, escape, words_html

# A table of more columns than this may be wider than a telephone, so it scrolls inside itself.
_COLUMNS_THAT_FIT = 3


def table_html(table: Table, figure_href: FigureHref, *, label: str = "", register: bool = False) -> str:
    """The table, its note and its source.

    `label` names the scroll region (unique in a page); a register breaks its long names anywhere.
    """
    caption = f'<caption class="govuk-table__caption govuk-table__caption--s">{escape(table.caption)}</caption>'
    wide = table.wide or len(table.columns) > _COLUMNS_THAT_FIT
    kind = "govuk-table fp-table fp-table--wide" if wide else "govuk-table fp-table"
    kind += " fp-table--register" if register else ""
    identity = f' id="{anchor(table.anchor)}"' if table.anchor else ""
    body = "".join(_row(table, index, figure_href) for index in range(len(table.rows))) or _nothing(len(table.columns))
    heads = "".join(map(_head, table.columns))
    drawn = (
        f'<table class="{kind}"{identity}>{caption}{_widths(table) if register else ""}'
        f'<thead class="govuk-table__head"><tr class="govuk-table__row">{heads}</tr></thead>'
        f'<tbody class="govuk-table__body">{body}</tbody></table>'
    )
    if wide:
        name = escape(label or table.caption)
        drawn = f'<div class="fp-scroll" role="region" tabindex="0" aria-label="{name}">{drawn}</div>'
    return drawn + below(table.note, table.source, figure_href)


def below(note: Words, source: Words, figure_href: FigureHref) -> str:
    """The small lines under a table or a chart."""
    lines = [words_html(words, figure_href) for words in (note, source) if plain(words)]
    return "".join(f'<p class="fp-source">{line}</p>' for line in lines)


def _widths(table: Table) -> str:
    """The columns' shares of the width in twentieths, as classes: a strict policy refuses style attributes."""
    total = sum(column.width for column in table.columns) or 1.0
    shares = (max(1, min(20, round(20 * column.width / total))) for column in table.columns)
    columns = "".join(f'<col class="fp-col-{share}">' for share in shares)
    return f"<colgroup>{columns}</colgroup>"


def _head(column: Column) -> str:
    numeric = " govuk-table__header--numeric" if column.numeric else ""
    if not column.title.strip():
        return '<td class="govuk-table__cell"></td>'
    return f'<th scope="col" class="govuk-table__header{numeric}">{escape(column.title)}</th>'


def _row(table: Table, index: int, figure_href: FigureHref) -> str:
    cells = []
    for place, (cell, column) in enumerate(zip(table.rows[index], table.columns, strict=True)):
        text = words_html(cell, figure_href)
        numeric = "--numeric" if column.numeric else ""
        if place == 0 and table.row_headers and text.strip():
            kind = " govuk-table__header--numeric" if numeric else ""
            cells.append(f'<th scope="row" class="govuk-table__header{kind}">{text}</th>')
        else:
            kind = " govuk-table__cell--numeric" if numeric else ""
            cells.append(f'<td class="govuk-table__cell{kind}">{text}</td>')
    identity = f' id="{anchor(table.row_anchors[index])}"' if table.row_anchors and table.row_anchors[index] else ""
    last = table.total_row and index == len(table.rows) - 1
    return f'<tr class="govuk-table__row{" fp-table__total" if last else ""}"{identity}>{"".join(cells)}</tr>'


def _nothing(columns: int) -> str:
    """An empty table says that it is empty."""
    return f'<tr class="govuk-table__row"><td class="govuk-table__cell" colspan="{max(columns, 1)}">No rows.</td></tr>'
