"""Biên bản kiểm phiếu: the board's minutes, from the opening to the signatures.

Contract: fifteen blocks in the order offices use; figures come from the record (blocks on people, ballots and invalid sheets with the number
in words), everything else from `Papers`. Whatever the count remarks stands among the events, and so does each value that was not
read in the instrument itself or was corrected by the office. Nothing is judged: no threshold and no consequence stands here.
"""

from __future__ import annotations

from tinnhiem.documents import passages
from tinnhiem.documents.figures import Figure, ballot_figures, invalid_reasons, meeting_figures, results_table
from tinnhiem.documents.form import (
    Block,
    Form,
    NewPage,
    Paragraph,
    Run,
    Signature,
    Signatures,
    Title,
    line,
    results,
    words,
)
from tinnhiem.documents.papers import Papers
from tinnhiem.law.rulebook import Rulebook
from tinnhiem.poll import remarks
from tinnhiem.poll.record import CountRecord, TypeResult, short_code
from tinnhiem.typeset.words import NBSP, hour, in_words, long_date, roman

NAME = "bien-ban-kiem-phieu"
TITLE = "Biên bản kiểm phiếu"

NOTHING = "Không có."


def compose(record: CountRecord, book: Rulebook, papers: Papers) -> Form:
    """Lập biên bản kiểm phiếu."""
    parts: list[tuple[str, list[Block]]] = [
        ("Căn cứ", _basis(book, papers)),
        ("Ban kiểm phiếu", _board(papers)),
        (f"Thành phần dự {papers.wording.meeting}", [*map(passages.figure_line, _meeting(record, papers))]),
        (papers.wording.box.capitalize(), _box(papers)),
        ("Số phiếu", _ballots(record, book, papers)),
    ]
    blocks: list[Block] = [
        passages.letterhead(record, papers),
        Title(kind=TITLE.upper(), abstract=(passages.about(book, papers),), rule=papers.wording.title_rule),
        _opening(record, book, papers),
    ]
    for number, (title, content) in enumerate(parts, start=1):
        blocks += [line(f"{roman(number)}. {title}", role="clause"), *content]
    number = len(parts)
    blocks += [
        NewPage(landscape=True),
        line(f"{roman(number + 1)}. Kết quả đối với từng người", role="clause"),
        results(results_table(record, book, papers)),
        NewPage(),
        line(f"{roman(number + 2)}. Việc phát sinh và kết luận của Ban kiểm phiếu", role="clause"),
        *_events(record, book, papers),
        line(f"{roman(number + 3)}. Kết thúc", role="clause"),
        *_close(papers),
        Signatures(left=_left_signature(papers), right=passages.board_signature(papers)),
        passages.member_signatures(papers),
    ]
    return Form(name=NAME, title=TITLE, blocks=tuple(blocks))


def _opening(record: CountRecord, book: Rulebook, papers: Papers) -> Paragraph:
    day = long_date(papers.date or record.date)
    where = papers.place or passages.BLANK
    return line(
        f"Hồi {hour(papers.opened_at)}, {day}, tại {where}, Ban kiểm phiếu tiến hành kiểm phiếu {passages.about(book, papers)}."
    )


def _basis(book: Rulebook, papers: Papers) -> list[Block]:
    return [*passages.sentences((passages.own_basis(book), *papers.basis))]


def _board(papers: Papers) -> list[Block]:
    count = len(papers.board)
    size = f"Ban kiểm phiếu gồm {count:02d} người:" if count else f"Ban kiểm phiếu gồm {passages.BLANK} người:"
    blocks: list[Block] = [line(size), *passages.people_list(papers.board, "board", papers)]
    if papers.helpers:
        blocks.append(line(f"Người giúp việc {papers.helpers_work} dưới sự giám sát của Ban kiểm phiếu:"))
        for number, helper in enumerate(papers.helpers, start=1):
            runs = [words(f"{number}.{NBSP}{passages.titled(papers)}{NBSP}")]
            runs.append(Run(text=helper.name, key=f"helpers/{number}/name"))
            if helper.unit:
                runs += [words(", "), Run(text=helper.unit, key=f"helpers/{number}/unit")]
            if helper.allowed_by:
                runs.append(words(f" ({helper.allowed_by} cho phép)"))
            blocks.append(Paragraph(runs=tuple(runs), role="numbered"))
    if papers.witnesses:
        blocks.append(line("Người chứng kiến:"))
        blocks += passages.people_list(papers.witnesses, "witnesses", papers)
    return blocks


def _meeting(record: CountRecord, papers: Papers) -> list[Figure]:
    """Members or the number summoned, whichever is known; present and absent always, unknown ones as a blank."""
    figures = {figure.key.removeprefix("round/"): figure for figure in meeting_figures(record, papers)}
    asked = [key for key in ("members", "summoned") if figures[key].in_words] or ["members"]
    absences = [key for key in ("absent_with_leave", "absent_without_leave") if figures[key].in_words]
    return [figures[key] for key in (*asked, "present", "absent", *absences)]


def _box(papers: Papers) -> list[Block]:
    box = papers.wording.box
    boxes = "……" if papers.boxes is None else f"{papers.boxes:02d}"
    texts = [
        f"Số {box}: {boxes}",
        f"Hồi {hour(papers.box_sealed_at)}, {box} được kiểm tra trước {papers.wording.meeting}, không có phiếu bên trong, và được niêm phong",
        f"Hồi {hour(papers.box_opened_at)}, {box} được mở; {papers.box_state}",
    ]
    if papers.box_mixed:
        texts.append("Phiếu được trộn đều trước khi xếp thành tập")
    return [*passages.sentences(texts)]


def _ballots(record: CountRecord, book: Rulebook, papers: Papers) -> list[Block]:
    blocks: list[Block] = []
    for position, result in enumerate(record.types, start=1):
        if len(record.types) > 1:
            blocks.append(line(words(f"{position}. {result.title or result.ballot}", bold=True), role="body"))
        blocks += _ballots_of_type(record, result, book, papers)
    return blocks


def _ballots_of_type(record: CountRecord, result: TypeResult, book: Rulebook, papers: Papers) -> list[Block]:
    figures = {figure.key.rsplit("/", 1)[1]: figure for figure in ballot_figures(record, result, papers)}
    shown = ["received", "issued", "spoilt", "unused", "returned"]
    if result.not_returned:
        shown.append("not_returned")
    blocks: list[Block] = [passages.figure_line(figures[key]) for key in shown]
    blocks.append(passages.figure_line(figures["invalid"]))
    blocks.extend(
        line(
            f"trong đó, {reason.label[:1].lower()}{reason.label[1:]}: ",
            *passages.figure_runs(reason),
            ".",
            role="item",
        )
        for reason in invalid_reasons(record, result, book, papers)
    )
    return blocks


def _events(record: CountRecord, book: Rulebook, papers: Papers) -> list[Block]:
    supersedes: tuple[str, ...] = ()
    if record.supersedes:
        code = short_code(record.supersedes)
        supersedes = (f"Biên bản này lập theo quyết định kiểm lại; kết quả được thay có mã đối chiếu {code}",)
    parts: tuple[tuple[str, tuple[str, ...]], ...] = (
        ("Cách kiểm phiếu", papers.counting_method),
        ("Đổi phiếu", papers.exchanges or _exchanges(record)),
        ("Kết luận của Ban kiểm phiếu về phiếu còn ý kiến khác nhau", papers.rulings),
        ("So sánh với kết quả kiểm tay", papers.hand_tally),
        ("Điều cần ghi rõ", (*supersedes, *(remarks.sentence(remark) for remark in record.remarks))),
        ("Nội dung chưa đối chiếu được với văn bản gốc", papers.unsure),
        ("Giá trị do cơ quan tổ chức quy định cho đợt này", _corrections(record, book, papers)),
        ("Khiếu nại, sự cố", papers.events),
    )
    blocks: list[Block] = []
    number = 0
    for title, texts in parts:
        # A board is always asked about complaints and exchanges, so "không có" is written and not left out.
        if not texts and title not in ("Đổi phiếu", "Khiếu nại, sự cố"):
            continue
        number += 1
        if texts:
            blocks += [line(f"{number}. {title}:"), *passages.sentences(texts)]
        else:
            blocks.append(line(f"{number}. {title}: {NOTHING.lower()}"))
    return blocks


def _exchanges(record: CountRecord) -> tuple[str, ...]:
    """The same number as among the ballots, by type; nothing where it is known that none was exchanged, a blank where it is not known."""
    told = []
    for result in record.types:
        of_type = f" (loại phiếu “{result.title or result.ballot}”)" if len(record.types) > 1 else ""
        if result.spoilt is None:
            told.append(f"Số phiếu hỏng đã đổi{of_type}: …… phiếu")
        elif result.spoilt:
            told.append(f"Đã đổi {result.spoilt} phiếu hỏng{of_type}, như ghi ở phần Số phiếu")
    return tuple(told)


def _corrections(record: CountRecord, book: Rulebook, papers: Papers) -> tuple[str, ...]:
    """What the caller worded; else each correction by its path in the book, so that none is ever silent."""
    if papers.corrections:
        return papers.corrections
    return tuple(
        f"Giá trị “{correction.path}” của {book.symbol.value} lấy là {correction.value}; lý do: {correction.reason}"
        for correction in record.corrections
    )


def _close(papers: Papers) -> list[Block]:
    texts = [
        f"Việc kiểm phiếu kết thúc hồi {hour(papers.closed_at)} cùng ngày",
        "Biên bản đã được đọc lại cho các thành viên Ban kiểm phiếu nghe và nhất trí ký tên",
        "Phiếu và tài liệu kiểm phiếu được niêm phong, bàn giao có biên bản riêng",
    ]
    copies = "……" if papers.copies is None else f"{papers.copies:02d} ({in_words(papers.copies, papers.zero_tens)})"
    sent = f", {'; '.join(papers.recipients)}" if papers.recipients else ""
    blocks: list[Block] = [*passages.sentences(texts, role="body")]
    blocks.append(line(f"Biên bản được lập thành {copies} bản có giá trị như nhau{sent}{papers.wording.end_mark}"))
    if papers.ledger_head:
        entries = f" đến mục số {papers.ledger_entries}" if papers.ledger_entries is not None else ""
        blocks.append(line(f"Mã cuối của nhật ký đợt{entries}: {papers.ledger_head}", role="note"))
    return blocks


def _left_signature(papers: Papers) -> Signature | None:
    """A witness, or the board's secretary: Party minutes have the chair's witness sign at the left, Councils the secretary."""
    if papers.witnesses and papers.style == "party":
        witness = papers.witnesses[0]
        return Signature(titles=("NGƯỜI CHỨNG KIẾN",), name=Run(text=witness.name, key="witnesses/1/name", bold=True))
    for number, member in enumerate(papers.board, start=1):
        if member.duty.lower() == "thư ký":
            return Signature(titles=("THƯ KÝ",), name=Run(text=member.name, key=f"board/{number}/name", bold=True))
    return None
