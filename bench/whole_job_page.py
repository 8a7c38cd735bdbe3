"""Trọn buổi kiểm phiếu, kể lại: the steps of a whole count with their times, what the machine met, and the section of the page that tells it.

Contract: measured and assumed seconds are kept apart; every assumption is a constant here and stands in the section.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import msgspec

from bench.results_page import measured_on, shown, table

SCANNER = 40
"""Assumed: sheets a minute through an office scanner, both sides at once."""
LOOK = 4.0
"""Assumed: seconds in which a member of the board answers one doubtful place."""
SCREEN = 15.0
"""Assumed: seconds for one screen of forty strips; 500 rows take some three minutes."""
AUDIT_ROW = 1.0
"""Assumed, and nowhere measured: seconds to read one row of a sheet aloud while another compares."""
THAI_NGUYEN = "348 × 55: 40 phút, ba người nhập ba máy · 40 minutes, three operators (Thái Nguyên 2010)"


class Step(msgspec.Struct, kw_only=True):
    """Một bước: seconds of the machine, seconds reckoned for scanner or people, and what was done."""

    name: str
    machine: float = 0.0
    assumed: float = 0.0
    told: str = ""
    in_total: bool = True


class Steps:
    """Các bước theo thứ tự."""

    def __init__(self) -> None:
        self.done: list[Step] = []

    @contextmanager
    def timed(self, name: str, *, in_total: bool = True) -> Iterator[Step]:
        """A step whose machine time is what passes in the block."""
        step = Step(name=name, in_total=in_total)
        began = time.perf_counter()
        yield step
        step.machine = time.perf_counter() - began
        self.done.append(step)

    def add(self, name: str, machine: float, told: str) -> None:
        """A step measured inside others."""
        self.done.append(Step(name=name, machine=machine, told=told))


class Findings(msgspec.Struct, kw_only=True):
    """Những gì máy gặp trong buổi kiểm: `doubtful` and `blank` rows as drawn; places for people, and how many times a member looked."""

    doubtful: int = 0
    blank: int = 0
    empty_sheets: int = 0
    empty_asked: int = 0
    points: int = 0
    looks: int = 0
    clear_points: int = 0
    silent: int = 0
    refused: int = 0
    doubled: int = 0
    unstamped: int = 0
    screens: int = 0
    audited: int = 0
    images_left: int = 0
    differences: list[str] = msgspec.field(default_factory=list)


def document(sheets: int, names: int, steps: Sequence[Step], found: Findings) -> dict[str, Any]:
    """Kết quả dạng JSON; times in seconds, `minutes` for the whole."""
    return {
        "sheets": sheets,
        "names": names,
        "record_is_what_was_meant": not found.differences,
        "found": msgspec.to_builtins(found),
        "steps": [msgspec.to_builtins(step) for step in steps],
        "minutes": round(_total(steps) / 60, 1),
    }


def _total(steps: Sequence[Step]) -> float:
    return sum(step.machine + step.assumed for step in steps if step.in_total)


def section(sheets: int, names: int, seed: int, steps: Sequence[Step], found: Findings) -> str:
    """Mục của trang, Markdown."""
    rows = sheets * names
    lines = [
        [step.name, shown(step.machine) if step.machine else "–", _minutes(step.assumed), step.told] for step in steps
    ]
    in_total = [step for step in steps if step.in_total]
    machine, assumed = sum(step.machine for step in in_total), sum(step.assumed for step in in_total)
    audit = sum(step.machine + step.assumed for step in steps if step.name.startswith("Đọc phiếu kiểm tra"))
    lines.append(
        [
            "**Từ quét đến ký · from the scanner to the signing**",
            f"**{shown(machine)}**",
            f"**{_minutes(assumed)}**",
            f"**{_minutes(_total(steps))}**; {THAI_NGUYEN}"
            + (f"; kể cả đọc phiếu kiểm tra · with the check read {_minutes(_total(steps) + audit)}" if audit else ""),
        ]
    )
    heads = ["Bước · Step", "Máy, đo · Machine, measured", "Giả định · Assumed", ""]
    return (
        f"## Trọn buổi kiểm phiếu: {sheets} phiếu × {names} người · A whole count\n\n"
        f"`python -m bench.whole_job`, hạt giống · seed {seed}. {measured_on()}.\n\n"
        f"{rows} dòng: {found.doubtful} nghi vấn ({found.doubtful / rows:.2%}), {found.blank} để trống "
        f"(trong đó {found.empty_sheets} phiếu trắng cả tờ), còn lại rõ. *Rows: doubtful, blank (of them whole sheets left empty), the rest clear.* "
        f"Dòng rõ mà máy hỏi · clear rows asked about: {found.clear_points}. Dòng nghi vấn máy tự quyết · doubtful rows decided silently: {found.silent}. "
        f"Trang không nhận · pages refused: {found.refused}. Ngờ thiếu dấu · stamp in doubt: {found.unstamped}. Ngờ quét hai lần · thought scanned twice: {found.doubled}. Phiếu trắng hỏi một câu cho cả tờ · empty sheets asked about as one: {found.empty_asked}.\n\n"
        "**Mọi con số của bản ghi đúng với điều các bàn tay đã định; lần đo hỏng nếu sai một số.** *Every settled sheet and every figure of the record is what the hands meant; "
        "otherwise the run fails.*\n\n"
        f"{table(heads, lines, words=(0, 3))}\n"
        "Phiếu đánh tay và ảnh quét do máy vẽ trước, không tính giờ. Cột giả định là giờ của máy quét và của người, không đo ở đây; các bước cộng nối tiếp, tuy máy đọc tập này khi máy quét "
        "kéo tập sau. *Marked pages are made beforehand and not timed. What is assumed is the scanner's and people's time; steps are added one after the other, though reading "
        "goes on while the scanner pulls the next batch.*\n"
    )


def _minutes(seconds: float) -> str:
    if not seconds:
        return "–"
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.1f} phút · min"
