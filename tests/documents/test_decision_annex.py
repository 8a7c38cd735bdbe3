"""The annex of decisions: the boxes and what was decided, nothing by which a sheet could be found again."""

from __future__ import annotations

import datetime
import random
import re
import struct
import zlib

import pypdfium2 as pdfium
from msgspec import structs

from tests.documents.invented import party_book, party_papers
from tinnhiem.documents.decision_annex import TITLE, Decision, compose, render
from tinnhiem.documents.form import Bars
from tinnhiem.documents.kinds import KINDS

BOOK, PAPERS = party_book(), party_papers()


def picture(shade: int, width: int = 600, height: int = 96) -> bytes:
    """A PNG of one grey."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    rows = (b"\0" + bytes([shade]) * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def decisions(count: int) -> list[Decision]:
    return [
        Decision(picture=picture(shade), reason="Để trống", decided="để trống", how="hai thành viên")
        for shade in range(count)
    ]


def shown(given: list[Decision]) -> list[str]:
    """The pictures in the order of the paper."""
    return [row[2] for block in compose(given, BOOK, PAPERS).blocks if isinstance(block, Bars) for row in block.rows]


def pages(drawn: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pdfium.PdfDocument(drawn)]


def test_each_decision_stands_beside_the_picture_of_its_boxes() -> None:
    drawn = pdfium.PdfDocument(render(decisions(3), BOOK, PAPERS))
    pictures = [one for page in drawn for one in page.get_objects() if one.type == pdfium.raw.FPDF_PAGEOBJ_IMAGE]
    assert len(pictures) == 3
    text = "\n".join(page.get_textpage().get_text_range() for page in drawn)
    assert text.count("Kết luận: để trống (hai thành viên)") == 3


def test_the_order_tells_nothing_of_the_order_in_which_they_were_handed_over() -> None:
    shuffled = decisions(12)
    random.Random(3).shuffle(shuffled)
    assert compose(shuffled, BOOK, PAPERS) == compose(decisions(12), BOOK, PAPERS)
    handed_over = [shown([one])[0] for one in decisions(12)]
    assert shown(decisions(12)) != handed_over
    assert sorted(shown(decisions(12))) == sorted(handed_over)


def test_a_decision_on_a_whole_sheet_has_a_line_and_no_picture() -> None:
    one = Decision(picture=b"", reason="Không có dấu treo", decided="phiếu hợp lệ", how="hai thành viên")
    text = " ".join(pages(render([one], BOOK, PAPERS))[0].split())
    assert "Không có dấu treo. Kết luận: phiếu hợp lệ (hai thành viên)." in text


def test_no_batch_no_sheet_and_no_line_stands_on_it() -> None:
    text = " ".join(" ".join(pages(render(decisions(3), BOOK, PAPERS))).split())
    assert re.findall(r"(?i)\btập \d|phiếu (?:thứ|số) \d|dòng \d", text) == []


def test_it_says_that_it_is_sealed_with_the_ballots() -> None:
    text = " ".join(" ".join(pages(render(decisions(1), BOOK, PAPERS))).split())
    assert "Phụ lục này niêm phong cùng phiếu; không kèm biên bản kiểm phiếu và không gửi đi." in text


def test_with_nothing_decided_it_says_so() -> None:
    assert "Không có trường hợp nào." in " ".join(pages(render([], BOOK, PAPERS)))


def test_it_is_none_of_the_papers_that_go_out() -> None:
    assert TITLE not in {kind.title for kind in KINDS}


def test_forty_decisions_take_three_pages_and_the_same_bytes_each_time() -> None:
    drawn = render(decisions(40), BOOK, PAPERS)
    assert len(pages(drawn)) == 3
    assert drawn == render(decisions(40), BOOK, PAPERS)


def test_an_annex_made_after_the_pictures_went_says_so_with_the_day() -> None:
    papers = structs.replace(PAPERS, pictures_deleted=datetime.date(2026, 12, 15))
    without = [Decision(picture=b"", reason="Để trống", decided="để trống")]
    told = "Bản này lập sau khi ảnh quét đã xóa theo việc ghi trong nhật ký ngày 15 tháng 12 năm 2026: không còn hình, chỉ còn nội dung kết luận."
    found = [told in " ".join(" ".join(pages(render(without, BOOK, one))).split()) for one in (papers, PAPERS)]
    assert found == [True, False]
