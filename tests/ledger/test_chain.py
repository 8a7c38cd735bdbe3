"""The chain of events: what it proves, link by link."""

from __future__ import annotations

import hashlib
import json
import unicodedata

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinnhiem.ledger.chain import BEGINNING, ChainBroken, Event, append, digest, verify

TEXTS = st.text(st.characters(codec="utf-8"), max_size=20)
DATA = st.dictionaries(TEXTS, st.one_of(TEXTS, st.integers(), st.none()), max_size=3)


def chain(*sentences: str) -> list[Event]:
    events: list[Event] = []
    for place, sentence in enumerate(sentences):
        events.append(
            append(
                events[-1] if events else None,
                at=f"2028-12-07T08:{place:02}:00+07:00",
                actor="Lê Thị Bưởi",
                code="state_reached",
                sentence=sentence,
                data={"place": place},
            )
        )
    return events


THREE = chain("Chốt danh sách.", "Bắt đầu bỏ phiếu.", "Kết thúc bỏ phiếu.")


def broken_at(events: list[Event]) -> object:
    with pytest.raises(ChainBroken) as caught:
        verify(events)
    return caught.value.values["seq"]


def test_the_head_of_a_whole_chain_is_its_last_digest() -> None:
    assert verify(THREE) == THREE[-1].digest


def test_an_empty_chain_has_the_beginning_for_its_head() -> None:
    assert verify([]) == BEGINNING


def test_events_are_numbered_from_one_and_each_names_the_one_before() -> None:
    assert [(event.seq, event.previous) for event in THREE] == [
        (1, BEGINNING),
        (2, THREE[0].digest),
        (3, THREE[1].digest),
    ]


def test_anyone_can_recompute_a_digest_with_the_standard_library() -> None:
    content = msgspec.to_builtins(THREE[1])
    del content["digest"]
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert hashlib.sha256(unicodedata.normalize("NFC", text).encode("utf-8")).hexdigest() == THREE[1].digest


@pytest.mark.parametrize(
    "change",
    [
        {"seq": 7},
        {"at": "2028-12-07T09:00:00+07:00"},
        {"actor": "Trần Văn Ổi"},
        {"code": "other"},
        {"sentence": "Chưa bỏ phiếu."},
        {"data": {"place": 9}},
        {"previous": "0" * 64},
        {"digest": "f" * 64},
    ],
    ids=lambda change: next(iter(change)),
)
def test_any_altered_field_breaks_the_chain_there(change: dict[str, object]) -> None:
    assert broken_at([THREE[0], msgspec.structs.replace(THREE[1], **change), THREE[2]]) == 2


def test_an_event_altered_with_its_digest_breaks_the_next_link() -> None:
    altered = msgspec.structs.replace(THREE[1], sentence="Khác.")
    altered = msgspec.structs.replace(altered, digest=digest(altered))
    assert broken_at([THREE[0], altered, THREE[2]]) == 3


@pytest.mark.parametrize("gone", [0, 1])
def test_an_event_taken_out_is_missed(gone: int) -> None:
    assert broken_at(THREE[:gone] + THREE[gone + 1 :]) == gone + 1


def test_two_events_the_other_way_round_are_noticed() -> None:
    assert broken_at([THREE[1], THREE[0], THREE[2]]) == 1


def test_an_event_put_in_is_noticed() -> None:
    assert broken_at([THREE[0], *chain("Thêm vào."), *THREE[1:]]) == 2


def test_events_cut_off_the_end_are_not_seen_without_the_head_on_paper() -> None:
    # This is what the head printed in the minutes is for.
    assert verify(THREE[:2]) == THREE[1].digest


def test_the_break_is_told_in_a_sentence() -> None:
    assert ChainBroken(seq=2, sentence="Bắt đầu bỏ phiếu.").message == (
        "Sổ ghi không còn nguyên vẹn từ việc số 2 (“Bắt đầu bỏ phiếu.”). Giữ nguyên máy, báo cáo người có thẩm quyền."
    )


def test_data_given_to_an_event_may_change_later_without_changing_it() -> None:
    data: dict[str, str | int | None] = {"count": 1}
    event = append(None, at="", actor="", code="", sentence="", data=data)
    data["count"] = 2
    assert event.data == {"count": 1}


@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS, TEXTS, DATA), max_size=6), st.data())
def test_every_chain_verifies_and_no_altered_one_does(
    acts: list[tuple[str, str, str, str, dict[str, str | int | None]]], data: st.DataObject
) -> None:
    events: list[Event] = []
    for at, actor, code, sentence, values in acts:
        last = events[-1] if events else None
        events.append(append(last, at=at, actor=actor, code=code, sentence=sentence, data=values))
    assert verify(events) == (events[-1].digest if events else BEGINNING)
    if events:
        place = data.draw(st.integers(0, len(events) - 1))
        altered = msgspec.structs.replace(events[place], sentence=events[place].sentence + "x")
        with pytest.raises(ChainBroken):
            verify([*events[:place], altered, *events[place + 1 :]])
