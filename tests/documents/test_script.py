from __future__ import annotations

import datetime

from msgspec import structs

from tests.documents.invented import party_book, party_papers, party_slate, state_book, state_papers
from tinnhiem.documents.form import NewPage, Paragraph, Ruled
from tinnhiem.documents.kinds import compose
from tinnhiem.documents.papers import Papers, Person

PAPERS = structs.replace(
    party_papers(),
    starts_at=datetime.time(8, 0),
    summoned=52,
    members=52,
    presenter=Person(name="Nông Thị Xuân Hoa", post="Trưởng Ban Tổ chức Tỉnh ủy"),
)


def spoken(form, role="spoken"):
    return [
        "".join(run.text for run in block.runs).replace("\u00a0", " ")
        for block in form.blocks
        if isinstance(block, Paragraph) and block.role == role
    ]


def cues(papers):
    (table,) = (
        block
        for block in compose("script_cues", party_slate(9), party_book(), papers).blocks
        if isinstance(block, Ruled)
    )
    return [[run.text for run in row] for row in table.rows]


def test_the_chair_s_copy_has_one_act_to_a_page():
    form = compose("script_chair", party_slate(9), party_book(), PAPERS)
    acts = spoken(form, "act")
    assert len(acts) == sum(isinstance(block, NewPage) for block in form.blocks) + 1 == 13


def test_names_are_filled_in():
    told = " ".join(spoken(compose("script_chair", party_slate(9), party_book(), PAPERS)))
    assert "Mời đồng chí Nông Thị Xuân Hoa, Trưởng Ban Tổ chức Tỉnh ủy, trình bày quy định và danh sách." in told
    assert "đồng chí Lò Thị Minh Khuê, Phó Chủ nhiệm Ủy ban Kiểm tra Tỉnh ủy – Trưởng ban" in told
    assert f"Danh sách gồm 9 người: {'; '.join(subject.name for subject in party_slate(9).subjects)}." in told


def test_the_quorum_read_out_is_the_book_s():
    assert "Cần có mặt ít nhất 35 đồng chí. Như vậy …… điều kiện tiến hành." in spoken(
        compose("script_chair", party_slate(9), party_book(), PAPERS)
    )


def test_someone_always_asks_whether_anyone_is_left():
    told = spoken(compose("script_chair", party_slate(9), party_book(), PAPERS))
    assert [text for text in told if text.startswith("Còn đồng chí nào")] == [
        "Còn đồng chí nào chưa rõ cách ghi phiếu không?",
        "Còn đồng chí nào chưa nhận phiếu không?",
        "Còn đồng chí nào chưa bỏ phiếu không?",
    ]


def test_a_council_hears_its_own_words():
    told = spoken(compose("script_chair", party_slate(3), state_book(), state_papers()))
    assert [text for text in told if text.startswith("Còn")][1:] == [
        "Còn đại biểu nào chưa rõ cách ghi phiếu không?",
        "Còn đại biểu nào chưa nhận phiếu không?",
        "Còn đại biểu nào chưa bỏ phiếu không?",
    ]


def test_hours_follow_from_the_beginning():
    assert [(row[0], row[1]) for row in cues(PAPERS)[:4]] == [
        ("08:00", "3"),
        ("08:03", "10"),
        ("08:13", "10"),
        ("08:23", "20"),
    ]


def test_without_a_beginning_no_hour_is_invented():
    assert {row[0] for row in cues(Papers())} == {"…"}


def test_the_chair_is_told_before_the_hall():
    titles = [row[2] for row in cues(PAPERS)]
    assert titles.index("Báo cáo chủ trì trước khi công bố") < titles.index("Công bố kết quả")
