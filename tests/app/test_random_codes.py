"""Random codes, where the board decided on them: a sheet of another printing and a sheet met twice are refused at the scanner."""

from __future__ import annotations

import msgspec
import pytest

from tests.app.scanned import ScanScene, page
from tinnhiem.app.models import BallotCode, Batch, Round
from tinnhiem.app.queries.ballot_prints import digest_of

pytestmark = pytest.mark.django_db

CODES = ("A1", "B2", "C3")


@pytest.fixture
def scene() -> ScanScene:
    """A round for which three sheets with codes were printed."""
    made = ScanScene()
    Round.objects.filter(pk=made.pk).update(token_decision="Biên bản 03, ngày 05/7/2026")
    made.fresh()
    BallotCode.objects.bulk_create([BallotCode(round=made.round, digest=digest_of(made.round, one)) for one in CODES])
    return made


@pytest.fixture
def batch(scene: ScanScene) -> Batch:
    return scene.divide(12)[0]


def refusals(scene: ScanScene, batch: Batch, *codes: str) -> list[str]:
    """Why each page was refused, "" for a page that was read."""
    pages = [msgspec.structs.replace(page("hml"), token=code) for code in codes]
    return [one.reading.reason for one in scene.manifest(scene.scan(batch, *pages)).pages]


def test_sheets_with_printed_codes_are_read(scene: ScanScene, batch: Batch) -> None:
    assert refusals(scene, batch, "A1", "B2", "C3") == ["", "", ""]


def test_a_code_that_was_not_printed_is_refused(scene: ScanScene, batch: Batch) -> None:
    assert refusals(scene, batch, "A1", "ZZ") == ["", "code_unknown"]


def test_a_sheet_without_a_code_is_refused(scene: ScanScene, batch: Batch) -> None:
    assert refusals(scene, batch, "") == ["code_unknown"]


def test_a_code_met_twice_is_refused_the_second_time(scene: ScanScene, batch: Batch) -> None:
    assert refusals(scene, batch, "A1", "B2", "A1") == ["", "", "code_repeated"]
