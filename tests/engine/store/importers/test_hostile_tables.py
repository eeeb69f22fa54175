"""Tables that are damaged, lie about themselves or would not fit into memory."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from frankpledge.engine.faults import NotReadable
from frankpledge.engine.store.importers.area_facts import bring_in_households
from frankpledge.engine.store.importers.lines import Line, find_header, text_lines
from frankpledge.engine.store.importers.sheet_extent import OdsExtent, XlsxExtent
from frankpledge.engine.store.importers.workbooks import sheet_lines, sheet_names

from .conftest import Stage
from .open_documents import ods, ods_of_xml

HEADER = "lsoa21_code,households\n"


def read(path: Path, content: bytes | str) -> list[Line]:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(text_lines(path, []))


# --- Text -------------------------------------------------------------------------------------------------


def test_line_numbers_count_the_lines_inside_quotes(tmp_path: Path) -> None:
    found = read(tmp_path / "a.csv", 'a,b\r\n"one\r\ntwo",2\r\n3,4\r\n')
    assert [(line.number, line.cells) for line in found] == [(1, ("a", "b")), (2, ("one\r\ntwo", "2")), (4, ("3", "4"))]


def test_a_quote_that_is_never_closed_costs_its_own_line_only(tmp_path: Path) -> None:
    found = read(tmp_path / "a.csv", 'a,b\n1,"2\n3,4\n5,6\n')
    assert [(line.number, line.cells, bool(line.fault)) for line in found] == [
        (1, ("a", "b"), False), (2, (), True), (3, ("3", "4"), False), (4, ("5", "6"), False),
    ]  # fmt: skip


def test_carriage_returns_alone_end_lines_too(tmp_path: Path) -> None:
    assert [line.cells for line in read(tmp_path / "a.csv", "a,b\r1,2\r")] == [("a", "b"), ("1", "2")]


def test_a_nul_character_is_a_fault_of_its_line(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"a,b\n" + b"1,2\n" * 2_000 + b"3\0,4\n")  # beyond what is looked at to tell text from other files
    found = list(text_lines(path, []))
    assert found[-1].fault == "the line holds a NUL character"
    assert not any(line.fault for line in found[:-1])


def test_a_huge_cell_is_a_fault_of_its_line(tmp_path: Path) -> None:
    found = read(tmp_path / "a.csv", "a,b\n1," + "x" * 20_000 + "\n3,4\n")
    assert [bool(line.fault) for line in found] == [False, True, False]
    assert found[-1].number == 3


def test_a_line_that_never_ends_is_cut(tmp_path: Path) -> None:
    found = read(tmp_path / "a.csv", "a,b\n" + "x" * 5_000_000 + "\n3,4\n")
    assert [line.number for line in found] == [1, 2, 3]
    assert found[1].fault
    assert found[2].cells == ("3", "4")


@pytest.mark.parametrize(
    "content", [b"\x89PNG\r\n\x1a\n\0\0\0", b"\xff\xfe\0", bytes(range(256)) * 20, b"a,b\n\x81\x8d\n"]
)
def test_what_is_no_text_is_refused_or_empty(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    try:
        found = list(text_lines(path, []))
    except NotReadable as fault:
        assert "CSV UTF-8" in fault.remedy
    else:
        assert all(not line.cells or line.cells == ("",) for line in found)


def test_a_mark_in_the_middle_of_a_cell_is_taken_as_it_stands(tmp_path: Path) -> None:
    assert [line.cells for line in read(tmp_path / "a.csv", 'a,b\n6" blade,2\n"x"y,3\n')][1:] == [
        ('6" blade', "2"), ('"x"y', "3"),
    ]  # fmt: skip


def test_many_open_quotes_cost_little_time(tmp_path: Path) -> None:
    found = read(tmp_path / "a.csv", "a,b\n" + '1,"x\n' * 5_001)
    assert len(found) >= 1


def test_a_header_that_comes_too_late_is_not_found(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("x\n" * 100 + "a,b\n")
    assert find_header(text_lines(path, []), lambda cells: cells == ("a", "b"), []) is None


def test_a_truncated_gzip_is_left_out_whole(stage: Stage) -> None:
    import gzip

    packed = gzip.compress((HEADER + "".join(f"E0100{n:04},{n}\n" for n in range(5_000))).encode())
    found = stage(bring_in_households, packed[:-200], "households.csv.gz")
    assert "cut short or damaged" in found.unread
    assert found.parts == ()


# --- Workbooks --------------------------------------------------------------------------------------------


def saved(path: Path, *, last: str = "B2") -> Path:
    book = openpyxl.Workbook()
    book.active["A1"], book.active["B1"] = "lsoa21_code", "households"
    book.active["A2"], book.active["B2"] = "E01000001", 838
    book.active[last] = 838
    book.save(path)
    return path


def test_a_workbook_counts_its_lines_as_the_spreadsheet_does(tmp_path: Path) -> None:
    found = list(sheet_lines(saved(tmp_path / "a.xlsx", last="B5"), "a.xlsx"))
    assert [(line.number, line.cells) for line in found if not line.is_empty][-1] == (5, ("", "838"))


def test_two_cells_in_opposite_corners_are_refused_before_room_is_made(tmp_path: Path, stage: Stage) -> None:
    path = saved(tmp_path / "corner.xlsx", last="XFD1048576")
    assert path.stat().st_size < 10_000
    with pytest.raises(NotReadable, match="too large"):
        list(sheet_lines(path, path.name))
    assert "save the list as CSV" in stage(bring_in_households, path).unread


def test_an_open_document_that_repeats_a_row_for_ever_is_refused(tmp_path: Path) -> None:
    cell = '<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>'
    wide = f'<table:table-cell table:number-columns-repeated="1000"/>{cell}'
    wide = f'<table:table-row table:number-rows-repeated="1000000">{wide}</table:table-row>'
    path = tmp_path / "a.ods"
    path.write_bytes(ods_of_xml(wide))
    with pytest.raises(NotReadable, match="too large"):
        list(sheet_lines(path, path.name))


def test_empty_rows_at_the_end_of_an_open_document_do_no_harm(tmp_path: Path) -> None:
    cell = '<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>'
    empty = '<table:table-cell table:number-columns-repeated="16384"/>'
    empty = f'<table:table-row table:number-rows-repeated="1048000">{empty}</table:table-row>'
    path = tmp_path / "a.ods"
    path.write_bytes(ods_of_xml(f"<table:table-row>{cell}</table:table-row>{empty}"))
    assert [line.cells for line in sheet_lines(path, path.name)] == [("x",)]


def test_a_workbook_that_unpacks_to_gigabytes_is_refused(tmp_path: Path) -> None:
    path = saved(tmp_path / "bomb.xlsx")
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/zeros.bin", b"\0" * 300_000_000, compresslevel=9)
    with pytest.raises(NotReadable, match="too large"):
        list(sheet_lines(path, path.name))


def test_entities_in_the_xml_of_a_sheet_are_refused(tmp_path: Path) -> None:
    content = '<!DOCTYPE x [<!ENTITY a "aaaa">]><office:document-content xmlns:office="o">&a;</office:document-content>'
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("content.xml", content)
    path = tmp_path / "a.ods"
    path.write_bytes(packed.getvalue())
    with pytest.raises(NotReadable, match="is not a spreadsheet"):
        sheet_names(path, path.name)


@pytest.mark.parametrize("name", ["a.xlsx", "a.ods"])
@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x03\x04", b"<html>Error</html>"])
def test_a_file_that_is_no_workbook_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(NotReadable, match="save it anew"):
        list(sheet_lines(path, name))


def test_a_workbook_cut_short_is_refused(tmp_path: Path) -> None:
    whole = saved(tmp_path / "a.xlsx").read_bytes()
    for length in range(10, len(whole), max(1, len(whole) // 12)):
        path = tmp_path / "cut.xlsx"
        path.write_bytes(whole[:length])
        with pytest.raises(NotReadable):
            list(sheet_lines(path, path.name))


def test_an_old_workbook_with_a_password_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "locked.xlsx"
    path.write_bytes(bytes.fromhex("D0CF11E0A1B11AE1") + bytes(2048))  # a locked XLSX is an OLE file
    with pytest.raises(NotReadable):
        list(sheet_lines(path, path.name))


def test_extents() -> None:
    sheet = XlsxExtent()
    for piece in (b'<row r="1"><c r="A1"/><c s="1" r="A', b'B7" t="s"/></row>'):
        sheet.add(piece)
    assert sheet.cells == 7 * 28
    document = OdsExtent()
    document.add(ods_xml())
    assert document.cells == 3 * 2


def ods_xml() -> bytes:
    with zipfile.ZipFile(io.BytesIO(ods([["a", "b"], ["", ""], ["c", ""]]))) as archive:
        return archive.read("content.xml")
