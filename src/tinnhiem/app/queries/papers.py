"""Từ đợt sang hồ sơ văn bản: everything on the papers that is not a figure, gathered from the round, its acts and its ledger.

Contract: nothing is invented — what the round does not know stays empty and prints a blank. Sentences about rulings and hand tallies carry reasons, never a
mark or the place of a sheet.
"""

from __future__ import annotations

import datetime
from collections import Counter

from tinnhiem.app.actions.acting import events
from tinnhiem.app.actions.process import process_of
from tinnhiem.app.models import Batch as BatchRow
from tinnhiem.app.models import BoardMember, Desk, EventRow, HandTally, Keying, Role, Round, Scan
from tinnhiem.app.queries.journal import of_this_count
from tinnhiem.app.queries.unsure import unsure_lines
from tinnhiem.app.queries.values import book_of, corrections_of, shipped_book
from tinnhiem.documents.papers import Batch, Helper, Papers, Person
from tinnhiem.law.correct import unsure_values
from tinnhiem.ledger.chain import verify
from tinnhiem.poll.random_sample import GALLERY_BELOW
from tinnhiem.poll.round import ActCode

HOURS_IN_MINUTES: tuple[ActCode, ...] = ("box_checked_and_sealed", "box_opened")
"""The acts whose hour is printed in the minutes; the others stand in the ledger alone."""


def papers_of(round_: Round, starts_at: datetime.time | None = None) -> Papers:
    """Hồ sơ của đợt."""
    book = book_of(round_)
    chain = events(round_)
    board = round_.board.exclude(duty=BoardMember.Duty.HELPER)
    heads_first = sorted(board, key=lambda one: (one.duty != BoardMember.Duty.HEAD, one.position))
    chair = Desk.objects.filter(round=round_, role=Role.CHAIR).select_related("account").first()
    batches = BatchRow.objects.filter(round=round_, count_number=round_.count_number).select_related("ballot_type")
    return Papers(
        style=book.style,
        superior=round_.body.superior,
        body=round_.body.name,
        secrecy=round_.secrecy,
        town=round_.body.place,
        place=round_.place,
        meeting=round_.meeting,
        subjects=round_.subject_words,
        date=round_.vote_date,
        opened_at=_hour(round_, "box_opened"),
        chair=Person(name=str(chair.account)) if chair else Person(),
        starts_at=starts_at,
        members=round_.members,
        summoned=round_.summoned,
        board=tuple(Person(name=one.name, post=one.post, duty=str(one.get_duty_display())) for one in heads_first),
        helpers=tuple(
            Helper(name=one.name, unit=one.post, allowed_by=one.allowed_by)
            for one in round_.board.filter(duty=BoardMember.Duty.HELPER)
        ),
        boxes=round_.boxes,
        box_sealed_at=_hour(round_, "box_checked_and_sealed"),
        box_opened_at=_hour(round_, "box_opened"),
        box_mixed=process_of(round_).done("box_mixed") is not None,
        counting_method=_method(round_),
        helpers_work=_helpers_work(round_),
        rulings=_rulings(round_),
        hand_tally=tuple(
            f"Tập {hand.batch.number}: {hand.ruling}"
            for hand in HandTally.objects.filter(batch__in=batches).exclude(ruling="").select_related("batch")
        ),
        events=_events(round_),
        pictures_deleted=round_.pictures_deleted_on,
        corrections=_corrections(round_),
        unsure=_unsure(round_),
        ledger_head=verify(chain),
        ledger_entries=len(chain),
        batches=tuple(
            Batch(ballot=row.ballot_type.code or None, number=row.number, sheets=row.size) for row in batches
        ),
        person=round_.person_word,
        order="name" if round_.list_order == "alphabet" else "list",
        sort_names={
            subject.name: subject.person.sort_name
            for subject in round_.subjects.select_related("person")
            if subject.person.sort_name
        },
        show_code=round_.code_in_footer,
        rehearsal=round_.rehearsal,
    )


def _corrections(round_: Round) -> tuple[str, ...]:
    """Giá trị cơ quan tự quy định, in the words of the desk: the value, what the rulebook had, the reason."""
    return tuple(
        f"{line.label}{f' ({line.field})' if line.field else ''}: lấy là {line.own_shown} "
        f"(quy tắc của phần mềm: {line.value}). Lý do: {line.own.reason}"
        for line in unsure_lines(round_, "vi")
        if line.own is not None
    )


def _hour(round_: Round, act: ActCode) -> datetime.time | None:
    done = process_of(round_).done(act)
    return datetime.time.fromisoformat(done.hour) if done else None


def _helpers_work(round_: Round) -> str:
    if not round_.scanned or round_.way == Round.Way.TOTALS:
        return "nhập phiếu"
    return "quét và nhập phiếu" if round_.keyed_stations else "quét phiếu"


def _rulings(round_: Round) -> tuple[str, ...]:
    """Lý do kết luận, each once with its cases; two that differ only in capitals, blanks or the full stop are one."""
    reasons = [
        " ".join(str(row.data.get("reason", "")).split()).rstrip(".")
        for row in of_this_count(round_, "ruling_made", "desk_ruling_made")
    ]
    first = {reason.casefold(): reason for reason in reversed(reasons)}
    cases = Counter(reason.casefold() for reason in reasons)
    return tuple(
        f"{first[folded][:1].upper()}{first[folded][1:]}: {number} trường hợp" for folded, number in cases.items()
    )


EVENTS_TOLD = (
    "round_paused",
    "round_resumed",
    "returned_corrected",
    "batch_resized",
    "keying_again",
    "scan_again",
    "duplicate_left_out",
    "recount_decided",
)
"""What the minutes tell of the day, in the ledger's own sentences."""


def _events(round_: Round) -> tuple[str, ...]:
    rows = EventRow.objects.filter(round=round_, code__in=EVENTS_TOLD).order_by("seq")
    return tuple(row.sentence for row in rows)


def _method(round_: Round) -> tuple[str, ...]:
    """How the sheets came into the machine, as the minutes state it."""
    if round_.way == Round.Way.TOTALS:
        return ("Kiểm phiếu bằng tay theo bảng kiểm phiếu; số tổng được hai người nhập vào máy độc lập và khớp nhau.",)
    keyings = Keying.objects.filter(batch__round=round_, current=False)
    if round_.scanned:
        told = [*_scanned(round_)]
        keyings = keyings.exclude(station=1)
    else:
        told = [f"Nhập từng phiếu vào máy {round_.readings} lần độc lập, đối chiếu khớp toàn bộ rồi mới tổng hợp."]
    if round_.same_table:
        told.append("Hai lần nhập do cùng một bàn thực hiện, lần sau đổi chỗ người đọc và người nhập.")
    again = keyings.count()
    if again:
        told.append(f"Có {again} lần nhập được nhập lại; lần nhập trước được giữ.")
    return tuple(told)


def _scanned(round_: Round) -> tuple[str, ...]:
    """Đọc bằng máy quét: who decided what the machine did not, what was scanned again, whether images are kept, whether sheets bear a code."""
    operators = _operators(round_)
    told = [
        f"Phiếu được đọc bằng máy quét{f' (người quét: {operators})' if operators else ''}; chỗ nào máy nghi vấn thì thành viên Ban kiểm phiếu xem phiếu và kết luận, kết luận khác đề xuất của máy thì hai người xem độc lập.",
        "Ngoài máy quét, từng phiếu được một bàn nhập đọc và nhập độc lập; hai lần đọc đối chiếu khớp toàn bộ rồi mới tổng hợp."
        if round_.readings > 1
        else "",
    ]
    again = Scan.objects.filter(batch__round=round_, current=False).count()
    if again:
        told.append(f"Có {again} lần quét lại một tập; lần quét trước được giữ.")
    looked = [row.data.get("names", "") for row in of_this_count(round_, "columns_looked")]
    if looked:
        told.append(_gallery(round_, str(looked[-1])))
    if round_.token_decision:
        told.append(f"Mỗi phiếu in một mã ngẫu nhiên theo {round_.token_decision}.")
    kept = round_.keep_images_decision
    told.append(f"Ảnh quét được lưu theo {kept}." if kept else "Ảnh quét không lưu.")
    return tuple(line for line in told if line)


def _operators(round_: Round) -> str:
    """Những người quét của lần kiểm này, each once, in the order in which they began."""
    scans = Scan.objects.filter(batch__round=round_, batch__count_number=round_.count_number, current=True)
    names = scans.exclude(operator="").order_by("opened_at").values_list("operator", flat=True)
    return ", ".join(dict.fromkeys(names))


def _gallery(round_: Round, names: str) -> str:
    """Xem lại dải ô: stated as done, and whether for the random check; never of which persons, which would tell who stands near a threshold."""
    small = round_.pairing == Round.Pairing.SCAN and all(
        (kind.returned or 0) < GALLERY_BELOW for kind in round_.ballot_types.all()
    )
    if small:
        return (
            f"Thay cho kiểm tra ngẫu nhiên (số phiếu thu về dưới {GALLERY_BELOW}), trước khi ký biên bản, Ban kiểm phiếu xem lại "
            f"từng ô của tất cả những người được lấy phiếu (người xem: {names})."
        )
    return f"Trước khi ký biên bản, Ban kiểm phiếu xem lại hết các dải ô phải xem lại (người xem: {names})."


def _unsure(round_: Round) -> tuple[str, ...]:
    """Những nội dung của quy định còn chưa chắc mà kết quả dựa vào: the base, the quorum and the rounding, where not read."""
    bearing = ("base", "quorum", "rounding", "line_invalid", "bands")
    corrected = {one.path for one in corrections_of(round_)}
    found: dict[str, str] = {}
    for value in unsure_values(shipped_book(round_), ("recalled", "unsure")):
        section = value.path.split(".")[0].split("[")[0]
        if section in bearing and value.path not in corrected and section not in found:
            label = {
                "base": "mẫu số của tỷ lệ",
                "quorum": "điều kiện tiến hành",
                "rounding": "cách làm tròn",
                "line_invalid": "trường hợp không hợp lệ",
                "bands": "các khung tỷ lệ",
            }[section]
            clause = f" ({value.clause})" if value.clause else ""
            found[section] = f"{label.capitalize()}{clause}: chưa đối chiếu được với văn bản gốc."
    return tuple(found.values())
