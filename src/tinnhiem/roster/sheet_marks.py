"""Dấu vết trong tệp: what the fast reader leaves out of .xlsx and .ods: hidden rows and cells whose formula failed.

Contract: for each sheet by its name, the hidden rows and the cells in error (row and column from 1). Reads the sheets' XML as a
stream; a document type declaration is refused, so no entity is ever expanded. Raises `TooManyCells` before a sheet whose
far corner would fill the memory is read at all.
Source: ECMA-376 part 1 §18.3.1 (row/@hidden, c/@t="e"); ODF 1.3 part 3 (table:visibility, *-repeated).
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from typing import IO, Final, cast
from xml.etree import ElementTree

import msgspec

from tinnhiem.roster.errors import TooManyCells, UnreadableFile
from tinnhiem.roster.grid import Merge, position

MAX_CELLS: Final = 1_000_000
CHUNK: Final = 64 * 1024
_ERRORS: Final = ("#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!")


class SheetMarks(msgspec.Struct, kw_only=True):
    """Dấu vết một trang tính: `hidden` rows, `errors` by (row, column), `merges` where only the XML tells them."""

    hidden: set[int] = msgspec.field(default_factory=set)
    errors: dict[tuple[int, int], str] = msgspec.field(default_factory=dict)
    merges: list[Merge] = msgspec.field(default_factory=list)


def marks_of_xlsx(archive: zipfile.ZipFile) -> dict[str, SheetMarks]:
    """The marks of every sheet of an .xlsx file."""
    targets = {
        relation.get("Id", ""): relation.get("Target", "")
        for relation in _tree(archive, "xl/_rels/workbook.xml.rels").iter()
        if relation.get("Target")
    }
    marks = {}
    for sheet in _tree(archive, "xl/workbook.xml").iter("sheet"):
        name, target = sheet.get("name", ""), targets.get(sheet.get("id", ""), "")
        part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
        if part in archive.namelist():
            with archive.open(part) as stream:
                marks[name] = _marks_of_xlsx_sheet(stream, name)
    return marks


def _marks_of_xlsx_sheet(stream: IO[bytes], name: str) -> SheetMarks:
    marks, row, column, bottom, right = SheetMarks(), 0, 0, 0, 0
    for event, element in _walk(stream):
        if event == "start":
            if element.tag == "row":
                row, column = int(element.get("r", row + 1)), 0
                if element.get("hidden") in ("1", "true"):
                    marks.hidden.add(row)
            elif element.tag == "c":
                at = element.get("r")
                row, column = position(at) if at else (row, column + 1)
        elif element.tag == "c":
            if len(element):
                bottom, right = max(bottom, row), max(right, column)
                if bottom * right > MAX_CELLS:
                    raise TooManyCells(sheet=name, limit=MAX_CELLS)
            if element.get("t") == "e":
                marks.errors[row, column] = element.findtext("v") or "#N/A"
        elif element.tag == "row":
            element.clear()
    return marks


def marks_of_ods(archive: zipfile.ZipFile) -> dict[str, SheetMarks]:
    """The marks of every sheet of an .ods file, its merged ranges too."""
    marks: dict[str, SheetMarks] = {}
    name, row, column, repeated, bottom, right = "", 0, 0, 1, 0, 0
    with archive.open("content.xml") as stream:
        for event, element in _walk(stream):
            if event == "start" and element.tag == "table":
                name, row, repeated, bottom, right = element.get("name", ""), 0, 1, 0, 0
                marks[name] = SheetMarks()
            elif event == "start" and element.tag == "table-row":
                row, column, repeated = row + repeated, 0, int(element.get("number-rows-repeated", "1"))
                if element.get("visibility") in ("collapse", "filter") and repeated < MAX_CELLS // 100:
                    marks[name].hidden.update(range(row, row + repeated))
            elif event == "end" and element.tag in ("table-cell", "covered-table-cell"):
                across = int(element.get("number-columns-repeated", "1"))
                shown = "".join(element.itertext())
                if shown or element.get("value-type"):
                    bottom, right = max(bottom, row + repeated - 1), max(right, column + across)
                    if bottom * right > MAX_CELLS:
                        raise TooManyCells(sheet=name, limit=MAX_CELLS)
                    # A text cell may speak of #REF!; only a formula can fail.
                    if shown in _ERRORS and element.get("formula"):
                        marks[name].errors[row, column + 1] = shown
                    down, wide = (int(element.get(f"number-{side}-spanned", "1")) for side in ("rows", "columns"))
                    if down > 1 or wide > 1:
                        marks[name].merges.append(Merge(row, column + 1, row + down - 1, column + wide))
                column += across
            elif event == "end" and element.tag == "table-row":
                element.clear()
    return marks


def _tree(archive: zipfile.ZipFile, part: str) -> ElementTree.Element:
    root = None
    with archive.open(part) as stream:
        for _, element in _walk(stream):
            root = element if root is None else root
    if root is None:
        raise UnreadableFile
    return root


def _walk(stream: IO[bytes]) -> Iterator[tuple[str, ElementTree.Element]]:
    parser: ElementTree.XMLPullParser[ElementTree.Element] = ElementTree.XMLPullParser(("start", "end"))
    tail, begun = b"", False
    while chunk := stream.read(CHUNK):
        # A declaration can only stand before the root element; UTF-16 could hide it, and no office program writes that.
        if not begun and (b"<!DOCTYPE" in tail + chunk or b"\x00" in chunk):
            raise UnreadableFile
        tail = chunk[-16:]
        parser.feed(chunk)
        for event, element in cast("Iterator[tuple[str, ElementTree.Element]]", parser.read_events()):
            begun = True
            if event == "start":
                element.tag = _local(element.tag)
                element.attrib = {_local(name): value for name, value in element.attrib.items()}
            yield event, element
    parser.close()


def _local(name: str) -> str:
    # The reader of the cells goes by local names, and files written as "strict" use other namespaces: so does this one.
    return name.rpartition("}")[2]
