"""What could link a person and a sheet is not there to be found: no column, no row, no time, no event."""

from __future__ import annotations

import pytest
from django.db import models

from tests.app.conftest import cheap_hashing
from tests.app.scanned import ScanScene
from tests.app.scene import Scene, sheets
from tinnhiem.app.actions import entering
from tinnhiem.app.models import (
    Account,
    CountRecordRow,
    EventRow,
    HandTally,
    Keying,
    Person,
    Scan,
    Settlement,
    TypedTotals,
    Voter,
)

__all__ = ["cheap_hashing"]

SEALED = (Keying, Scan, Settlement, HandTally, TypedTotals, CountRecordRow)


def reached(model: type[models.Model], seen: set[type[models.Model]]) -> set[type[models.Model]]:
    """Every table that a row of `model` points to, directly or through others."""
    for field in model._meta.get_fields():
        if isinstance(field, models.ForeignKey) and field.related_model not in seen:
            reached(field.related_model, seen | {model})
            seen.add(field.related_model)
            seen |= reached(field.related_model, seen)
    return seen


@pytest.mark.parametrize("model", SEALED)
def test_no_sealed_row_points_to_a_person_or_an_account(model: type[models.Model]) -> None:
    assert reached(model, set()) & {Account, Person, Voter} == set()


def test_the_roll_points_to_no_sealed_row() -> None:
    assert reached(Voter, set()) & set(SEALED) == set()


def test_a_batch_keyed_at_a_table_is_one_row_however_many_sheets(db: None) -> None:
    scene = Scene()
    scene.open_box()
    scene.key(scene.divide(12)[0], 1, sheets("hhm", "hml", "hhh"), finish=False)
    assert Keying.objects.count() == 1


def test_saving_a_sheet_leaves_no_event(db: None) -> None:
    scene = Scene()
    scene.open_box()
    keying = scene.begin(scene.divide(12)[0], 1)
    before = EventRow.objects.count()
    entering.save_sheet(scene.one, scene.pk, keying.pk, 1, sheets("hhm")[0])
    assert EventRow.objects.count() == before


def test_what_is_sealed_is_as_long_whatever_is_marked(db: None) -> None:
    scene = Scene()
    scene.open_box()
    batch = scene.divide(12)[0]
    one, two = scene.key(batch, 1, sheets("hhh"), finish=False), scene.key(batch, 2, sheets("no_stamp"), finish=False)
    assert len(bytes(one.sealed)) == len(bytes(two.sealed))


def test_a_scan_is_one_row_however_many_pages(db: None) -> None:
    scene = ScanScene()
    scene.scan(scene.divide(12)[0], "hhm", "hml", "hhh")
    assert Scan.objects.count() == 1


def test_no_column_of_a_scan_holds_a_time_but_of_its_beginning_and_end() -> None:
    times = [field.name for field in Scan._meta.get_fields() if isinstance(field, models.DateField)]
    assert times == ["opened_at", "closed_at"]


def test_reading_pages_leaves_no_event(db: None) -> None:
    scene = ScanScene()
    scan = scene.scan(scene.divide(12)[0])
    before = EventRow.objects.count()
    scene.scan(scan.batch, "hhm", "hml", "hhh")
    assert EventRow.objects.count() == before


def test_what_is_sealed_of_a_scan_is_as_long_whatever_is_marked(db: None) -> None:
    scene = ScanScene(names=[f"Vũ Văn Dòng {line}" for line in range(1, 31)])
    first, second = scene.divide(6, 6)
    one, two = scene.scan(first, *["l" * 30] * 6), scene.scan(second, *["m" * 30] * 6)
    assert len(bytes(one.manifest)) == len(bytes(two.manifest))
