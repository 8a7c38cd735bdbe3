"""Việc tiếp theo của Ban kiểm phiếu: one sentence for wherever the counting stands, and the page that does it.

Contract: the first of the waiting things, in the order in which a board works: box, passphrase, piles, scanning, doubtful places, keying, reconciling, the
count, the column gallery, the random check, the signing. What is not this round's way of reading (`Round.pairing`) is never asked for. The step names
a page of another desk ("" where the work is on the page of the counting room itself). Sentences give no figure of the result and name nobody.
"""

from __future__ import annotations

import msgspec
from django.utils.translation import gettext as _

from tinnhiem.app import vault
from tinnhiem.app.actions.batching import batch_label
from tinnhiem.app.actions.process import process_of
from tinnhiem.app.models import Batch, EventRow, Round, Scan, Seal
from tinnhiem.app.queries.column_gallery import raised_left, raised_points, unseen
from tinnhiem.app.queries.random_checks import counted_row, is_waited_for, stage_of
from tinnhiem.app.queries.scan_points import finder, points


class RoomStep(msgspec.Struct, frozen=True, kw_only=True):
    """Việc tiếp theo: `place` is the name of the page, `arguments` what follows the round's id in its address, `method` "post" where the button does the work itself."""

    sentence: str
    label: str = ""
    place: str = ""
    arguments: tuple[str, ...] = ()
    method: str = "get"


COUNT_AGAIN_AFTER = ("scan_closed", "batch_settled")
"""What the ledger has after a count where a batch was opened again: the count no longer holds all that is settled."""


def room_step(round_: Round, *, batches: int, waiting: int, settled: int) -> RoomStep:
    """Việc tiếp theo in the counting room: `waiting` batches can be reconciled now, `settled` are done."""
    if round_.state == "closed":
        return _before_the_count(round_)
    if round_.state != "counting":
        return RoomStep(sentence="")
    if not vault.is_open(round_.pk):
        if Seal.objects.filter(round=round_).exists():
            return RoomStep(sentence=_("Nhập cụm mật khẩu để mở dữ liệu phiếu."))
        return RoomStep(sentence=_("Đặt cụm mật khẩu của Ban kiểm phiếu trước khi nhập phiếu đầu tiên."))
    if round_.way == Round.Way.TOTALS:
        said = _("Hai người nhập tổng từ bảng kiểm phiếu ở bàn nhập, sau đó tổng hợp ở trang Kết quả.")
        return RoomStep(sentence=said, label=_("Tổng hợp kết quả"), place="result")
    if not batches:
        return RoomStep(sentence=_("Chia tập phiếu và ghi số phiếu đếm tay của từng tập."))
    if waiting:
        return RoomStep(sentence=_("Đối chiếu tập đã nhập đủ số lần."))
    return after_settling(round_) if settled == batches else _reading(round_)


def _before_the_count(round_: Round) -> RoomStep:
    now = process_of(round_)
    if now.done("box_opened") is None:
        return RoomStep(sentence=_("Mở thùng phiếu và ghi giờ, người mở."))
    if now.done("returned_announced") is None:
        return RoomStep(sentence=_("Đếm phiếu thu về, ghi số phiếu và công bố với cuộc họp."))
    return RoomStep(sentence=_("Chuyển sang bước kiểm phiếu."))


def _reading(round_: Round) -> RoomStep:
    """The first batch that the scanner has not read yet, or whose doubtful places wait; else the tables go on."""
    batches = Batch.objects.filter(round=round_, count_number=round_.count_number).select_related("ballot_type")
    for batch in batches if round_.scanned else ():
        scan = Scan.objects.filter(batch=batch, current=True).select_related("batch__round").first()
        if scan is None or scan.closed_at is None:
            return _scanning(round_, batch, scan)
    return RoomStep(sentence=_("Các bàn tiếp tục nhập phiếu."))


def _scanning(round_: Round, batch: Batch, scan: Scan | None) -> RoomStep:
    title, here = batch_label(batch), (str(batch.pk),)
    if scan is None:
        said = _("Quét tập {n}: cho cả tập vào máy quét, giữ nguyên thứ tự phiếu.")
        label = _("Quét tập {n}").format(n=title)
        return RoomStep(sentence=said.format(n=title), label=label, place="scanning", arguments=here)
    open_ = {point.stage for point in points(round_, scan)} - {"settled"}
    if open_ == {"ruling"}:
        said = _("Tập {n} còn chỗ ba thành viên kết luận khác nhau. Cả Ban xem phiếu giấy và ghi kết luận.")
        return RoomStep(sentence=said.format(n=title), label=_("Ghi kết luận của cả Ban"), place="adjudication")
    if open_ or raised_points(round_, scan, finder(round_, scan)):
        said = _("Tập {n} còn chỗ máy nghi vấn. Các thành viên Ban kiểm phiếu lần lượt xem từng chỗ.")
        return RoomStep(sentence=said.format(n=title), label=_("Xem chỗ nghi vấn"), place="adjudication")
    said = _("Tập {n} đang quét: xem máy đã đọc đủ số phiếu, xử lý trang không nhận rồi bấm Xong lần quét.")
    label = _("Tiếp tục tập {n}").format(n=title)
    return RoomStep(sentence=said.format(n=title), label=label, place="scanning", arguments=here)


def _opened_since(round_: Round) -> bool:
    events = EventRow.objects.filter(round=round_)
    counted = events.filter(code="counted").order_by("-seq").first()
    return counted is not None and events.filter(code__in=COUNT_AGAIN_AFTER, seq__gt=counted.seq).exists()


def step_of(round_: Round) -> RoomStep:
    """Việc tiếp theo, for a page that does not show the batches."""
    batches = Batch.objects.filter(round=round_, count_number=round_.count_number)
    settled = batches.filter(settlement__complete=True).count()
    return room_step(round_, batches=batches.count(), waiting=0, settled=settled)


def after_settling(round_: Round) -> RoomStep:
    """Việc tiếp theo once every batch is settled: the count, what a scanned round looks through before it is signed, the signing."""
    if counted_row(round_) is None:
        said = _("Các tập đã thống nhất. Tổng hợp kết quả.")
        return RoomStep(sentence=said, label=_("Tổng hợp kết quả"), place="result")
    if round_.scanned and vault.is_open(round_.pk):
        if raised_left(round_):
            said = _("Có dòng Ban kiểm phiếu gửi lại từ dải ô. Xem các dòng ấy, rồi tổng hợp lại.")
            return RoomStep(sentence=said, label=_("Xem chỗ nghi vấn"), place="adjudication")
        if _opened_since(round_):
            said = _("Sau khi tổng hợp có tập mở lại, nay đã xong. Tổng hợp lại kết quả.")
            return RoomStep(sentence=said, label=_("Tổng hợp lại"), place="result-make", method="post")
        if unseen(round_):
            said = _("Trước khi ký, xem lại từng ô của những người phải xem.")
            return RoomStep(sentence=said, label=_("Xem dải ô theo người"), place="gallery")
        if is_waited_for(round_):
            going = stage_of(round_) == "going"
            said = (
                _("Đọc lại các phiếu giấy đã bốc thăm và ghi vào máy.")
                if going
                else _("In biên bản có mã đối chiếu, rồi bốc thăm kiểm tra ngẫu nhiên trước khi ký.")
            )
            return RoomStep(sentence=said, label=_("Kiểm tra ngẫu nhiên"), place="random-check")
    said = _("In biên bản, đọc lại từng số, Ban kiểm phiếu ký rồi ghi nhận đã ký.")
    return RoomStep(sentence=said, label=_("Về trang Kết quả"), place="result")
