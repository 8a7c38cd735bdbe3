"""Đợt lấy phiếu: the round, its ballot types and its three lists (người được lấy phiếu, người ghi phiếu, Ban kiểm phiếu).

Contract: the lists hold what is printed, frozen with the round. A voter is on a roll and nowhere else: no table of this house has a column that
could join a voter and a sheet. `process` is the value of `poll.round` as JSON; only `actions` change it.
"""

from __future__ import annotations

import datetime
import secrets
import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from tinnhiem.app.models.people import Body, Membership, Person


def random_sheet_id() -> str:
    """Mã ngẫu nhiên của tờ phiếu, 32 hexadecimal digits: no sheet of another vote fits, and nothing can be told from it."""
    return secrets.token_hex(16)


class Round(models.Model):
    """Đợt lấy phiếu tín nhiệm. `book_digest` pins the rulebook as it was; `corrections` are the office's own values with reasons."""

    class Way(models.TextChoices):
        """Cách đưa kết quả vào máy."""

        SHEETS = "sheets", _("Nhập từng phiếu")
        TOTALS = "totals", _("Nhập tổng từ bảng kiểm phiếu")

    class Pairing(models.TextChoices):
        """Cách đọc phiếu: which readings of a batch the count asks for. The scan, where there is one, is station 1."""

        SCAN = "scan", _("Máy quét, Ban kiểm phiếu xem từng chỗ nghi vấn")
        SCAN_KEYED = "scan_keyed", _("Máy quét và một bàn nhập")
        TWO = "two", _("Hai lần nhập, hai bàn nhập")
        THREE = "three", _("Ba lần nhập, ba bàn nhập")

    class Paper(models.TextChoices):
        """Khổ giấy của phiếu."""

        A4 = "A4", _("A4")
        A5 = "A5", _("A5")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="rounds")
    title = models.CharField(_("Tên đợt"), max_length=200)
    meeting = models.CharField(_("Hội nghị, kỳ họp"), max_length=200, blank=True)
    place = models.CharField(_("Địa điểm"), max_length=200, blank=True)
    subject_words = models.CharField(_("Đối với (in sau tên phiếu, biên bản)"), max_length=300, blank=True)
    boxes = models.PositiveSmallIntegerField(_("Số thùng phiếu"), default=1)
    secrecy = models.CharField(_("Độ mật in trên văn bản"), max_length=20, blank=True)
    vote_date = models.DateField(_("Ngày lấy phiếu"))
    opening_date = models.DateField(_("Ngày khai mạc kỳ họp"), null=True, blank=True)
    book_id = models.CharField(max_length=64)
    book_digest = models.CharField(max_length=64)
    corrections = models.JSONField(default=list, blank=True)
    state = models.CharField(max_length=20, default="draft", db_index=True)
    process = models.JSONField(default=dict, blank=True)
    count_number = models.PositiveSmallIntegerField(default=1)
    rehearsal = models.BooleanField(_("Chạy thử"), default=False)
    way = models.CharField(_("Cách nhập"), max_length=8, choices=Way.choices, default=Way.SHEETS)
    pairing = models.CharField(_("Cách đọc phiếu"), max_length=10, choices=Pairing.choices, default=Pairing.TWO)
    same_table = models.BooleanField(_("Một bàn nhập hai lần, đổi chỗ"), default=False)
    batch_size = models.PositiveSmallIntegerField(_("Số phiếu mỗi tập"), default=25)
    digits = models.PositiveSmallIntegerField(_("Số chữ số thập phân"), default=2)
    rounding = models.CharField(_("Cách làm tròn"), max_length=10, default="half-up")
    list_order = models.CharField(_("Thứ tự in"), max_length=10, default="approved")
    person_word = models.CharField(_("Cách xưng hô"), max_length=16, default="đồng chí")
    code_in_footer = models.BooleanField(_("In mã đối chiếu ở chân trang"), default=True)
    sheet_id = models.CharField(max_length=32, default=random_sheet_id, editable=False)
    sheet_paper = models.CharField(_("Khổ giấy của phiếu"), max_length=2, choices=Paper.choices, default=Paper.A4)
    sheet_large_print = models.BooleanField(_("Chữ lớn"), default=False)
    sheet_band = models.BooleanField(_("In dải phân biệt loại phiếu (khi không có giấy màu)"), default=False)
    sheet_signature = models.BooleanField(_("Chỗ ký tên người ghi phiếu"), null=True, blank=True)
    sheet_stamp = models.BooleanField(_("Dấu treo trên phiếu"), null=True, blank=True)
    token_decision = models.CharField(_("Quyết định in mã ngẫu nhiên trên từng phiếu"), max_length=200, blank=True)
    keep_images_decision = models.CharField(_("Quyết định lưu ảnh quét"), max_length=200, blank=True)
    members = models.PositiveIntegerField(_("Tổng số thành viên"), null=True, blank=True)
    summoned = models.PositiveIntegerField(_("Số triệu tập"), null=True, blank=True)
    present = models.PositiveIntegerField(_("Có mặt lúc bỏ phiếu"), null=True, blank=True)
    absent_with_leave = models.PositiveIntegerField(_("Vắng có lý do"), null=True, blank=True)
    absent_without_leave = models.PositiveIntegerField(_("Vắng không lý do"), null=True, blank=True)
    excluded = models.PositiveIntegerField(_("Số người được trừ"), null=True, blank=True)

    def __str__(self) -> str:
        return self.title

    @property
    def readings(self) -> int:
        """Số lần đọc phải khớp: how many readings of a batch the count asks for, the scan included."""
        return {"scan": 1, "scan_keyed": 2, "two": 2, "three": 3}[self.pairing]

    @property
    def scanned(self) -> bool:
        """Whether station 1 is the scan."""
        return self.pairing in (self.Pairing.SCAN, self.Pairing.SCAN_KEYED)

    @property
    def pictures_deleted_on(self) -> datetime.date | None:
        """Ngày xóa ảnh quét, as the ledger tells it; None where none were deleted, or sheets were scanned since."""
        last = self.events.filter(code__in=("scan_opened", "images_deleted")).order_by("seq").last()
        if last is None or last.code != "images_deleted":
            return None
        return datetime.datetime.fromisoformat(last.at).date()

    @property
    def keyed_stations(self) -> tuple[int, ...]:
        """Các lần do người nhập, by number."""
        return tuple(range(2 if self.scanned else 1, self.readings + 1))


class BallotType(models.Model):
    """Loại phiếu và số phiếu của loại; `code` is empty for the only type of a round without types."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="ballot_types")
    code = models.CharField(max_length=32, blank=True)
    title = models.CharField(_("Tên loại phiếu"), max_length=300, blank=True)
    colour = models.CharField(_("Màu giấy"), max_length=40, blank=True)
    position = models.PositiveSmallIntegerField(default=1)
    received = models.PositiveIntegerField(_("Nhận từ văn thư"), null=True, blank=True)
    issued = models.PositiveIntegerField(_("Phát ra"), null=True, blank=True)
    spoilt = models.PositiveIntegerField(_("Đổi (hỏng)"), null=True, blank=True)
    unused = models.PositiveIntegerField(_("Chưa sử dụng"), null=True, blank=True)
    returned = models.PositiveIntegerField(_("Thu về"), null=True, blank=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["round", "code"], name="one_type_per_code")]

    def __str__(self) -> str:
        return self.title or self.code or self.round.title


class Subject(models.Model):
    """Người được lấy phiếu của đợt: one line as it will be printed, or a person left out with the reason.

    `line` is the order within the ballot type; None for a person who is not voted on.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="subjects")
    ballot_type = models.ForeignKey(BallotType, on_delete=models.PROTECT, related_name="subjects")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="candidacies")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    line = models.PositiveSmallIntegerField(null=True, blank=True)
    name = models.CharField(_("Họ và tên"), max_length=160)
    post = models.CharField(_("Chức vụ in trên phiếu"), max_length=400)
    regime = models.CharField(_("Chế độ"), max_length=20, default="can-bo")
    since = models.DateField(_("Ngày giữ chức vụ"), null=True, blank=True)
    retirement_notice = models.DateField(_("Ngày thông báo nghỉ chờ hưu"), null=True, blank=True)
    exemption = models.CharField(_("Không lấy phiếu"), max_length=40, blank=True)
    exemption_reason = models.CharField(_("Lý do"), max_length=300, blank=True)
    second_place = models.CharField(_("Nơi lấy phiếu thứ hai"), max_length=200, blank=True)

    class Meta:
        ordering = ["ballot_type__position", "line", "pk"]

    def __str__(self) -> str:
        return self.name


class Voter(models.Model):
    """Người ghi phiếu: on the roll of the round; never linked to a sheet."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="voters")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("Họ và tên"), max_length=160)
    post = models.CharField(_("Chức vụ"), max_length=400, blank=True)
    unit = models.CharField(_("Đơn vị"), max_length=200, blank=True)
    group = models.CharField(_("Tổ, đoàn"), max_length=120, blank=True)
    seat = models.CharField(_("Số ghế"), max_length=20, blank=True)

    def __str__(self) -> str:
        return self.name


class BoardMember(models.Model):
    """Thành viên Ban kiểm phiếu hoặc tổ giúp việc. `duty`: head, deputy, secretary, member, helper."""

    class Duty(models.TextChoices):
        """Nhiệm vụ trong Ban kiểm phiếu."""

        HEAD = "head", _("Trưởng ban")
        DEPUTY = "deputy", _("Phó Trưởng ban")
        SECRETARY = "secretary", _("Thư ký")
        MEMBER = "member", _("Ủy viên")
        HELPER = "helper", _("Tổ giúp việc")

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="board")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=1)
    name = models.CharField(_("Họ và tên"), max_length=160)
    post = models.CharField(_("Chức vụ"), max_length=400, blank=True)
    duty = models.CharField(_("Nhiệm vụ"), max_length=12, choices=Duty.choices, default=Duty.MEMBER)
    allowed_by = models.CharField(_("Văn bản cho phép"), max_length=200, blank=True)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name
