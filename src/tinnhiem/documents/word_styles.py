"""Kiểu đoạn của tệp Word: named styles with Vietnamese names, so that an office changes the look in one place.

Contract: every paragraph we write bears one of these styles and no formatting of its own; the type is Times New Roman, which offices
have (Tinos, our own, has its metrics). Sizes are those that the PDF uses.
"""

from __future__ import annotations

import msgspec
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle

from tinnhiem.typeset.fonts import OFFICE_FAMILY

LEFT, CENTRE, JUSTIFIED = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY


class Look(msgspec.Struct, frozen=True, kw_only=True):
    """Một kiểu đoạn; sizes and gaps in points, the first line's indent in millimetres."""

    id: str
    name: str
    size: float = 13.5
    align: WD_ALIGN_PARAGRAPH = JUSTIFIED
    first_line: float = 0
    before: float = 0
    after: float = 0
    line: float = 1.0
    bold: bool = False
    italic: bool = False
    keep_with_next: bool = False


LOOKS = (
    Look(id="TNDauTrang", name="TN Đầu trang", size=12, align=CENTRE, after=1),
    Look(id="TNTenLoai", name="TN Tên loại văn bản", size=14, align=CENTRE, before=10, bold=True, keep_with_next=True),
    Look(id="TNTrichYeu", name="TN Trích yếu", align=CENTRE, bold=True, keep_with_next=True),
    Look(id="TNVach", name="TN Vạch dưới trích yếu", size=8, align=CENTRE, after=8),
    Look(id="TNNoiDung", name="TN Nội dung", first_line=10, after=3.5),
    Look(id="TNMuc", name="TN Mục", first_line=10, before=6, after=4, bold=True, keep_with_next=True),
    Look(id="TNGiua", name="TN Giữa dòng", align=CENTRE, after=4),
    Look(id="TNGhiChu", name="TN Ghi chú", size=10.5, align=LEFT, before=2, after=1, italic=True, keep_with_next=True),
    Look(id="TNLoiDan", name="TN Lời dẫn", size=16, align=LEFT, after=14, line=1.3),
    Look(id="TNTenViec", name="TN Tên việc", size=16, align=LEFT, after=12, bold=True, keep_with_next=True),
    Look(id="TNChiDan", name="TN Chỉ dẫn", size=12, align=LEFT, after=8, italic=True),
    Look(id="TNO", name="TN Ô bảng", size=10.5, align=LEFT, before=1.2, after=1.2),
    Look(id="TNOGiua", name="TN Ô bảng giữa", size=10.5, align=CENTRE, before=1.2, after=1.2),
    Look(id="TNOTieuDe", name="TN Ô tiêu đề", size=10.5, align=CENTRE, before=1, after=1, bold=True),
    Look(id="TNONho", name="TN Ô bảng nhỏ", size=8.5, align=LEFT, before=1.2, after=1.2),
    Look(id="TNOGiuaNho", name="TN Ô bảng giữa nhỏ", size=8.5, align=CENTRE, before=1.2, after=1.2),
    Look(id="TNOTieuDeNho", name="TN Ô tiêu đề nhỏ", size=8.5, align=CENTRE, before=1, after=1, bold=True),
    Look(id="TNKy", name="TN Chữ ký", align=CENTRE, keep_with_next=True),
    Look(id="TNKyCho", name="TN Chỗ ký", size=12, align=CENTRE, after=42, italic=True, keep_with_next=True),
    Look(id="TNKyTen", name="TN Người ký", align=LEFT, keep_with_next=True),
    Look(id="TNNhanLon", name="TN Nhãn chữ lớn", size=22, align=CENTRE, after=6, bold=True),
    Look(id="TNNhan", name="TN Nhãn", size=12, align=CENTRE, after=4),
    Look(id="TNCuoi", name="TN Dòng không chiếm chỗ", size=1, align=LEFT),
    Look(id="TNChanTrang", name="TN Chân trang", size=10, align=LEFT),
    Look(id="TNChayThu", name="TN Chạy thử", size=16, align=CENTRE, bold=True),
)


KEPT = ("Normal", "DefaultParagraphFont", "TableNormal", "NoList")
"""Kiểu có sẵn được giữ lại: what every .docx has."""


def apply(document: Document) -> None:
    """Đặt kiểu đoạn cho một tệp mới, in place of the styles that python-docx brings."""
    _plain(document)
    for look in LOOKS:
        style = document.styles.add_style(look.name, WD_STYLE_TYPE.PARAGRAPH)
        if not isinstance(style, ParagraphStyle):  # pragma: no cover - the kind was asked for above
            raise TypeError(look.name)
        style.element.set(qn("w:styleId"), look.id)
        style.base_style = document.styles["Normal"]
        style.quick_style = True
        style.font.size = Pt(look.size)
        style.font.bold = look.bold or None
        style.font.italic = look.italic or None
        shape = style.paragraph_format
        shape.alignment = look.align
        shape.first_line_indent = Mm(look.first_line) if look.first_line else None
        shape.space_before, shape.space_after = Pt(look.before), Pt(look.after)
        shape.line_spacing = look.line
        shape.keep_with_next = look.keep_with_next or None


def _plain(document: Document) -> None:
    """The default text: our type for every script, Vietnamese, no gap of its own, and none of the styles that nobody asked for."""
    for style in document.styles.element.findall(qn("w:style")):
        if style.get(qn("w:styleId")) not in KEPT:
            document.styles.element.remove(style)
    defaults = document.styles.element.find(qn("w:docDefaults"))
    properties = defaults.find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for old in properties.findall(qn("w:rFonts")) + properties.findall(qn("w:lang")):
        properties.remove(old)
    family = OxmlElement("w:rFonts")
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        family.set(qn(f"w:{script}"), OFFICE_FAMILY)
    properties.insert(0, family)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    language.set(qn("w:eastAsia"), "vi-VN")
    properties.append(language)
    normal = document.styles["Normal"]
    normal.font.name = OFFICE_FAMILY
    normal.font.size = Pt(13.5)
    normal.paragraph_format.space_after = Pt(0)
