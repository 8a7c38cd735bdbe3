"""Biên bản kiểm tra ngẫu nhiên: the board's page on which sheets were drawn by lot, and whether paper and record agree.

Contract: everything needed to draw the same list again stands on the page (the ten digits, the batches), and the mã đối chiếu of the count it was held
against. Of a place it says "khớp" or "không khớp", never a mark, a row or a number of rows; of the result only how many sheets would have to be
misread before anybody passes a threshold, never who. A sheet not read yet leaves a blank to write on. The page belongs to no `Kind`, because it is made from a
check and not from a count alone.
"""

from __future__ import annotations

import datetime

import msgspec

from tinnhiem.documents import passages
from tinnhiem.documents.form import (
    Block,
    Form,
    Paragraph,
    Ruled,
    Run,
    Signature,
    Signatures,
    Title,
    finished,
    line,
    words,
)
from tinnhiem.documents.kinds import PAPER, REHEARSAL_MARK, Format, FormatUnknown
from tinnhiem.documents.papers import Papers, Person
from tinnhiem.law.rulebook import Rulebook
from tinnhiem.poll.random_check import RandomCheck
from tinnhiem.poll.random_sample import RISK, Place, Sample
from tinnhiem.poll.record import CountRecord, fingerprint, short_code
from tinnhiem.typeset.words import DIGITS, NBSP, hour, in_words, long_date, roman

NAME = "bien-ban-kiem-tra-ngau-nhien"
TITLE = "Biên bản kiểm tra ngẫu nhiên"

ACROSS = 4
"""Bao nhiêu phiếu trên một hàng của danh sách."""


class Sitting(msgspec.Struct, frozen=True, kw_only=True):
    """Buổi kiểm tra: when, and who drew, read out, compared and ticked; what is empty is a blank to write on. `day` None: the day of the count."""

    day: datetime.date | None = None
    started_at: datetime.time | None = None
    ended_at: datetime.time | None = None
    drawn_by: Person = Person()
    read_by: Person = Person()
    compared_by: Person = Person()
    ticked_by: Person = Person()
    copies: int | None = None


def render(
    check: RandomCheck, record: CountRecord, book: Rulebook, papers: Papers, sitting: Sitting, file_format: Format
) -> bytes:
    """Lập biên bản: the bytes as docx or PDF. Raises `FormatUnknown`, and `LettersMissing` where a name cannot be drawn."""
    form = compose(check, record, book, papers, sitting)
    if file_format == "docx":
        from tinnhiem.documents import word

        return word.draw(form)
    if file_format == "pdf":
        from tinnhiem.documents import pdf

        return pdf.draw(form)
    raise FormatUnknown(title=TITLE, format=file_format, formats=", ".join(PAPER))


def compose(check: RandomCheck, record: CountRecord, book: Rulebook, papers: Papers, sitting: Sitting) -> Form:
    """Soạn biên bản kiểm tra ngẫu nhiên, up to its footer."""
    code = short_code(fingerprint(record))
    parts: tuple[tuple[str, list[Block]], ...] = (
        ("Người thực hiện", _people(papers, sitting)),
        ("Bốc thăm", _lot(check)),
        ("Số phiếu kiểm tra", _sizes(check, record, papers)),
        ("Các phiếu được bốc và kết quả so với bản đã ghi", _lists(check, record)),
        ("Phiếu không khớp, phiếu đọc lại", _differences(check, record)),
        ("Kết luận", _verdict(check)),
        ("Kết thúc", _close(papers, sitting)),
    )
    blocks: list[Block] = [
        passages.letterhead(record, papers),
        Title(
            kind=TITLE.upper(), abstract=(f"kiểm phiếu {passages.about(book, papers)}",), rule=papers.wording.title_rule
        ),
        _opening(record, papers, sitting, code),
    ]
    for number, (title, content) in enumerate(parts, start=1):
        blocks += [line(f"{roman(number)}. {title}", role="clause"), *content]
    drawer = Signature(
        titles=("NGƯỜI BỐC THĂM",),
        name=Run(
            text=sitting.drawn_by.name, key="random_check/drawn_by/name" if sitting.drawn_by.name else "", bold=True
        ),
    )
    blocks += [Signatures(left=drawer, right=passages.board_signature(papers)), passages.member_signatures(papers)]
    return finished(
        Form(name=NAME, title=TITLE, blocks=tuple(blocks)),
        code=f"Mã đối chiếu: {code}" if papers.show_code else "",
        mark=REHEARSAL_MARK if papers.rehearsal else "",
        spelling=papers.spelling,
    )


def _opening(record: CountRecord, papers: Papers, sitting: Sitting, code: str) -> Paragraph:
    day = long_date(sitting.day or papers.date or record.date)
    return line(
        f"Hồi {hour(sitting.started_at)}, {day}, tại {papers.place or passages.BLANK}, sau khi kết quả kiểm phiếu đã có mã đối chiếu ",
        words(code, bold=True),
        ", Ban kiểm phiếu bốc thăm chọn phiếu, đọc lại từng phiếu giấy được bốc và so với bản đã ghi.",
    )


def _people(papers: Papers, sitting: Sitting) -> list[Block]:
    acts = (
        ("Người bốc thăm", "drawn_by", sitting.drawn_by),
        ("Người đọc phiếu", "read_by", sitting.read_by),
        ("Người so với bản đã ghi", "compared_by", sitting.compared_by),
        ("Người đánh dấu", "ticked_by", sitting.ticked_by),
    )
    return [
        line(f"{act}: ", *passages.person_runs(person, f"random_check/{key}", papers), role="item")
        for act, key, person in acts
    ]


def _lot(check: RandomCheck) -> list[Block]:
    digits = [int(digit) for digit in check.seed]
    return [
        line(
            "Mười thăm ghi mười chữ số từ 0 đến 9; mỗi lần bốc một thăm và đọc to một chữ số, đủ mười lần.", role="item"
        ),
        line(
            "Mười chữ số theo thứ tự bốc: ",
            words(f"{NBSP}".join(check.seed), bold=True),
            f" (đọc là: {', '.join(DIGITS[digit] for digit in digits)}).",
            role="item",
        ),
        line(
            "Các phiếu được bốc tính ra từ mười chữ số này và số phiếu của từng tập; máy khác tính lại thì được đúng các phiếu ấy.",
            role="item",
        ),
    ]


def _sizes(check: RandomCheck, record: CountRecord, papers: Papers) -> list[Block]:
    blocks: list[Block] = []
    for sample in check.samples:
        blocks += _title_of_type(sample, record)
        batches = "; ".join(f"tập{NBSP}{pile.batch}: {pile.sheets}" for pile in sample.piles)
        told = [f"Số phiếu thu về: {_counted(sample.sheets, papers)}. Số phiếu từng tập theo thứ tự xếp: {batches}"]
        size = _counted(sample.size, papers)
        if sample.closest is None:
            told.append("Không có số phiếu đọc sai nào làm cho một người chuyển qua ngưỡng của quy định")
            told.append(f"Số phiếu phải đọc lại: {size}, là số ít nhất của một lần kiểm tra")
        else:
            told.append(
                f"Phải có ít nhất {_counted(sample.closest, papers)} đọc sai thì mới có người chuyển qua một ngưỡng của quy định, "
                "tính theo người gần ngưỡng nhất"
            )
            told.append(
                f"Số phiếu phải đọc lại: {size}. Nếu có từ {sample.closest} phiếu đọc sai trở lên thì khả năng không bốc phải phiếu nào "
                f"trong số đó là dưới {RISK * 100}{NBSP}%"
            )
        blocks += passages.sentences(told)
    return blocks


def _lists(check: RandomCheck, record: CountRecord) -> list[Block]:
    blocks: list[Block] = [
        line(f"Ghi “3{NBSP}:{NBSP}17” là phiếu thứ 17 của tập 3, đếm theo thứ tự phiếu trong tập.", role="body")
    ]
    for number in range(1, check.lists + 1):
        drawn = check.drawn(number)
        title = "Lần bốc thứ nhất" if number == 1 else f"Bốc tiếp lần {number}"
        blocks.append(line(f"{title}: {len(drawn)} phiếu", role="clause"))
        for sample in check.samples:
            of_type = tuple(place for place in drawn if place.ballot == sample.ballot)
            if of_type:
                blocks += [*_title_of_type(sample, record), _list(check, of_type)]
    return blocks


def _list(check: RandomCheck, drawn: tuple[Place, ...]) -> Ruled:
    empty = words("")
    rows = []
    for first in range(0, len(drawn), ACROSS):
        cells = [run for place in drawn[first : first + ACROSS] for run in (_place(place), _found(check, place))]
        rows.append((*cells, *[empty] * (2 * ACROSS - len(cells))))
    return Ruled(
        titles=("Phiếu", "Kết quả") * ACROSS,
        widths=(17, 24) * ACROSS,
        rows=tuple(rows),
        centred=tuple(range(2 * ACROSS)),
    )


def _place(place: Place) -> Run:
    return words(f"{place.batch}{NBSP}:{NBSP}{place.position}")


def _found(check: RandomCheck, place: Place) -> Run:
    found = check.at(place)
    if found is None:
        return words("………")
    return words("khớp") if found.agrees else words("không khớp", bold=True)


def _differences(check: RandomCheck, record: CountRecord) -> list[Block]:
    told = []
    for each in check.compared:
        of_type = _type_words(each.place, record)
        where = f"Tập {each.place.batch}, phiếu thứ {each.place.position}{of_type}"
        told += [f"{where}: đọc lại; lý do: {reason}" for reason in each.again]
        if not each.agrees:
            told.append(f"{where}: không khớp; giải thích: {each.explanation or passages.BLANK}")
    if told:
        return [*passages.sentences(told)]
    # Until every sheet is read there is room to write.
    return [line(passages.BLANK if check.awaited else "Không có.")]


def _verdict(check: RandomCheck) -> list[Block]:
    read, apart = len(check.compared), len(check.differences)
    match check.verdict:
        case "agreed" if not apart:
            told = f"Đã đọc lại {read} phiếu; tất cả khớp với bản đã ghi"
        case "agreed":
            told = (
                f"Đã đọc lại {read} phiếu; có {apart} phiếu không khớp, Ban kiểm phiếu đã giải thích; "
                "các phiếu bốc tiếp đều khớp với bản đã ghi"
            )
        case "full_reading":
            told = f"Đã đọc lại {read} phiếu; có {apart} phiếu không khớp. Toàn bộ phiếu phải được đọc lại"
        case _:
            told = "Chưa kết luận: việc kiểm tra chưa xong"
    return [
        line(words(f"{told}.", bold=True)),
        line("Kiểm tra ngẫu nhiên không làm thay đổi kết quả kiểm phiếu và không thay cho phúc tra."),
    ]


def _close(papers: Papers, sitting: Sitting) -> list[Block]:
    copies = "……" if sitting.copies is None else f"{sitting.copies:02d} ({in_words(sitting.copies, papers.zero_tens)})"
    return [
        line(
            f"Việc kiểm tra kết thúc hồi {hour(sitting.ended_at)} cùng ngày; các phiếu đã đọc được trả về đúng chỗ trong tập."
        ),
        line(
            "Biên bản đã được đọc lại cho các thành viên Ban kiểm phiếu nghe và nhất trí ký tên; "
            f"lập thành {copies} bản có giá trị như nhau{papers.wording.end_mark}"
        ),
    ]


def _counted(sheets: int, papers: Papers) -> str:
    """Số phiếu bằng số và bằng chữ."""
    return f"{sheets}{NBSP}phiếu ({in_words(sheets, papers.zero_tens)} phiếu)"


def _title_of_type(sample: Sample, record: CountRecord) -> list[Block]:
    """Tên loại phiếu, where the round has several; its number is needed to draw again."""
    if len(record.types) == 1:
        return []
    title = record.type_of(sample.ballot).title or sample.ballot
    return [line(f"Loại phiếu thứ {sample.number}: {title}", role="note")]


def _type_words(place: Place, record: CountRecord) -> str:
    if len(record.types) == 1:
        return ""
    return f" (loại phiếu {record.type_of(place.ballot).title or place.ballot})"
