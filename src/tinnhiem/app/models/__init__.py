"""Bảng dữ liệu: the stored shape of accounts, people, rounds, the counting room and the ledger."""

from tinnhiem.app.models.accounts import Account, Desk, Role
from tinnhiem.app.models.ballot_codes import BallotCode
from tinnhiem.app.models.counting import (
    Batch,
    CountRecordRow,
    HandTally,
    Keying,
    Seal,
    Settlement,
    TypedTotals,
)
from tinnhiem.app.models.ledger import EventRow
from tinnhiem.app.models.people import Body, Membership, Person, Post
from tinnhiem.app.models.random_check import RandomCheck
from tinnhiem.app.models.rounds import BallotType, BoardMember, Round, Subject, Voter
from tinnhiem.app.models.scanning import ColumnLook, Scan

__all__ = [
    "Account",
    "BallotCode",
    "BallotType",
    "Batch",
    "BoardMember",
    "Body",
    "ColumnLook",
    "CountRecordRow",
    "Desk",
    "EventRow",
    "HandTally",
    "Keying",
    "Membership",
    "Person",
    "Post",
    "RandomCheck",
    "Role",
    "Round",
    "Scan",
    "Seal",
    "Settlement",
    "Subject",
    "TypedTotals",
    "Voter",
]
