"""Bản Word: a form as .docx, whose figures are locked fields.

Contract: opens without a question in Word and LibreOffice; the same form gives the same bytes (no clock inside, parts in order). Every figure of
the record is a content control tagged with its key (`word_markup.locked`); everything else is free to edit, which is what
`edited_check` is for. Page numbers are fields; the mark of a rehearsal stands at the head of every page.
"""

from __future__ import annotations

import datetime
import io
import zipfile

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section, _Footer, _Header
from docx.shared import Mm

from tinnhiem.documents import word_styles
from tinnhiem.documents.form import Block, Form, NewPage
from tinnhiem.documents.word_blocks import block
from tinnhiem.documents.word_markup import NAMESPACE, paragraph, run, twips

PORTRAIT = (30, 18, 20, 20)
LANDSCAPE = (15, 15, 12, 14)
"""Lề trái, phải, trên, dưới (mm)."""

THUMBNAIL = RELATIONSHIP_TYPE.THUMBNAIL
LONG_SIDE, SHORT_SIDE = 297, 210
SOME_DAY = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
"""Ngày ghi trong tệp: none that means anything, so that the same paper is the same file."""


def draw(form: Form) -> bytes:
    """Lập tệp .docx."""
    document = docx.Document()
    word_styles.apply(document)
    _without_thumbnail(document)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = form.title, "", ""
    properties.language = "vi-VN"
    properties.created = properties.modified = SOME_DAY.replace(tzinfo=None)
    parts = _parts(form)
    for position, (landscape, blocks) in enumerate(parts):
        if position:
            document.add_section()
        section = document.sections[-1]
        _set_page(section, landscape=landscape)
        width = LONG_SIDE - sum(LANDSCAPE[:2]) if landscape else SHORT_SIDE - sum(PORTRAIT[:2])
        _set_head_and_foot(section, form, width)
        _write(document, blocks, width)
    _flatten_section_breaks(document)
    return _packed(document)


def _parts(form: Form) -> list[tuple[bool, list[Block]]]:
    """Blocks between two changes of page, with the orientation of their sheet."""
    parts: list[tuple[bool, list[Block]]] = [(form.landscape, [])]
    for part in form.blocks:
        if isinstance(part, NewPage):
            parts.append((part.landscape, []))
        else:
            parts[-1][1].append(part)
    return [part for part in parts if part[1]]


def _set_page(section: Section, *, landscape: bool) -> None:
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(LONG_SIDE), Mm(SHORT_SIDE)
    if not landscape:
        section.page_width, section.page_height = Mm(SHORT_SIDE), Mm(LONG_SIDE)
    left, right, top, bottom = LANDSCAPE if landscape else PORTRAIT
    section.left_margin, section.right_margin = Mm(left), Mm(right)
    section.top_margin, section.bottom_margin = Mm(top), Mm(bottom)
    section.footer_distance = section.header_distance = Mm(6)


def _set_head_and_foot(section: Section, form: Form, width: float) -> None:
    """Each section has its own, because the page number stands at the end of a line of its width."""
    page = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    pages = '<w:fldSimple w:instr=" NUMPAGES "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    number = f"<w:r><w:tab/></w:r>{run('Trang ')}{page}{run('/')}{pages}"
    stop = f'<w:tabs><w:tab w:val="right" w:pos="{twips(width)}"/></w:tabs>'
    _replace(section.footer, paragraph(run(form.code) + number, "TNChanTrang", stop))
    if form.mark:
        _replace(section.header, paragraph(run(form.mark), "TNChayThu"))


def _replace(part: _Footer | _Header, markup: str) -> None:
    """Sets the one paragraph of a header or footer, which from then on is the section's own."""
    part.is_linked_to_previous = False
    old = part.paragraphs[0]._p  # noqa: SLF001 - python-docx has no public way to place markup
    old.addprevious(_parsed(markup)[0])
    old.getparent().remove(old)


def _parsed(markup: str) -> list[BaseOxmlElement]:
    return list(parse_xml(f'<w:body xmlns:w="{NAMESPACE}">{markup}</w:body>'))


def _write(document: Document, blocks: list[Block], width: float) -> None:
    """Puts the blocks behind what is there, and before the properties of the last section."""
    body = document.element.body
    last = body.find(qn("w:sectPr"))
    markup = "".join(block(part, width) for part in blocks)
    # Word wants a paragraph behind the last table of a file; it takes no room.
    for element in _parsed(markup + (paragraph("", "TNCuoi") if markup.endswith("</w:tbl>") else "")):
        last.addprevious(element)


def _flatten_section_breaks(document: Document) -> None:
    """The paragraph that ends a section takes no room, or a full sheet would be followed by an empty one."""
    for properties in document.element.body.iter(qn("w:pPr")):
        if properties.find(qn("w:sectPr")) is not None:
            properties.insert(0, OxmlElement("w:pStyle", {qn("w:val"): "TNCuoi"}))


def _without_thumbnail(document: Document) -> None:
    """python-docx begins with a file that carries the picture of a page of its own."""
    related = document.part.package.rels
    for name in [name for name, relation in related.items() if relation.reltype == THUMBNAIL]:
        related.pop(name)


def _packed(document: Document) -> bytes:
    """The file with its parts in order and no time in it."""
    written = io.BytesIO()
    document.save(written)
    packed = io.BytesIO()
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name), source.read(name), zipfile.ZIP_DEFLATED)
    return packed.getvalue()
