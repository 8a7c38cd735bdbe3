"""Danh sách in trên phiếu: who stands on which line of which ballot type.

Contract: a `Slate` is what is frozen when the lists are closed. Line numbers are 1-based and unique within a ballot type; a round
without types has the one type `None`. Names and posts are kept as they are printed (NFC).
"""

from __future__ import annotations

import msgspec

from tinnhiem.law.rulebook import OWN_REGIME


class BallotType(msgspec.Struct, frozen=True, kw_only=True):
    """Loại phiếu: one kind of sheet, with the title printed on it; `id` None is the only type of a round without types."""

    id: str | None = None
    title: str = ""


class Subject(msgspec.Struct, frozen=True, kw_only=True):
    """Người được lấy phiếu: one line of one ballot type, as printed.

    `regime` names the instrument that binds the person beside the rulebook (`can-bo`: the rulebook itself).
    """

    line: int
    post: str
    name: str = ""
    ballot: str | None = None
    regime: str = OWN_REGIME


class Slate(msgspec.Struct, frozen=True, kw_only=True):
    """Danh sách đã chốt: the ballot types in order, and the subjects in printed order within each type."""

    types: tuple[BallotType, ...] = (BallotType(),)
    subjects: tuple[Subject, ...]

    def lines(self, ballot: str | None) -> tuple[Subject, ...]:
        """The subjects of one ballot type, in printed order."""
        return tuple(subject for subject in self.subjects if subject.ballot == ballot)
