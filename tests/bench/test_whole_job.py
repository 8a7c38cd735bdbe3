"""A whole count by scanner, small: from printed ballots to images deleted, and the record is what the hands meant."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from bench.marked_pages.voter import RowTruth
from bench.marked_piles import board_answer
from bench.scanned_meeting import bundles


@pytest.fixture(scope="module")
def told():
    words = "--sheets 12 --names 9 --doubtful 0.05 --blank 0.03 --json".split()
    done = subprocess.run(
        [sys.executable, "-m", "bench.whole_job", *words], capture_output=True, check=False, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_record_is_what_the_hands_meant(told):
    assert (told["record_is_what_was_meant"], told["found"]["differences"]) == (True, [])


def test_every_doubtful_and_blank_row_went_to_people(told):
    found = told["found"]
    asked = found["points"] - found["clear_points"] - found["unstamped"] - found["doubled"] - found["empty_asked"]
    # A sheet on which nothing is marked is one question for its nine lines.
    assert (found["silent"], asked) == (0, found["doubtful"] + found["blank"] - 9 * found["empty_asked"])


def test_no_picture_is_left_after_the_signing(told):
    assert told["found"]["images_left"] == 0


def test_every_step_of_the_day_is_told_once(told):
    assert [step["name"].partition(" · ")[2] for step in told["steps"]] == [
        "ballots as a PDF",
        "the scanner",
        "taking in and reading",
        "sheets scanned twice",
        "adjudication",
        "closing the batches",
        "counting",
        "column gallery",
        "minutes",
        "annex of decisions",
        "random check",
        "signing, images deleted",
    ]


def test_a_row_that_cannot_be_told_is_answered_as_one_without_a_mark():
    assert board_answer(RowTruth(line=1, intent="unclear", kind="between", clear=False)) == "blank"


def test_added_words_leave_the_mark_beside_them_standing():
    row = RowTruth(line=1, intent="written", kind="written", clear=False, marked=("low",))
    assert board_answer(row) == "low"


def test_ballots_are_tied_in_fifties_and_no_bundle_is_small():
    assert [bundles(sheets) for sheets in (12, 50, 350, 360, 385)] == [
        (12,),
        (50,),
        (50, 50, 50, 50, 50, 50, 50),
        (50, 50, 50, 50, 50, 50, 60),
        (50, 50, 50, 50, 50, 50, 50, 35),
    ]
