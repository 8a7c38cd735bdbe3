"""Việc tiếp theo: one sentence and one button for each state of a round and each role.

Contract: a pure function of the round's standing and the role; it covers every state and every role. It offers only what `access` allows that role
and what `poll.round` allows in that state; what is not this role's to do is said as waiting, with whom one waits for. Words are the
desk's, not the law's.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from django.utils.translation import gettext as _

from tinnhiem.app.models import Role
from tinnhiem.app.queries.standing import Standing
from tinnhiem.app.queries.step_words import words_of
from tinnhiem.poll.round import ActCode, State, missing_acts, next_state


class NextStep(msgspec.Struct, frozen=True, kw_only=True):
    """Việc tiếp theo.

    `place` is the name of the page that does it ("" where this role waits), `arguments` what follows the round's id in its address.
    `blocked` says what must happen before the state can be left, where the page is not the passage itself.
    """

    sentence: str
    label: str = ""
    place: str = ""
    arguments: tuple[str, ...] = ()
    blocked: str = ""


def next_step(standing: Standing, role: Role) -> NextStep:
    """Việc tiếp theo của một vai trò."""
    state = standing.process.state
    if state == "cancelled":
        return NextStep(sentence=_("Cuộc bỏ phiếu đã hủy theo quyết định. Muốn lấy phiếu lại thì lập đợt mới."))
    if state == "archived":
        return NextStep(sentence=_("Đợt này đã lưu trữ, không còn việc nào."))
    if state == "paused":
        if role in (Role.ORGANISER, Role.BOARD_HEAD):
            return NextStep(
                sentence=_("Cuộc họp đang tạm dừng. Tiếp tục khi người chủ trì cho phép."),
                label=_("Tiếp tục"),
                place="resume",
            )
        return NextStep(sentence=_("Cuộc họp đang tạm dừng. Chờ người chủ trì cho phép tiếp tục."))
    found = ROLES[role](standing)
    return found or NextStep(sentence=waiting(standing))


def _organiser(standing: Standing) -> NextStep | None:
    state = standing.process.state
    if state == "draft" and not standing.subjects:
        return _import("subjects")
    if state == "dossiers_out":
        for kind, count in (("subjects", standing.subjects), ("voters", standing.voters), ("board", standing.board)):
            if not count:
                return _import(kind)
    if state == "lists_frozen" and not (standing.has_board_head and standing.tables_seated):
        return NextStep(
            sentence=_("Giao tài khoản cho Trưởng Ban kiểm phiếu và các bàn nhập phiếu."),
            label=_("Giao bàn làm việc"),
            place="desks",
            blocked=_("Chưa đủ Trưởng Ban kiểm phiếu và các bàn nhập phiếu."),
        )
    if state == "lists_frozen" and standing.ballots_wait:
        return NextStep(
            sentence=_("Danh sách đã chốt: tải phiếu, in thử một phiếu rồi in đủ số."),
            label=_("Phiếu để in"),
            place="ballots",
            blocked=_("Chưa tải phiếu cho máy đọc."),
        )
    if state in ("ready", "voting"):
        return _meeting(standing)
    if state in ("closed", "counting"):
        return None
    return _onward(standing)


def _board_head(standing: Standing) -> NextStep | None:
    if standing.process.state in ("ready", "voting"):
        return _meeting(standing)
    return _board(standing)


def _board(standing: Standing) -> NextStep | None:
    state = standing.process.state
    if state == "closed":
        return NextStep(
            sentence=_("Mở thùng phiếu, đếm số phiếu thu về và công bố với cuộc họp."),
            label=_("Vào phòng kiểm phiếu"),
            place="counting",
        )
    if state == "counting":
        scanned = _("Kiểm phiếu: quét, xem chỗ nghi vấn, tổng hợp rồi lập biên bản.")
        return NextStep(
            sentence=scanned if standing.scanned else _("Kiểm phiếu: nhập, đối chiếu, tổng hợp rồi lập biên bản."),
            label=_("Vào phòng kiểm phiếu"),
            place="counting",
        )
    if state in ("signed", "announced") and standing.check_waits:
        return NextStep(
            sentence=_("Kiểm tra ngẫu nhiên trước khi niêm phong phiếu: bốc thăm, đọc lại phiếu giấy."),
            label=_("Kiểm tra ngẫu nhiên"),
            place="random-check",
        )
    if state == "signed" and "reported_to_chair" in missing_acts(standing.process, "announced"):
        return _act("reported_to_chair", _("Báo cáo người chủ trì trước khi công bố kết quả, rồi ghi giờ báo cáo."))
    if state in ("signed", "announced") and "ballots_sealed" in missing_acts(standing.process, "reported"):
        return _act("ballots_sealed", _("Niêm phong, bàn giao phiếu rồi ghi giờ và người nhận."))
    return None


def _station(standing: Standing) -> NextStep | None:
    if standing.process.state != "counting" or not standing.tables:
        return None
    return NextStep(
        sentence=_("Nhập phiếu theo từng tập do Ban kiểm phiếu giao."),
        label=_("Vào bàn nhập phiếu"),
        place="entry-start",
    )


def _chair(standing: Standing) -> NextStep | None:
    return _onward(standing) if standing.process.state in ("signed", "announced", "reported", "follow_up") else None


ROLES: dict[Role, Callable[[Standing], NextStep | None]] = {
    Role.ORGANISER: _organiser,
    Role.CHAIR: _chair,
    Role.BOARD_HEAD: _board_head,
    Role.BOARD: _board,
    Role.STATION: _station,
}
"""What each role does; None where it waits."""


def _import(kind: str) -> NextStep:
    said = {
        "subjects": _("Nhập danh sách người được lấy phiếu từ tệp Excel hoặc bảng Word."),
        "voters": _("Nhập danh sách người ghi phiếu."),
        "board": _("Nhập danh sách Ban kiểm phiếu."),
    }
    missing = {
        "subjects": _("Chưa có danh sách người được lấy phiếu."),
        "voters": _("Chưa có danh sách người ghi phiếu."),
        "board": _("Chưa có danh sách Ban kiểm phiếu."),
    }
    label = _("Nhập danh sách")
    return NextStep(sentence=said[kind], label=label, place="list-import", arguments=(kind,), blocked=missing[kind])


def _meeting(standing: Standing) -> NextStep:
    """The meeting up to the close, for whoever leads it at the desk."""
    state = standing.process.state
    if state == "ready" and not standing.present_known:
        return NextStep(
            sentence=_("Điểm danh và ghi số người triệu tập, có mặt, vắng mặt."),
            label=_("Ghi số liệu cuộc họp"),
            place="meeting",
            blocked=_("Chưa ghi số người có mặt lúc bỏ phiếu."),
        )
    if state == "ready" and missing_acts(standing.process, "voting"):
        sentence = _("Kiểm tra và niêm phong thùng phiếu rỗng trước cuộc họp, rồi ghi giờ và người chứng kiến.")
        return _act("box_checked_and_sealed", sentence)
    if state == "voting" and not standing.issued_known:
        return NextStep(
            sentence=_("Phát phiếu xong thì ghi số phiếu phát ra."),
            label=_("Ghi số phiếu phát ra"),
            place="meeting",
            blocked=_("Chưa ghi số phiếu phát ra."),
        )
    return _step("voting" if state == "ready" else "closed")


def _onward(standing: Standing) -> NextStep | None:
    """The passage to the next state, unless an act of somebody else is still missing."""
    wanted = next_state(standing.process)
    if wanted is None or missing_acts(standing.process, wanted):
        return None
    return _step(wanted)


def _step(wanted: State) -> NextStep:
    words = words_of(wanted)
    return NextStep(sentence=str(words.sentence), label=str(words.label), place="step", arguments=(wanted,))


def _act(act: ActCode, sentence: str) -> NextStep:
    return NextStep(sentence=sentence, label=_("Ghi nhận việc này"), place="act", arguments=(act,))


def waiting(standing: Standing) -> str:
    """Đang chờ ai, chờ việc gì."""
    process = standing.process
    said: dict[str, str] = {
        "lists_frozen": _("Chuyên viên tổ chức đang chuẩn bị hội nghị."),
        "ready": _("Chờ kiểm tra thùng phiếu rỗng và bắt đầu bỏ phiếu."),
        "voting": _("Cuộc bỏ phiếu đang diễn ra."),
        "closed": _("Chờ Ban kiểm phiếu mở thùng phiếu và công bố số phiếu thu về."),
        "counting": _("Ban kiểm phiếu đang kiểm phiếu. Kết quả chỉ xem được sau khi ký biên bản."),
        "signed": _("Chờ Ban kiểm phiếu báo cáo người chủ trì trước khi công bố."),
        "announced": _("Chờ Ban kiểm phiếu niêm phong, bàn giao phiếu."),
        "reported": _("Chuyên viên tổ chức theo dõi việc sử dụng kết quả."),
        "follow_up": _("Chuyên viên tổ chức theo dõi việc sử dụng kết quả."),
    }
    if process.state == "signed" and not missing_acts(process, "announced"):
        return _("Chờ công bố kết quả.")
    if process.state == "announced" and not missing_acts(process, "reported"):
        return _("Chờ báo cáo lên cấp trên.")
    return said.get(process.state, _("Chuyên viên tổ chức đang chuẩn bị kế hoạch và danh sách."))
