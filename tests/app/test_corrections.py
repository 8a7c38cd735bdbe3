"""A value of the rulebook set by the office for its own round: what it changes, and how the minutes tell it."""

from __future__ import annotations

import pytest

from tests.app.scene import Scene
from tinnhiem.app.actions import rounds
from tinnhiem.app.queries.papers import papers_of
from tinnhiem.law.rulebook import Correction

pytestmark = pytest.mark.django_db

REASON = "Quy chế làm việc của Huyện ủy"


def corrected() -> Scene:
    scene = Scene()
    rounds.correct_book(scene.officer, scene.pk, Correction(path="rounding.digits", value=1, reason=REASON))
    return scene


def test_a_corrected_rounding_is_the_rounding_the_round_prints_with() -> None:
    assert corrected().fresh().digits == 1


def test_the_minutes_tell_a_correction_in_the_words_of_the_desk() -> None:
    scene = corrected()
    assert papers_of(scene.fresh()).corrections == (
        f"Điều kiện tiến hành và mẫu số: Cách làm tròn (số chữ số): lấy là 1 (quy tắc của phần mềm: 2). Lý do: {REASON}",
    )
