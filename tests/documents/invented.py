"""Đợt lấy phiếu bịa ra để thử: invented people, long names and posts, one type or several."""

from __future__ import annotations

import datetime

from tinnhiem.documents.papers import Batch, Helper, Papers, Person, TypeBlock
from tinnhiem.law import shelf
from tinnhiem.law.rulebook import Rulebook
from tinnhiem.poll.count import count
from tinnhiem.poll.record import BallotNumbers, CountRecord, Numbers
from tinnhiem.poll.sheet import LineTally, Tally, TypeTally
from tinnhiem.poll.slate import BallotType, Slate, Subject

PARTY_BOOK = "qd-96-2023"
STATE_BOOK = "nq-96-2023"

FAMILIES = (
    "Nguyễn Thị",
    "Trần Văn",
    "Lê Hoàng",
    "Phạm Minh",
    "Huỳnh Ngọc",
    "Võ Thị Thanh",
    "Đặng Xuân",
    "Ksor",
    "Y Ghĭ",
    "Bùi",
)
GIVEN = (
    "Ánh",
    "Bảo",
    "Chương",
    "Dũng",
    "Đức",
    "Êban",
    "Hạnh",
    "Niê",
    "Quyên",
    "Ửng",
    "Yến",
    "Thuỷ",
    "Ký",
    "Mĩ",
    "Phước",
)
POSTS = (
    "Bí thư Tỉnh ủy, Chủ tịch Hội đồng nhân dân tỉnh",
    "Phó Bí thư Thường trực Tỉnh ủy",
    "Trưởng Ban Tổ chức Tỉnh ủy",
    "Giám đốc Sở Văn hóa, Thể thao và Du lịch, Phó Chủ tịch Hội",
    "Chánh Văn phòng",
    "Chủ nhiệm Ủy ban Kiểm tra Tỉnh ủy",
    "Chỉ huy trưởng Bộ Chỉ huy Quân sự tỉnh",
)
LONG_NAME = "Công Tằng Tôn Nữ Hoàng Thị Nguyễn Phương Nghiêng Thùy Trường"
LONG_POST = "Phó Trưởng Ban Thường trực Ban Dân vận Tỉnh ủy, Chủ tịch Hội"


def subjects(size: int, ballot: str | None = None, first: int = 0) -> tuple[Subject, ...]:
    """Người được lấy phiếu: the second of them has a name and a post of 60 letters."""
    made = []
    for position in range(1, size + 1):
        place = first + position
        name = f"{FAMILIES[place * 7 % len(FAMILIES)]} {GIVEN[place * 4 % len(GIVEN)]}"
        post = POSTS[(place - 1) % len(POSTS)]
        if place == 2:
            name, post = LONG_NAME, LONG_POST
        made.append(Subject(line=position, name=name, post=post, ballot=ballot))
    return tuple(made)


def counted(slate: Slate, book: Rulebook, returned: int, *, numbers: Numbers | None = None) -> CountRecord:
    """Kiểm một đợt: figures follow from the line numbers, so that no two persons look alike for long."""
    codes = book.choice_codes()
    types = []
    for kind in slate.types:
        lines = []
        for subject in slate.lines(kind.id):
            invalid_sheets = 1
            spoilt_line = 1 if subject.line % 3 == 0 else 0
            left = returned - invalid_sheets - spoilt_line
            counts = {}
            for code in codes[:0:-1]:
                counts[code] = min(left, (subject.line * 5 + len(code)) % 11)
                left -= counts[code]
            counts[codes[0]] = left
            lines.append(LineTally(line=subject.line, counts={code: counts[code] for code in codes}))
        reason = book.sheet_invalid[0].code
        types.append(TypeTally(ballot=kind.id, sheets=returned, invalid_by_reason={reason: 1}, lines=tuple(lines)))
    ballots = tuple(
        BallotNumbers(
            ballot=kind.id,
            received=returned + 9,
            issued=returned + 1,
            spoilt=1,
            unused=7,
            returned=returned,
            invalid_by_reason={book.sheet_invalid[0].code: 1},
        )
        for kind in slate.types
    )
    meeting = numbers or Numbers(
        members=returned + 5,
        summoned=returned + 5,
        present=returned + 1,
        absent_with_leave=3,
        absent_without_leave=1,
        ballots=ballots,
    )
    return count(
        Tally(types=tuple(types)),
        meeting,
        book,
        body="Ban Chấp hành Đảng bộ tỉnh Bình Sơn",
        date=datetime.date(2023, 7, 5),
        slate=slate,
    )


def party_slate(size: int = 9) -> Slate:
    """Một loại phiếu."""
    return Slate(subjects=subjects(size))


COUNCIL_TYPES = (
    BallotType(id="ct-hdnd", title="Chủ tịch Hội đồng nhân dân"),
    BallotType(id="pct-hdnd", title="Phó Chủ tịch và Trưởng Ban của Hội đồng nhân dân"),
    BallotType(id="ct-ubnd", title="Chủ tịch Ủy ban nhân dân"),
    BallotType(id="pct-ubnd", title="Phó Chủ tịch và Ủy viên Ủy ban nhân dân"),
)


def council_slate(sizes: tuple[int, int, int, int] = (1, 6, 1, 20)) -> Slate:
    """Bốn loại phiếu của Hội đồng nhân dân."""
    made: tuple[Subject, ...] = ()
    for kind, size in zip(COUNCIL_TYPES, sizes, strict=True):
        made += subjects(size, kind.id, len(made))
    return Slate(types=COUNCIL_TYPES, subjects=made)


def party_book() -> Rulebook:
    """Quy định đang dùng cho cấp ủy."""
    return shelf.book(PARTY_BOOK)


def state_book() -> Rulebook:
    """Nghị quyết đang dùng cho Hội đồng nhân dân."""
    return shelf.book(STATE_BOOK)


def party_papers() -> Papers:
    """Hồ sơ kiểu Đảng, đủ mọi mục."""
    return Papers(
        style="party",
        superior="Đảng bộ tỉnh Bình Sơn",
        body="Tỉnh ủy Bình Sơn",
        town="Bình Sơn",
        place="Hội trường lớn Tỉnh ủy, số 12 đường Lê Lợi, thành phố Bình Sơn",
        meeting="Hội nghị lần thứ 15",
        subjects="các đồng chí Ủy viên Ban Thường vụ Tỉnh ủy khóa XVII, nhiệm kỳ 2020 - 2025",
        opened_at=datetime.time(9, 12),
        closed_at=datetime.time(9, 58),
        basis=(
            "Kế hoạch số 191-KH/TU, ngày 15 tháng 5 năm 2023 của Ban Thường vụ Tỉnh ủy",
            "Kết quả biểu quyết của hội nghị về thành lập Ban kiểm phiếu",
        ),
        chair=Person(name="Hoàng Đình Trọng", post="Bí thư Tỉnh ủy"),
        board=(
            Person(name="Lò Thị Minh Khuê", post="Phó Chủ nhiệm Ủy ban Kiểm tra Tỉnh ủy", duty="Trưởng ban"),
            Person(name="Đoàn Quang Vịnh", post="Chánh Văn phòng Tỉnh ủy", duty="Thư ký"),
            Person(name=LONG_NAME, post=LONG_POST, duty="Ủy viên"),
            Person(name="Ksor H’Đoan", post="Bí thư Huyện ủy Ia Mơ", duty="Ủy viên"),
            Person(name="Tạ Công Lý", post="Bí thư Thành ủy Bình Sơn", duty="Ủy viên"),
        ),
        helpers=(
            Helper(
                name="Cao Nhật Linh",
                unit="Phòng Cơ yếu - Công nghệ thông tin, Văn phòng Tỉnh ủy",
                allowed_by="hội nghị",
            ),
            Helper(name="Mạc Thị Vân", unit="Ban Tổ chức Tỉnh ủy", allowed_by="hội nghị"),
        ),
        witnesses=(Person(name="Vương Thế Hiển", post="Phó Vụ trưởng Vụ Địa phương II"),),
        boxes=1,
        box_sealed_at=datetime.time(8, 48),
        box_opened_at=datetime.time(9, 12),
        box_mixed=True,
        counting_method=("Phiếu được nhập tại hai bàn nhập phiếu độc lập rồi đối chiếu từng phiếu",),
        rulings=(
            "Tập 1, phiếu thứ 7: dấu X nằm giữa hai ô ở dòng 3; Ban kiểm phiếu thống nhất là không hợp lệ đối với người ở dòng 3",
        ),
        exchanges=("Đổi 01 phiếu hỏng cho 01 đồng chí, phiếu hỏng đã thu lại",),
        unsure=("Điều kiện tiến hành: có mặt ít nhất 2/3 số người được triệu tập",),
        copies=3,
        recipients=("02 bản gửi Ban Thường vụ Tỉnh ủy", "01 bản lưu hồ sơ"),
        ledger_head="9f2c 71aa 0b3e 55d4 8c10 2e7f 6a90 b1c3",
        ledger_entries=148,
        batches=(Batch(number=1, sheets=25), Batch(number=2, sheets=22)),
    )


def state_papers() -> Papers:
    """Hồ sơ kiểu Nhà nước của Hội đồng nhân dân."""
    return Papers(
        style="state",
        body="Hội đồng nhân dân\ntỉnh Bình Sơn",
        town="Bình Sơn",
        place="Trung tâm Hội nghị tỉnh Bình Sơn",
        meeting="Kỳ họp thứ 12",
        subjects="người giữ chức vụ do Hội đồng nhân dân tỉnh khóa X bầu",
        opened_at=datetime.time(10, 50),
        closed_at=datetime.time(13, 5),
        basis=("Biên bản biểu quyết của kỳ họp về thành lập Ban kiểm phiếu",),
        chair=Person(name="Hoàng Đình Trọng", post="Chủ tịch Hội đồng nhân dân tỉnh"),
        board=(
            Person(name="Lò Thị Minh Khuê", post="Đại biểu Hội đồng nhân dân tỉnh", duty="Trưởng ban"),
            Person(name="Đoàn Quang Vịnh", post="Đại biểu Hội đồng nhân dân tỉnh", duty="Thư ký"),
            Person(name="Ksor H’Đoan", post="Đại biểu Hội đồng nhân dân tỉnh", duty="Thành viên"),
        ),
        boxes=2,
        blocks=(
            TypeBlock(title="Khối Hội đồng nhân dân", ballots=("ct-hdnd", "pct-hdnd")),
            TypeBlock(title="Khối Ủy ban nhân dân", ballots=("ct-ubnd", "pct-ubnd")),
        ),
        copies=4,
        zero_tens="lẻ",
    )
