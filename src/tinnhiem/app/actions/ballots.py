"""Mẫu phiếu: how the ballots are printed, the board's decision on random codes, and every download for printing.

Contract: the form may change until the voting begins, because sheets are printed late; what was printed before a change is told, since the reader refuses it. Sheets to vote with are
handed out only once the lists are frozen. Sheets are alike unless the board's decision, with number and date, is recorded; a running number is never printed. Codes are
drawn at random and kept as digests alone (`models.ballot_codes`).
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from uuid import UUID

import msgspec

from tinnhiem.app.access import Permission
from tinnhiem.app.actions.acting import Act, acting
from tinnhiem.app.actions.rounds import BEFORE_FREEZE
from tinnhiem.app.models import Account, BallotCode, BallotType, Round
from tinnhiem.app.queries.ballot_form import layout_of
from tinnhiem.app.queries.ballot_prints import HOW_TOLD, How, digest_of, form_code
from tinnhiem.app.queries.labels import label_of
from tinnhiem.errors import TinnhiemError
from tinnhiem.paper import print as ballot_print
from tinnhiem.poll import round as steps

FORM_SETTINGS = (
    "sheet_paper",
    "sheet_large_print",
    "sheet_band",
    "sheet_signature",
    "sheet_stamp",
    "meeting",
    "subject_words",
)
"""What the page of the ballot sets on the round."""

CODE_BYTES = 8


class BallotFormClosed(TinnhiemError):
    """The form of a ballot that is being voted with."""

    code = "ballot_form_closed"
    vi = "Đã bắt đầu bỏ phiếu nên không sửa mẫu phiếu được nữa: máy chỉ đọc được phiếu đúng mẫu đã in."
    en = "Voting has begun and the form of the ballot cannot change: the reader takes only sheets of the form printed."


class BallotsTooEarly(TinnhiemError):
    """Ballots to vote with before the list on them is frozen."""

    code = "ballots_too_early"
    vi = "Chốt danh sách rồi mới tải phiếu để in: sửa một tên hay chức vụ là phiếu đã in không dùng được. Bây giờ chỉ tải được phiếu mẫu."
    en = "Ballots are downloaded once the lists are frozen: one name changed makes printed sheets useless. Until then there is the sample."


class BallotsTooLate(TinnhiemError):
    """Ballots after the voting was closed."""

    code = "ballots_too_late"
    vi = "Đã kết thúc bỏ phiếu nên không tải phiếu để in nữa."
    en = "Voting is closed; no more ballots are downloaded."


class CodesNeedMarks(TinnhiemError):
    """A plain sheet bears no code."""

    code = "codes_need_marks"
    vi = "Ban kiểm phiếu đã quyết định in mã ngẫu nhiên trên từng phiếu, nên không tải phiếu không có dấu cho máy đọc. Bỏ quyết định ấy trước."
    en = "The board decided on a random code on each sheet, so there are no sheets without machine marks. Drop that decision first."


class BallotPile(msgspec.Struct, frozen=True, kw_only=True):
    """Phiếu để in: the PDF and its name."""

    content: bytes
    name: str


def change_ballot_form(
    account: Account, round_id: UUID, colours: Mapping[int, str] | None = None, **settings: str | bool | None
) -> Round:
    """Sửa mẫu phiếu: only names of `FORM_SETTINGS`; `colours` are the paper's by ballot type. Raises `BallotFormClosed`."""
    with acting(account, Permission.PREPARE, round_id) as act:
        refuse_once_voting(act.round)
        changed = []
        for name, value in settings.items():
            if name not in FORM_SETTINGS:
                message = f"not a setting of the ballot: {name}"
                raise ValueError(message)
            if getattr(act.round, name) != value:
                setattr(act.round, name, value)
                changed.append(label_of(Round, name).lower())
        for kind in act.round.ballot_types.filter(pk__in=colours or ()):
            colour = (colours or {})[kind.pk].strip()
            if kind.colour != colour:
                kind.colour = colour
                kind.save(update_fields=["colour"])
                changed.append(f"{label_of(BallotType, 'colour').lower()} “{kind.title}”")
        act.round.save()
        _told(act, changed)
        return act.round


def _told(act: Act, changed: list[str]) -> None:
    if changed:
        act.record("ballot_form_changed", what=", ".join(changed))
    else:
        act.silent = True


def decide_on_codes(account: Account, round_id: UUID, decision: str) -> Round:
    """Ghi quyết định in mã ngẫu nhiên trên từng phiếu (số, ngày); "" drops it. Raises `BallotFormClosed`."""
    with acting(account, Permission.PREPARE, round_id) as act:
        refuse_once_voting(act.round)
        told = " ".join(decision.split())
        if told == act.round.token_decision:
            act.silent = True
            return act.round
        act.round.token_decision = told
        act.round.save(update_fields=["token_decision"])
        if told:
            act.record("tokens_decided", decision=told)
        else:
            act.record("tokens_dropped")
        return act.round


def take_ballots(
    account: Account, round_id: UUID, ballot_type_id: int, copies: int, *, plain: bool = False
) -> BallotPile:
    """Tải phiếu để in: `copies` sheets of one type, both sides in turn.

    Raises `BallotsTooEarly`, `BallotsTooLate`, `CodesNeedMarks`, `CopiesUnfit`, and what `lay_out` raises.
    """
    with acting(account, Permission.PREPARE, round_id) as act:
        _refuse_unless_printable(act.round)
        kind = act.round.ballot_types.get(pk=ballot_type_id)
        if plain and act.round.token_decision:
            raise CodesNeedMarks
        if not 1 <= copies <= ballot_print.MOST_COPIES:
            raise ballot_print.CopiesUnfit(most=ballot_print.MOST_COPIES)
        how: How = "plain" if plain else "coded" if act.round.token_decision else "alike"
        codes = _drawn_codes(act.round, copies) if how == "coded" else ()
        layout = layout_of(act.round)
        sides = layout.sides_of(kind.code or None)
        content = ballot_print.draw(layout, sides=sides, copies=copies, tokens=codes, plain=plain)
        act.record(
            "ballots_taken",
            of_type=kind.title,
            copies=copies,
            how=HOW_TOLD[how],
            layout=form_code(layout.hash),
        )
        place = f"-{kind.position}" if kind.code else ""
        return BallotPile(content=content, name=f"phieu{place}{'-khong-dau-may' if plain else ''}.pdf")


def _drawn_codes(round_: Round, copies: int) -> tuple[str, ...]:
    """Fresh codes; their digests are stored in the order of the digests, which tells nothing of the order of the sheets."""
    codes = tuple(secrets.token_hex(CODE_BYTES).upper() for _ in range(copies))
    digests = sorted(digest_of(round_, code) for code in codes)
    BallotCode.objects.bulk_create([BallotCode(round=round_, digest=digest) for digest in digests])
    return codes


def form_is_open(round_: Round) -> bool:
    """Whether the form may still change: until the voting begins."""
    return round_.state in steps.STATES and steps.STATES.index(round_.state) < steps.STATES.index("voting")


def refuse_once_voting(round_: Round) -> None:
    """Raises `BallotFormClosed` from the beginning of the voting on."""
    if not form_is_open(round_):
        raise BallotFormClosed


def _refuse_unless_printable(round_: Round) -> None:
    if round_.state in BEFORE_FREEZE:
        raise BallotsTooEarly
    if round_.state not in ("lists_frozen", "ready", "voting"):
        raise BallotsTooLate
