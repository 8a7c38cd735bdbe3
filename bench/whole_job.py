"""Đo trọn buổi kiểm phiếu: from the printed ballot to images deleted, step by step, by the actions of the house.

    python -m bench.whole_job --sheets 350 --names 55

Contract: the machine's time is measured; the scanner's and people's is reckoned from figures stated as assumptions. People answer what the hands meant, and the run fails
unless every settled sheet and every figure of the record is what was meant. Marked pages are made beforehand and their time is not counted. The same arguments
give the same pages; only codes, keys and times differ. Data lie in a folder of their own, which is thrown away.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.marked_piles import Pile, board_answer, marked, meant
from bench.record_judge import differences
from bench.results_page import shown, write_section
from bench.scanned_meeting import ScannedMeeting, open_house_in
from bench.whole_job_page import AUDIT_ROW, LOOK, SCANNER, SCREEN, Findings, Step, Steps, document, section

if TYPE_CHECKING:
    from tinnhiem.app.models import Scan, Subject
    from tinnhiem.app.queries.scan_points import Point
    from tinnhiem.paper.scan.page_reading import PageReading
    from tinnhiem.poll.record import CountRecord

SECTION = "whole-job"
FIRST_SEED = 500_000
"""Sheets that no threshold was fixed on."""
LOT = "4719302658"
JOBS = 2


def main() -> None:
    """Đọc lệnh, chạy trọn buổi, in hoặc ghi kết quả; exits 1 where the record is not what was meant."""
    ask = argparse.ArgumentParser(prog="python -m bench.whole_job", description=__doc__.splitlines()[0])
    ask.add_argument("--sheets", type=int, default=350)
    ask.add_argument("--names", type=int, default=55)
    ask.add_argument("--doubtful", type=float, default=0.005, help="share of rows")
    ask.add_argument("--blank", type=float, default=0.005, help="share of rows")
    ask.add_argument("--seed", type=int, default=FIRST_SEED)
    ask.add_argument("--json", action="store_true")
    ask.add_argument("--write", action="store_true", help="write the section of bench/README.md")
    told = ask.parse_args()
    # A scanner file may still be open in a reading process on Windows when the folder goes.
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        place = Path(folder)
        (place / "data").mkdir()
        open_house_in(place / "data")
        steps, found = played(told, place)
    told_page = section(told.sheets, told.names, told.seed, steps, found)
    print(
        json.dumps(document(told.sheets, told.names, steps, found), ensure_ascii=False, indent=1)
        if told.json
        else told_page
    )
    if told.write and not found.differences:
        write_section(SECTION, told_page)
    if found.differences:
        listed = "\n".join(found.differences[:20])
        sys.exit(f"Bản ghi kết quả khác điều đã đánh dấu · the record is not what was meant:\n{listed}")


def played(told: argparse.Namespace, folder: Path) -> tuple[list[Step], Findings]:
    """Trọn buổi, in order."""
    steps, found = Steps(), Findings()
    meeting = ScannedMeeting(told.sheets, told.names)
    _print_ballots(meeting, steps)
    meeting.vote()
    piles = marked(meeting, folder, seed=told.seed, doubtful=told.doubtful, blank=told.blank, jobs=JOBS)
    _tell_rows(piles, found)
    scans = _scan(meeting, piles, steps, found)
    _adjudicate(meeting, scans, piles, steps, found)
    record = _count(meeting, steps)
    _look_through(meeting, steps, found)
    _draw_papers(meeting, record, steps)
    _check_at_random(meeting, piles, steps, found)
    _sign(meeting, steps, found)
    found.differences = differences(meeting, record, piles)
    return steps.done, found


def _print_ballots(meeting: ScannedMeeting, steps: Steps) -> None:
    from tinnhiem.app.actions import ballots

    with steps.timed("Tạo tệp phiếu để in · ballots as a PDF", in_total=False) as step:
        pile = ballots.take_ballots(meeting.officer, meeting.pk, meeting.kind.pk, meeting.sheets)
    step.told = f"{meeting.sheets} phiếu, {len(pile.content) / 2**20:.1f} MiB; trước cuộc họp · before the meeting"


def _tell_rows(piles: Sequence[Pile], found: Findings) -> None:
    for sheet in (sheet for pile in piles for sheet in pile.sheets):
        blank = sum(row.kind == "blank" for row in sheet)
        found.blank += blank
        found.empty_sheets += blank == len(sheet)
        found.doubtful += sum(not row.clear and row.kind != "blank" for row in sheet)


def _scan(meeting: ScannedMeeting, piles: Sequence[Pile], steps: Steps, found: Findings) -> list[Scan]:
    from tinnhiem.app import scan_tray
    from tinnhiem.app.actions import scanning, taking_in
    from tinnhiem.app.scan_manifest import manifest_of

    compared = 0.0

    def duplicates(readings: Sequence[PageReading]) -> list[tuple[int, int]]:
        nonlocal compared
        began = time.perf_counter()
        pairs = scanning.find_duplicates(readings)
        compared += time.perf_counter() - began
        return pairs

    steps.done.append(
        Step(
            name="Máy quét kéo giấy · the scanner",
            assumed=60 * meeting.sheets / SCANNER,
            told=f"{SCANNER} tờ/phút, hai mặt · {SCANNER} sheets a minute, both sides",
        )
    )
    reader = scanning.Reader(duplicates=duplicates, jobs=JOBS, background=False)
    opened: list[Scan] = []
    files = [pile.file.read_bytes() for pile in piles]
    with steps.timed("Nhận tệp và đọc · taking in and reading") as step:
        for batch, pile, data in zip(meeting.batches(), piles, files, strict=True):
            scan = scanning.open_scan(meeting.head, meeting.pk, batch.pk, operator="Ngô Văn Quét")
            taken = scanning.FileTaken(name=pile.file.name, data=data)
            scanning.take_in(meeting.head, meeting.pk, scan.pk, [taken], reader=reader)
            opened.append(scan)
            troubles = scan_tray.tray(scan.pk).troubles
            if troubles:
                sys.exit(f"{pile.file.name}: {troubles[0].sentence()}")
    read_by_then = compared
    found.refused = sum(_key_by_hand(meeting, scan) for scan in opened)
    for scan in opened:  # once more, as closing a batch does: what was read later may be the other half of a pair
        taking_in.find_twins(meeting.head, meeting.pk, scan.pk, duplicates)
    scans = [_again(scan) for scan in opened]
    pages = sum(scan.pages for scan in scans)
    step.told = f"{pages} trang, {pages / step.machine:.1f} trang/s, {JOBS} tiến trình, cất ảnh niêm phong · pages read, pictures sealed and stored"
    found.doubled = sum(page.twin is not None for scan in scans for page in manifest_of(scan).counted)
    step.machine -= read_by_then
    steps.add("Tìm phiếu quét hai lần · sheets scanned twice", compared, f"{found.doubled} cặp · pairs")
    return scans


def _key_by_hand(meeting: ScannedMeeting, scan: Scan) -> int:
    """Pages that were refused are keyed from the paper; how many there were."""
    from tinnhiem.app.actions import scanning
    from tinnhiem.app.scan_manifest import manifest_of

    refused = manifest_of(_again(scan)).refused
    for page in refused:
        scanning.key_sheet_by_hand(meeting.head, meeting.pk, scan.pk, page.key)
    return len(refused)


def _again(scan: Scan) -> Scan:
    return type(scan).objects.select_related("batch__round", "batch__ballot_type").get(pk=scan.pk)


def _adjudicate(
    meeting: ScannedMeeting, scans: Sequence[Scan], piles: Sequence[Pile], steps: Steps, found: Findings
) -> None:
    from tinnhiem.app.actions import scanning

    with steps.timed("Xem chỗ nghi vấn · adjudication") as step:
        for scan, pile in zip(scans, piles, strict=True):
            _adjudicate_batch(meeting, scan, pile, found)
    step.assumed = found.looks * LOOK
    each = step.machine / max(found.looks, 1)
    step.told = (
        f"{found.points} chỗ, {found.looks} lượt xem; máy {shown(each)} một lượt (hai ảnh và ghi lại), người {LOOK:.0f} s · "
        "places, looks; machine and people a look"
    )
    with steps.timed("Xong lần quét · closing the batches") as step:
        for scan in scans:
            scanning.finish_scan(meeting.head, meeting.pk, scan.pk)
    step.told = f"{len(scans)} tập · batches"


def _adjudicate_batch(meeting: ScannedMeeting, scan: Scan, pile: Pile, found: Findings) -> None:
    """Members look one after the other until no place waits, each from a desk of their own."""
    from tinnhiem.app.actions import adjudicating
    from tinnhiem.app.queries.adjudication_desk import points_for
    from tinnhiem.app.queries.scan_points import EMPTY_SHEET, points

    clear = [[row.clear for row in sheet] for sheet in pile.sheets]
    places = points(meeting.round, _again(scan))
    waiting = {(one.sheet, one.line) for one in places if one.line > 0}
    found.points += len(places)
    empty = {one.sheet for one in places if one.reason == EMPTY_SHEET}
    found.empty_asked += len(empty)
    found.unstamped += sum(one.line == adjudicating.WHOLE_SHEET and one.sheet not in empty for one in places)
    keys = _pictured(meeting, scan, places)
    found.clear_points += sum(clear[sheet - 1][line - 1] for sheet, line in waiting)
    found.silent += sum(
        not row.clear and number not in empty and (number, row.line) not in waiting
        for number, sheet in enumerate(pile.sheets, start=1)
        for row in sheet
    )
    for member in meeting.members:
        points_for(meeting.round, _again(scan), member, "vi")
        for point in adjudicating.waiting_for(meeting.round, _again(scan), member):
            mark, reason = _answer(point, pile)
            _see(meeting, scan, point, keys.get((point.sheet, point.line)))
            adjudicating.look(
                meeting.head,
                meeting.pk,
                scan.pk,
                point.sheet,
                point.line,
                member_id=member,
                mark=mark,
                reason=reason,
            )
            found.looks += 1


def _answer(point: Point, pile: Pile) -> tuple[str, str]:
    """What a member says from the paper: every sheet is stamped, and none lies there twice."""
    from tinnhiem.app.actions import adjudicating
    from tinnhiem.app.queries.scan_points import EMPTY_SHEET

    if point.reason == EMPTY_SHEET:
        return adjudicating.EMPTY, ""
    if point.line == adjudicating.TWIN:
        return adjudicating.KEEP, ""
    if point.line == adjudicating.WHOLE_SHEET:
        return adjudicating.VALID, ""
    return board_answer(pile.sheets[point.sheet - 1][point.line - 1]), ""


def _pictured(meeting: ScannedMeeting, scan: Scan, places: Sequence[Point]) -> dict[tuple[int, int], str]:
    """(sheet, line) → the key of the page a place stands on, where there is a picture of it: none of a page keyed by hand."""
    from tinnhiem.app.queries.scan_points import finder

    found = finder(meeting.round, _again(scan))
    pictured = {page.key for sheet in found.together.sheets for page in sheet.pages if page.image}
    keys = {(one.sheet, one.line): found.page_of(one.sheet, one.line) for one in places}
    return {place: key for place, key in keys.items() if key in pictured}


def _see(meeting: ScannedMeeting, scan: Scan, point: Point, key: str | None) -> None:
    """The pictures that the desk fetches for a place."""
    from tinnhiem.app.queries import scan_images

    if key is None:
        return
    if point.line > 0:
        scan_images.row_picture(meeting.round, scan.pk, key, point.line)
    else:
        scan_images.head_picture(meeting.round, scan.pk, key)
    scan_images.side_picture(meeting.round, scan.pk, key)


def _count(meeting: ScannedMeeting, steps: Steps) -> CountRecord:
    from tinnhiem.app.actions import result

    with steps.timed("Tổng hợp kết quả · counting") as step:
        record = result.make_count(meeting.head, meeting.pk)
    step.told = f"{len(record.lines)} người · persons"
    return record


def _look_through(meeting: ScannedMeeting, steps: Steps, found: Findings) -> None:
    from tinnhiem.app.queries.column_gallery import unseen

    with steps.timed("Dải ô theo người · column gallery") as step:
        people = unseen(meeting.fresh())
        for subject in people:
            found.screens += _screens_of(meeting, subject)
    step.assumed = found.screens * SCREEN
    step.told = f"{len(people)} người phải xem, {found.screens} màn hình; người {SCREEN:.0f} s một màn hình · persons to look through, screens"


def _screens_of(meeting: ScannedMeeting, subject: Subject) -> int:
    """Every screen of one person, with its pictures."""
    from tinnhiem.app.actions import gallery
    from tinnhiem.app.queries import scan_images
    from tinnhiem.app.queries.column_gallery import screen

    look = gallery.begin(meeting.head, meeting.pk, subject.pk, member_id=meeting.members[0])
    passed = 0
    while not look.done:
        for row in (row for _, rows in screen(subject, passed).groups for row in rows if row.picture):
            scan_images.strip_picture(meeting.round, _uuid(row.place.scan), row.place.page, row.place.line)
        look = gallery.pass_screen(meeting.head, meeting.pk, subject.pk, passed)
        passed += 1
    return passed


def _uuid(text: str) -> Any:
    from uuid import UUID

    return UUID(text)


def _draw_papers(meeting: ScannedMeeting, record: CountRecord, steps: Steps) -> None:
    from tinnhiem.app.queries.decision_annex import decisions_of
    from tinnhiem.app.queries.papers import papers_of
    from tinnhiem.app.queries.values import book_of
    from tinnhiem.documents import decision_annex
    from tinnhiem.documents.kinds import render

    round_ = meeting.fresh()
    book = book_of(round_)
    with steps.timed("Biên bản kiểm phiếu, Word và PDF · minutes") as step:
        sizes = [len(render("minutes", record, book, papers_of(round_), kind)) for kind in ("docx", "pdf")]
    step.told = f"{sizes[0] // 1024} và · and {sizes[1] // 1024} KiB"
    with steps.timed("Phụ lục các chỗ đã xem · annex of decisions") as step:
        decisions = decisions_of(round_)
        annex = decision_annex.render(decisions, book, papers_of(round_))
    step.told = f"{len(decisions)} chỗ, {len(annex) // 1024} KiB · places"


def _check_at_random(meeting: ScannedMeeting, piles: Sequence[Pile], steps: Steps, found: Findings) -> None:
    """Where a check is due: the lot, the list on paper, the sheets read from the paper, the verdict."""
    from tinnhiem.app.actions import random_check
    from tinnhiem.app.queries.random_checks import begun_check, stage_of

    if stage_of(meeting.fresh()) != "ready":
        steps.done.append(
            Step(name="Kiểm tra ngẫu nhiên · random check", told=f"không phải làm: {stage_of(meeting.round)} · not due")
        )
        return
    crew = random_check.Crew(drawn_by="Bốc Văn Thăm", read_by="Đỗ Văn Đọc", compared_by="Ngô Văn Đối")
    with steps.timed("Bốc thăm và danh sách kiểm tra ngẫu nhiên · lot and list of the random check") as step:
        random_check.begin_check(meeting.head, meeting.pk, LOT, crew)
        page = _check_paper(meeting)
    begun = begun_check(meeting.fresh())
    awaited = begun[1].check.awaited if begun else ()
    found.audited = len(awaited)
    step.told = f"{found.audited} phiếu, {page // 1024} KiB · sheets drawn"
    with steps.timed("Đọc phiếu kiểm tra · reading the sheets drawn", in_total=False) as step:
        for place in awaited:
            sheet = meant(piles[place.batch - 1].sheets[place.position - 1])
            random_check.enter_sheet(meeting.head, meeting.pk, place, sheet)
        random_check.close_check(meeting.head, meeting.pk)
        _check_paper(meeting)
    rows = found.audited * len(piles[0].sheets[0])
    step.assumed = rows * AUDIT_ROW
    step.told = f"{rows} dòng, người {AUDIT_ROW:.0f} s một dòng; các số đối chiếu của 40 phút không có việc này · rows; not part of the 40 minutes"


def _check_paper(meeting: ScannedMeeting) -> int:
    """Bytes of the page of the check as it now stands."""
    from tinnhiem.app.queries.papers import papers_of
    from tinnhiem.app.queries.random_checks import begun_check, counted_row
    from tinnhiem.app.queries.sealed import record_of
    from tinnhiem.app.queries.values import book_of
    from tinnhiem.documents import random_check_sheet
    from tinnhiem.documents.papers import Person

    round_ = meeting.fresh()
    begun, counted = begun_check(round_), counted_row(round_)
    assert begun is not None  # noqa: S101 - begun just now
    assert counted is not None  # noqa: S101 - counted before that
    row, state = begun
    sitting = random_check_sheet.Sitting(
        day=row.begun_at.date(),
        started_at=row.begun_at.time().replace(second=0, microsecond=0),
        ended_at=None,
        drawn_by=Person(name=row.drawn_by),
        read_by=Person(name=row.read_by),
        compared_by=Person(name=row.compared_by),
        ticked_by=Person(name=row.ticked_by),
    )
    record = record_of(counted)
    return len(random_check_sheet.render(state.check, record, book_of(round_), papers_of(round_), sitting, "pdf"))


def _sign(meeting: ScannedMeeting, steps: Steps, found: Findings) -> None:
    from tinnhiem.app.actions import result
    from tinnhiem.app.actions.images import images_left

    before = images_left(meeting.fresh())
    with steps.timed("Ký, xóa ảnh quét · signing, images deleted") as step:
        result.sign(meeting.head, meeting.pk)
    found.images_left = images_left(meeting.fresh())
    step.told = f"{before} ảnh, còn {found.images_left} · images, left"


if __name__ == "__main__":
    main()
