"""Dải ô theo người: whom the board must look through, screen by screen, rows sent back, and the signing that waits for it."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.app import drawn
from tests.app.scanned import BOARD, ScanScene, page, same_trace
from tests.app.scene import Scene, sheets
from tinnhiem.app.actions import adjudicating, reconciling, result, scanning
from tinnhiem.app.actions.gallery import RaisedRowsOpen, StripsNotSeen
from tinnhiem.app.models import ColumnLook, EventRow, Keying, Scan
from tinnhiem.app.queries.adjudication_desk import points_for
from tinnhiem.app.queries.column_gallery import SCREEN, people_to_look_through, strip, unseen
from tinnhiem.app.queries.sealed import record_of
from tinnhiem.errors import Faults, TinnhiemError
from tinnhiem.paper.scan.page_reading import PageReading

pytestmark = pytest.mark.django_db

PILE = ("hhm", "hml", "hhh", "mmm", "lhh", "hhh", "hhm", "hhm", "mhh", "hlh", "hhl", "lhl")
"""Eight, two and two of each level on line 1; nobody stands near a threshold."""


class Room:
    """A board that scanned its one batch and counted."""

    def __init__(
        self,
        pairing: str = "scan",
        pile: Sequence[str | PageReading] = PILE,
        *,
        pictures: bool = False,
        size: int | None = None,
    ) -> None:
        self.scene = ScanScene(pairing, voters=size or len(pile))
        (batch,) = self.scene.divide(size or len(pile))
        self.scan: Scan = drawn.scan(self.scene, batch, *pile) if pictures else self.scene.scan(batch, *pile)
        self.batch = batch
        self.client = Client()
        self.client.force_login(self.scene.head)

    def count(self) -> Room:
        """The scan finished and the count made."""
        scanning.finish_scan(self.scene.head, self.scene.pk, self.scan.pk, duplicates=same_trace)
        result.make_count(self.scene.head, self.scene.pk)
        return self

    def url(self, name: str, *more: object) -> str:
        return reverse(name, args=[self.scene.pk, *more])

    def sit(self, member: int = 0) -> Room:
        self.client.post(self.url("adjudication"), {"member": self.scene.members[member], "next": "gallery"})
        return self

    def open(self, line: int) -> int:
        """The strip of the person on a line, begun; the id of the person."""
        subject = self.scene.round.subjects.get(line=line)
        self.client.post(self.url("gallery-begin", subject.pk))
        return int(subject.pk)

    def page(self, subject: int) -> str:
        return self.client.get(self.url("gallery-strip", subject)).content.decode()

    def onward(self, subject: int, *rows: str, screen: int = 0) -> HttpResponse:
        sent = {"screen": screen, "row": list(rows)}
        return self.client.post(self.url("gallery-strip", subject), sent)  # type: ignore[return-value]

    def look(self, sheet: int, line: int, member: int, mark: str, reason: str = "") -> None:
        """What a member of the board answers at the desk."""
        self.scene.look(self.scan, sheet, line, member, mark, reason)

    def look_through(self) -> None:
        """Everybody's every screen."""
        for subject in unseen(self.scene.fresh()):
            self.open(subject.line or 0)
            screens = -(-len(strip(subject)) // SCREEN)
            for screen in range(screens):
                self.onward(subject.pk, screen=screen)


def lines(room: Room) -> list[int | None]:
    return [one.line for one in people_to_look_through(room.scene.fresh())]


def refusals(room: Room) -> list[type[TinnhiemError]]:
    """Why the signing is refused."""
    with pytest.raises(TinnhiemError) as refused:
        result.sign(room.scene.head, room.scene.pk)
    return [type(one) for one in (refused.value.each() if isinstance(refused.value, Faults) else [refused.value])]


def test_everybody_on_a_small_pile_read_by_the_scan_alone_is_looked_through() -> None:
    assert lines(Room().count()) == [1, 2, 3]


def test_nobody_is_before_the_count() -> None:
    assert lines(Room()) == []


def test_beside_a_keyed_reading_only_those_near_a_threshold_are() -> None:
    low = ("hhl",) * 6 + ("hhh",) * 6
    room = Room("scan_keyed", low)
    scanning.finish_scan(room.scene.head, room.scene.pk, room.scan.pk)
    room.scene.key(room.batch, 2, sheets(*low))
    reconciling.settle_if_alike(room.scene.head, room.scene.pk, room.batch.pk)
    result.make_count(room.scene.head, room.scene.pk)
    assert lines(room) == [3]


def test_the_rows_of_a_person_stand_in_the_order_of_the_levels_and_in_no_order_of_sheets() -> None:
    room = Room().count()
    rows = strip(room.scene.round.subjects.get(line=1))
    order = {"high": 0, "medium": 1, "low": 2}
    assert [row.mark for row in rows] == sorted((row.mark for row in rows), key=lambda mark: order[mark])
    assert sorted(row.mark for row in rows) == sorted(["high"] * 8 + ["medium"] * 2 + ["low"] * 2)
    scanned = [one.key for one in room.scene.manifest(room.scan).pages]
    shown = [row.place.page for row in rows]
    assert (sorted(shown), shown != scanned) == (sorted(scanned), True)


def test_a_screen_shows_its_rows_under_their_levels_and_no_number() -> None:
    room = Room(pictures=True).count().sit()
    shown = room.page(room.open(1))
    assert re.findall(r"<h2>(.*?)</h2>", shown) == ["Tín nhiệm cao", "Tín nhiệm", "Tín nhiệm thấp"]
    assert len(re.findall(r'<img src="[^"]+/strip/1\.png"', shown)) == 12
    words = re.sub(r"<[^>]+>", " ", shown[shown.index("<main") : shown.index("</main>")])
    assert re.findall(r"\d+", words) == ["1"]


def test_a_picture_of_a_strip_comes_as_an_image() -> None:
    room = Room(pictures=True).count().sit()
    (address, *_) = re.findall(r'<img src="([^"]+)"', room.page(room.open(1)))
    answer = room.client.get(address)
    assert (answer.status_code, answer["Content-Type"], answer.content[:4]) == (200, "image/png", b"\x89PNG")


def test_forty_rows_stand_on_a_screen_and_the_next_has_the_rest() -> None:
    room = Room(pile=("hml",) * 50).count().sit()
    subject = room.open(2)
    assert room.page(subject).count('name="row"') == SCREEN
    room.onward(subject)
    shown = room.page(subject)
    assert (shown.count('name="row"'), "Xem xong người này" in shown) == (10, True)


def test_the_address_of_a_screen_tells_nothing_of_how_far_it_is() -> None:
    room = Room(pile=("hml",) * 50).count().sit()
    subject = room.open(2)
    assert room.onward(subject)["Location"] == room.url("gallery-strip", subject)


def test_a_screen_sent_twice_is_passed_once() -> None:
    room = Room(pile=("hml",) * 100).count().sit()
    subject = room.open(2)
    room.onward(subject)
    room.onward(subject)
    assert ColumnLook.objects.get(subject=subject).screens == 1


def test_the_signing_waits_until_everybody_is_looked_through() -> None:
    room = Room().count().sit()
    assert refusals(room) == [StripsNotSeen]
    room.look_through()
    result.sign(room.scene.head, room.scene.pk)
    assert room.scene.fresh().state == "signed"


def test_two_keyed_readings_are_signed_without_a_gallery() -> None:
    scene = Scene()
    scene.open_box()
    (batch,) = scene.divide(12)
    for station in (1, 2):
        scene.key(batch, station, sheets(*["hml"] * 12))
    reconciling.settle_if_alike(scene.head, scene.pk, batch.pk)
    result.make_count(scene.head, scene.pk)
    result.sign(scene.head, scene.pk)
    assert scene.fresh().state == "signed"


def test_the_ledger_says_that_all_was_looked_through_and_by_whom_and_names_nobody_voted_on() -> None:
    room = Room().count().sit(1)
    before = EventRow.objects.filter(round=room.scene.round).count()
    room.look_through()
    (told,) = EventRow.objects.filter(round=room.scene.round).order_by("seq")[before:]
    assert (told.code, told.sentence) == (
        "columns_looked",
        f"Ban kiểm phiếu đã xem hết các dải ô phải xem lại trước khi ký (người xem: {BOARD[1]}).",
    )


def test_a_struck_name_is_shown_with_its_name_beside_the_boxes() -> None:
    struck = Room(pile=("*hm", *PILE[1:]), pictures=True)
    for member in (0, 1):
        struck.look(1, 1, member, "struck")
    struck.count().sit()
    shown = struck.page(struck.open(1))
    assert (shown.count('class="strip-named"'), len(re.findall(r"/row/1", shown))) == (1, 1)
    assert len(re.findall(r"/strip/1", shown)) == len(PILE) - 1


def first_row(room: Room, subject: int) -> str:
    return re.findall(r'name="row" value="([^"]+)"', room.page(subject))[0]


def send_back(room: Room) -> tuple[int, int]:
    """One row of the first person sent back; sheet and person."""
    subject = room.open(1)
    value = first_row(room, subject)
    room.onward(subject, value)
    keys = [one.key for one in room.scene.manifest(room.scan).pages]
    return keys.index(value.split("/")[1]) + 1, subject


def waiting(room: Room, member: int) -> list[tuple[int, int, str, str | None]]:
    found = points_for(room.scene.fresh(), room.scene.again(room.scan), room.scene.members[member], "vi")
    return [(one["sheet"], one["line"], one["group"], one["proposal"]) for one in found]  # type: ignore[misc]


def test_a_row_sent_back_waits_at_the_adjudication_desk_with_what_the_machine_read() -> None:
    room = Room().count().sit()
    sheet, _ = send_back(room)
    assert waiting(room, 0) == waiting(room, 1) == [(sheet, 1, "Ban kiểm phiếu yêu cầu xem lại", "high")]


def test_a_row_sent_back_opens_its_batch_and_keeps_the_earlier_reading() -> None:
    room = Room().count().sit()
    send_back(room)
    readings = Keying.objects.filter(batch=room.batch).values_list("attempt", "current", "sheets")
    assert (room.scene.again(room.scan).closed_at, list(readings)) == (None, [(1, False, 12)])
    told = EventRow.objects.filter(round=room.scene.round).order_by("seq").last()
    assert told is not None
    assert "Ban kiểm phiếu mở lại lần quét để xem lại một số dòng." in told.sentence


def decided_anew(room: Room, mark: str) -> None:
    """A row of the first person is sent back, everybody looked through, and the row decided: by one member where it is what the machine read."""
    sheet, _ = send_back(room)
    room.look_through()
    for member in (0, 1) if mark != "high" else (0,):
        room.look(sheet, 1, member, mark)
    scanning.finish_scan(room.scene.head, room.scene.pk, room.scan.pk, duplicates=same_trace)


def test_whose_row_was_decided_otherwise_after_being_sent_back_is_looked_through_again() -> None:
    room = Room().count().sit()
    decided_anew(room, "low")
    assert [one.line for one in unseen(room.scene.fresh())] == [1]
    room.look_through()
    assert unseen(room.scene.fresh()) == ()


def test_whose_row_was_found_right_is_not_looked_through_again() -> None:
    room = Room().count().sit()
    decided_anew(room, "high")
    assert unseen(room.scene.fresh()) == ()


def test_once_a_batch_opened_by_the_gallery_is_finished_the_board_is_asked_to_count_again() -> None:
    room = Room().count().sit()
    decided_anew(room, "high")
    said = "Sau khi tổng hợp có tập mở lại, nay đã xong. Tổng hợp lại kết quả."
    for place in ("gallery", "counting", "result"):
        shown = room.client.get(room.url(place)).content.decode()
        step = shown[shown.index('class="next-step"') :]
        assert (said in step, f'action="{room.url("result-make")}"' in step) == (True, True)
    room.client.post(room.url("result-make"))
    assert said not in room.client.get(room.url("counting")).content.decode()


def test_after_the_last_person_the_list_leads_on() -> None:
    room = Room().count().sit()
    shown = room.client.get(room.url("gallery")).content.decode()
    assert 'class="next-step"' not in shown
    room.look_through()
    shown = room.client.get(room.url("gallery")).content.decode()
    step = shown[shown.index('class="next-step"') :]
    assert (f'href="{room.url("result")}"' in step, "Về trang Kết quả" in step) == (True, True)


def test_a_row_sent_back_is_decided_counted_anew_and_signed() -> None:
    room = Room().count().sit()
    sheet, _ = send_back(room)
    room.look_through()
    for member in (0, 1):
        room.look(sheet, 1, member, "low")
    assert waiting(room, 2) == []
    room.count()
    room.look_through()
    result.sign(room.scene.head, room.scene.pk)
    signed = result.current_row(room.scene.fresh())
    assert signed is not None
    assert record_of(signed).lines[0].counts == {"high": 7, "medium": 2, "low": 3}
    readings = Keying.objects.filter(batch=room.batch).order_by("attempt").values_list("attempt", "current")
    assert list(readings) == [(1, False), (2, True)]


def test_the_signing_waits_for_rows_sent_back_that_nobody_looked_at() -> None:
    room = Room().count().sit()
    send_back(room)
    room.look_through()
    room.count()
    assert refusals(room) == [RaisedRowsOpen]


def test_a_row_that_was_decided_before_is_decided_anew() -> None:
    room = Room(pile=("?hm", *PILE[1:]))
    for member in (0, 1):
        room.look(1, 1, member, "low")
    room.count().sit()
    subject = room.open(1)
    key = room.scene.manifest(room.scan).pages[0].key
    room.onward(subject, f"{room.scan.pk}/{key}")
    assert waiting(room, 0) == [(1, 1, "Dấu không rõ", None)]


def test_a_row_of_another_screen_is_not_taken() -> None:
    room = Room().count().sit()
    subject = room.open(1)
    room.onward(subject, f"{room.scan.pk}/{'0' * 32}")
    assert (ColumnLook.objects.get(subject=subject).screens, waiting(room, 0)) == (0, [])


def test_a_row_that_waits_for_a_second_member_is_in_no_strip() -> None:
    room = Room().count().sit()
    sheet, subject = send_back(room)
    room.look(sheet, 1, 0, "low")
    key = room.scene.manifest(room.scan).pages[sheet - 1].key
    shown = [row.place.page for row in strip(room.scene.round.subjects.get(pk=subject))]
    assert (len(shown), key in shown) == (11, False)


def test_a_batch_scanned_again_is_looked_through_again() -> None:
    room = Room().count().sit()
    send_back(room)
    room.look_through()
    scanning.scan_again(room.scene.head, room.scene.pk, room.batch.pk, "Máy quét kẹt giấy")
    room.scan = room.scene.scan(room.batch, *PILE)
    room.count()
    assert [one.line for one in unseen(room.scene.fresh())] == [1, 2, 3]


def test_rows_sent_back_are_sealed() -> None:
    room = Room().count().sit()
    _, subject = send_back(room)
    key = room.scene.manifest(room.scan).pages[0].key.encode()
    blob = bytes(ColumnLook.objects.get(subject=subject).raised)
    assert (len(blob) > 0, key in blob, b"line" in blob) == (True, False, False)


def test_a_sheet_held_invalid_is_in_nobodys_strip() -> None:
    room = Room(pile=(*PILE[:11], "hhh"))
    for member in (0, 1):
        room.look(12, adjudicating.WHOLE_SHEET, member, "no_stamp", "không có dấu")
    room.count()
    assert len(strip(room.scene.round.subjects.get(line=1))) == 11


def test_a_sheet_left_out_as_scanned_twice_shifts_no_row_to_another_mark() -> None:
    twice = page("lhh", trace=b"the same hand")
    room = Room(pile=(twice, twice, *PILE[1:]), size=12)
    for member in (0, 1):
        room.look(2, adjudicating.TWIN, member, adjudicating.REMOVE, "quét hai lần")
    room.count()
    keys = [one.key for one in room.scene.manifest(room.scan).pages]
    shown = {keys.index(row.place.page): row.mark for row in strip(room.scene.round.subjects.get(line=1))}
    marks = {"h": "high", "m": "medium", "l": "low"}
    assert shown == {0: "low", **{place: marks[signs[0]] for place, signs in enumerate(PILE[1:], start=2)}}


def test_the_gallery_is_the_boards_alone() -> None:
    room = Room().count()
    statuses = []
    for account in (room.scene.one, room.scene.officer, room.scene.chair):
        other = Client()
        other.force_login(account)
        statuses.append(other.get(room.url("gallery")).status_code)
    assert statuses == [403, 403, 403]
