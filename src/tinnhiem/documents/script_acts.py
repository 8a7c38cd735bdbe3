"""Các việc trong kịch bản: what happens in the meeting, in order, with the lines that are read out.

Contract: an act has its length in minutes, who leads it and the full sentences to read; the order is the one both kinds of meeting follow
(numbers of ballots are announced before counting; the chair is told before the hall). Lengths and lines are custom, not law: an office
edits the printed .docx. The quorum named is the rulebook's.
"""

from __future__ import annotations

import msgspec

from tinnhiem.documents import marking_guide, passages
from tinnhiem.documents.papers import Papers, Person
from tinnhiem.law.decide import quorum
from tinnhiem.law.rulebook import Rulebook
from tinnhiem.poll.slate import Slate
from tinnhiem.typeset.words import NBSP


class Act(msgspec.Struct, frozen=True, kw_only=True):
    """Một việc. `lines` are read out by `led_by`, `ask` is the question that closes it; the rest are cues."""

    title: str
    minutes: int
    led_by: str
    lines: tuple[str, ...] = ()
    ask: str = ""
    done_by: str = ""
    screen: str = ""
    papers: str = ""
    if_so: str = ""


def acts(slate: Slate, book: Rulebook, papers: Papers) -> tuple[Act, ...]:
    """Các việc của buổi lấy phiếu, from the opening to the sealing of the ballots."""
    return (*_before_ballots(slate, book, papers), *_with_ballots(slate, book, papers), *_after_ballots(book, papers))


def _before_ballots(slate: Slate, book: Rulebook, papers: Papers) -> tuple[Act, ...]:
    act, meeting = passages.ACT[book.kind], papers.wording.meeting
    everyone = marking_guide.everyone(papers)
    chair = _who(papers.wording.chair.capitalize(), papers.chair)
    presenter = _who("Người trình bày danh sách", papers.presenter)
    called = f"{_called(papers, papers.presenter)}" if papers.presenter.name else "người trình bày"
    return (
        Act(
            title="Báo cáo số người có mặt",
            minutes=3,
            led_by="Bộ phận phục vụ",
            lines=(
                (
                    f"Kính thưa {everyone}, {meeting} triệu tập {_number(papers.summoned)} {papers.people_unit}, có mặt …… "
                    f"{papers.people_unit}, vắng …… {papers.people_unit}, trong đó …… có lý do."
                ),
                _quorum_line(book, papers),
            ),
            done_by="Bàn đón tiếp",
            screen="Số người có mặt",
            papers="Danh sách ký tên",
            if_so=f"Nếu chưa đủ điều kiện: báo cáo {papers.wording.chair}, chưa tiến hành",
        ),
        Act(
            title=f"Mục đích, yêu cầu của việc {act}",
            minutes=10,
            led_by=chair,
            lines=(
                f"Kính thưa {everyone}, hôm nay {meeting} tiến hành {passages.about(book, papers)}.",
                "Đề nghị ghi phiếu công tâm, khách quan, đúng với ý kiến của mình.",
            ),
            screen="Chương trình",
        ),
        Act(
            title=f"Quy định và danh sách người được {act}",
            minutes=10,
            led_by=presenter,
            lines=(
                f"Mời {called} trình bày quy định và danh sách.",
                f"Căn cứ: {passages.own_basis(book)}.",
                f"Danh sách gồm {len(slate.subjects)} người: {_names(slate)}.",
            ),
            screen="Danh sách",
            papers="Danh sách, hồ sơ",
        ),
        Act(
            title="Trao đổi",
            minutes=20,
            led_by=chair,
            lines=(f"Mời {everyone} cho ý kiến về danh sách và nội dung các báo cáo.",),
            ask="Còn ý kiến nào khác không?",
            done_by="Thư ký ghi ý kiến",
        ),
        Act(
            title="Thông qua Ban kiểm phiếu",
            minutes=3,
            led_by=chair,
            lines=(
                f"Xin giới thiệu Ban kiểm phiếu gồm {_size(papers)} người: {_board(papers)}.",
                "Ai đồng ý, đề nghị biểu quyết. Ai không đồng ý, đề nghị biểu quyết. Ai có ý kiến khác?",
            ),
            done_by="Bộ phận phục vụ đếm biểu quyết",
            screen="Danh sách Ban kiểm phiếu",
            if_so="Nếu thay người: ghi lại tên, in lại giấy tờ của Ban kiểm phiếu",
        ),
    )


def _with_ballots(slate: Slate, book: Rulebook, papers: Papers) -> tuple[Act, ...]:
    box, meeting = papers.wording.box, papers.wording.meeting
    person = "đồng chí" if papers.style == "party" else "đại biểu"
    head = _who("Trưởng ban kiểm phiếu", papers.head)
    unit = "phiếu" if len(slate.types) == 1 else f"bộ phiếu, mỗi bộ {len(slate.types)} phiếu"
    return (
        Act(
            title="Hướng dẫn ghi phiếu",
            minutes=5,
            led_by=head,
            lines=tuple(marking_guide.steps(slate, book, papers)),
            ask=f"Còn {person} nào chưa rõ cách ghi phiếu không?",
            screen="Phiếu mẫu",
            papers="Phiếu mẫu",
        ),
        Act(
            title=f"Kiểm tra, niêm phong {box}",
            minutes=2,
            led_by=head,
            lines=(f"Ban kiểm phiếu mở {box} để {meeting} kiểm tra: bên trong không có phiếu. Xin niêm phong {box}.",),
            done_by="Ban kiểm phiếu, người chứng kiến",
            papers="Giấy niêm phong, biên bản",
            if_so="Ghi giờ niêm phong",
        ),
        Act(
            title="Phát phiếu",
            minutes=5,
            led_by=head,
            lines=(f"Ban kiểm phiếu phát phiếu theo hàng ghế. Số phiếu phát ra: …… {unit}.",),
            ask=f"Còn {person} nào chưa nhận phiếu không?",
            done_by="Ban kiểm phiếu",
            screen="Phát ra: ……",
            papers="Phiếu",
            if_so="Phiếu hỏng: đổi phiếu khác, thu lại phiếu hỏng",
        ),
        Act(
            title="Ghi phiếu và bỏ phiếu",
            minutes=10,
            led_by=head,
            lines=(f"Mời ghi phiếu, sau đó lần lượt bỏ phiếu vào {box}.",),
            ask=f"Còn {person} nào chưa bỏ phiếu không?",
            screen="Đang bỏ phiếu",
            if_so="Không nhắc, không nhìn phiếu của người khác",
        ),
        Act(
            title="Kết thúc bỏ phiếu, đếm phiếu thu về",
            minutes=7,
            led_by=head,
            lines=(
                f"Xin kết thúc bỏ phiếu. Ban kiểm phiếu mở {box} và đếm phiếu trước {meeting}.",
                "Số phiếu thu về: …… phiếu.",
            ),
            done_by="Ban kiểm phiếu đếm hai lần",
            screen="Thu về: ……",
            papers="Nhãn tập phiếu",
            if_so=f"Thu về nhiều hơn phát ra: dừng lại, đếm lại, báo cáo {papers.wording.chair}",
        ),
    )


def _after_ballots(book: Rulebook, papers: Papers) -> tuple[Act, ...]:
    chair_word, meeting = papers.wording.chair, papers.wording.meeting
    everyone = marking_guide.everyone(papers)
    chair = _who(chair_word.capitalize(), papers.chair)
    head = _who("Trưởng ban kiểm phiếu", papers.head)
    return (
        Act(
            title="Kiểm phiếu",
            minutes=35,
            led_by=chair,
            lines=(f"Ban kiểm phiếu làm việc tại phòng riêng. {meeting.capitalize()} chuyển sang nội dung tiếp theo.",),
            done_by="Ban kiểm phiếu, người giúp việc nhập phiếu",
            papers="Bảng kiểm phiếu, máy tính",
            if_so="Mất điện, hỏng máy: kiểm tay theo bảng kiểm phiếu",
        ),
        Act(
            title=f"Báo cáo {chair_word} trước khi công bố",
            minutes=3,
            led_by=head,
            done_by="Trưởng ban kiểm phiếu",
            papers="Biên bản đã ký",
        ),
        Act(
            title="Công bố kết quả",
            minutes=6,
            led_by=head,
            lines=(
                f"Kính thưa {everyone}, thay mặt Ban kiểm phiếu, xin báo cáo kết quả kiểm phiếu.",
                "(Đọc báo cáo kết quả kiểm phiếu.)",
            ),
            screen=f"Bảng kết quả, khi {chair_word} đồng ý",
            papers="Báo cáo kết quả kiểm phiếu",
        ),
        Act(
            title="Kết luận",
            minutes=7,
            led_by=chair,
            lines=(
                "Cảm ơn Ban kiểm phiếu.",
                f"Kết quả {passages.ACT[book.kind]} được báo cáo và sử dụng theo quy định.",
            ),
        ),
        Act(
            title="Niêm phong, bàn giao phiếu",
            minutes=10,
            led_by=head,
            done_by="Ban kiểm phiếu, người nhận bàn giao",
            papers="Biên bản niêm phong, bàn giao",
        ),
    )


def _quorum_line(book: Rulebook, papers: Papers) -> str:
    found = quorum(book, None, papers.members, papers.summoned)
    if found.needed is None:
        return ""
    return f"Cần có mặt ít nhất {found.needed} {papers.people_unit}. Như vậy …… điều kiện tiến hành."


def _who(role: str, person: Person) -> str:
    return f"{role} ({person.name})" if person.name else role


def _called(papers: Papers, person: Person) -> str:
    post = f", {person.post}," if person.post else ""
    return f"{papers.person_word}{NBSP}{person.name}{post}"


def _number(number: int | None) -> str:
    return "……" if number is None else str(number)


def _size(papers: Papers) -> str:
    return str(len(papers.board)) if papers.board else "……"


def _board(papers: Papers) -> str:
    if not papers.board:
        return passages.BLANK
    named = (f"{_called(papers, person).rstrip(',')}" for person in papers.board)
    return "; ".join(
        f"{text} – {person.duty}" if person.duty else text for text, person in zip(named, papers.board, strict=True)
    )


def _names(slate: Slate) -> str:
    return "; ".join(subject.name or subject.post for subject in slate.subjects)
