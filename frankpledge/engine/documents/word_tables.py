"""A table as WordprocessingML: header row repeated on each page, no row split over two."""

from __future__ import annotations

from collections.abc import Callable

from frankpledge.engine.documents.blocks import Table, Words
from frankpledge.engine.documents.theme import INK, RULE
from frankpledge.engine.documents.word_parts import attribute, paragraph, run

_TWIPS = 1440  # to an inch


def table_xml(
    table: Table,
    inline: Callable[[Words, bool], str],
    bookmarked: Callable[[str, str], str],
    *,
    inches: float,
) -> str:
    """The table itself (its caption, note and source are paragraphs around it).

    `inline` turns words into runs (bold or not); `bookmarked` wraps runs in a row's bookmark.
    """
    total = sum(column.width for column in table.columns) or 1.0
    widths = [round(column.width / total * inches * _TWIPS) for column in table.columns]
    size = "Tablesmall" if len(table.columns) > 6 or table.wide else "Tabletext"
    head = "".join(
        _cell(paragraph(run(column.title, bold=True), size, _side(column.numeric)), width)
        for column, width in zip(table.columns, widths, strict=True)
    )
    rows = [f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>"]
    for index, row in enumerate(table.rows):
        bold = table.total_row and index == len(table.rows) - 1
        anchor = table.row_anchors[index] if table.row_anchors else ""
        cells = []
        for place, (words, column, width) in enumerate(zip(row, table.columns, widths, strict=True)):
            inner = inline(words, bold)
            if place == 0 and anchor:
                inner = bookmarked(anchor, inner)
            cells.append(_cell(paragraph(inner, size, _side(column.numeric)), width))
        rows.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>")
    if not table.rows:
        rows.append(f"<w:tr>{_cell(paragraph(run('No rows.'), size), sum(widths), span=len(widths))}</w:tr>")
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl>{_properties(table, sum(widths))}<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def _properties(table: Table, width: int) -> str:
    line = f'w:val="single" w:sz="4" w:space="0" w:color="{RULE[1:]}"'
    strong = f'w:val="single" w:sz="6" w:space="0" w:color="{INK[1:]}"'
    first = 1 if table.row_headers else 0
    last = 1 if table.total_row else 0
    return (
        f'<w:tblPr><w:tblW w:w="{width}" w:type="dxa"/>'
        f"<w:tblBorders><w:top {strong}/><w:bottom {strong}/><w:insideH {line}/></w:tblBorders>"
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="40" w:type="dxa"/><w:right w:w="100" w:type="dxa"/>'
        f'</w:tblCellMar><w:tblLook w:val="04A0" w:firstRow="1" w:lastRow="{last}" w:firstColumn="{first}" '
        'w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f"<w:tblCaption w:val={attribute(table.caption)}/></w:tblPr>"
    )


def _side(numeric: bool) -> str:
    return '<w:jc w:val="right"/>' if numeric else ""


def _cell(inner: str, width: int, span: int = 1) -> str:
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spanned}</w:tcPr>{inner}</w:tc>'
