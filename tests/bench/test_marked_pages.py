"""The generator of hand-marked pages: what it draws can be drawn again, and its truth is the truth of the paper."""

from __future__ import annotations

import io
import subprocess
import sys

import numpy as np
import pytest
from PIL import Image

from bench.marked_pages import blank, files
from bench.marked_pages.invented_round import round_toml
from bench.marked_pages.sheet import Manner, make_sheet

ALL_CLEAR = Manner(doubtful=0, blank=0, stamped=0, signed=0)


@pytest.fixture(scope="module")
def form(tmp_path_factory):
    round_file = tmp_path_factory.mktemp("round") / "ROUND.toml"
    round_file.write_text(round_toml(6), encoding="utf-8")
    return blank.of_round(round_file)


def test_the_same_seed_and_condition_give_the_same_bytes(form):
    assert make_sheet(form, 7, "feeder") == make_sheet(form, 7, "feeder")


def test_a_second_take_is_the_same_paper_scanned_again(form):
    once, again = make_sheet(form, 7, "feeder"), make_sheet(form, 7, "feeder", take=1)
    assert once.truth.pages == again.truth.pages
    assert once.pages != again.pages


def test_the_marks_of_a_seed_are_the_same_under_every_condition(form):
    rows = {
        tuple(page.rows for page in make_sheet(form, 3, condition).truth.pages)
        for condition in ("clean", "harsh", "phone")
    }
    assert len(rows) == 1


def test_ink_stands_in_the_box_that_was_meant_and_in_no_other(form):
    for seed in range(5):
        sheet = make_sheet(form, seed, "clean", manner=ALL_CLEAR)
        page = np.asarray(Image.open(io.BytesIO(sheet.pages[0])).convert("L"), dtype=float)
        pixel = 200 / 25.4
        for told, row in zip(sheet.truth.pages[0].rows, form.pages[0].rows, strict=True):
            darkest = {}
            for choice, box in row.boxes.items():
                top, left = int((box.y + 0.6) * pixel), int((box.x + 0.6) * pixel)
                inside = page[top : top + int((box.h - 1.2) * pixel), left : left + int((box.w - 1.2) * pixel)]
                darkest[choice] = float(inside.min() / np.median(page))
            assert {choice for choice, level in darkest.items() if level < 0.75} == {told.intent}


def test_doubtful_rows_come_as_often_as_asked(form):
    sheets = [make_sheet(form, seed, "dpi150", manner=Manner(doubtful=0.5, blank=0)) for seed in range(12)]
    rows = [row for sheet in sheets for page in sheet.truth.pages for row in page.rows if row.kind != "blank"]
    assert 0.35 < sum(not row.clear for row in rows) / len(rows) < 0.65


def test_gathered_pages_carry_the_very_bytes_of_the_scanner(form):
    pages = [make_sheet(form, seed, "feeder").pages[0] for seed in (1, 2)]
    pdf = files.gathered_pdf(pages, form.page_mm)
    assert [page in pdf for page in pages] == [True, True]


def test_one_bit_pages_gather_into_one_file_of_many(form):
    pages = [make_sheet(form, seed, "g4").pages[0] for seed in (1, 2)]
    gathered = Image.open(io.BytesIO(files.gathered_tiff(pages)))
    assert (gathered.n_frames, gathered.mode) == (2, "1")


def test_it_shares_no_code_with_the_reader():
    loaded = (
        "import bench.marked_pages.__main__, sys; print(sorted(m for m in sys.modules if m.startswith('tinnhiem')))"
    )
    done = subprocess.run([sys.executable, "-c", loaded], capture_output=True, check=True, encoding="utf-8")
    assert done.stdout.strip() == "[]"
