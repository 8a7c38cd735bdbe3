"""Kiểm tra bản đã sửa: holds a paper that was edited, or came back, against the record it was made from.

Contract: lists every figure, name and post that differs from the record or is gone, with its place, whatever else was changed: wording,
layout, controls and order are the office's business and are not told. A paper that bears the mark of another count is told first.
What it cannot see: figures an office added in sentences of its own, and pictures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

import msgspec
from msgspec import structs

from tinnhiem.documents.edited_table import Difference, compare, same_figure
from tinnhiem.documents.figures import ballot_figures, invalid_reasons, meeting_figures
from tinnhiem.documents.form import Form, Paragraph, Results, Ruled, Run, Signatures, SigningList
from tinnhiem.documents.kinds import compose
from tinnhiem.documents.papers import Papers
from tinnhiem.documents.reading import Reading, read, tidy
from tinnhiem.law.rulebook import Rulebook
from tinnhiem.poll.record import CountRecord, fingerprint, short_code

CODE_LINE = re.compile(r"Mã đối chiếu: ([0-9A-F]{4}-[0-9A-F]{4})")
FOOTER = re.compile(r"(Mã đối chiếu: \S+ ?)?Trang \d+/\d+")
TOKEN = re.compile(r"\w+(?:[.,/’'ʼ-]\w+)*|[^\w\s]")

CONTEXT = 3
"""Số tiếng đứng trước dùng để nhận ra một câu đã chuyển chỗ."""

GROUPS = {"board": "Ban kiểm phiếu", "helpers": "Người giúp việc", "witnesses": "Người chứng kiến"}
FIELDS = {"name": "họ tên", "post": "chức vụ", "unit": "đơn vị", "duty": "nhiệm vụ"}


class Token(msgspec.Struct, frozen=True):
    """Một tiếng của bản gốc, with the run it belongs to (None for fixed words)."""

    text: str
    run: int | None


def check(
    kind_id: str, record: CountRecord, book: Rulebook, papers: Papers, data: bytes, name: str = ""
) -> tuple[Difference, ...]:
    """Kiểm tra bản đã sửa: the differences, those of the table in its order, then those of the text; () where nothing differs.

    `data` is the file (.docx, .xlsx or PDF). Raises as `reading.read` and `kinds.compose` do.
    """
    reading = read(data, name)
    form = compose(kind_id, record, book, papers)
    differences = [*_other_code(record, reading)]
    for part in form.blocks:
        if isinstance(part, Results):
            differences += compare(part.table, reading)
    # A workbook carries the table alone.
    if not data.startswith(b"PK") or not _is_workbook(reading):
        differences += _compare_text(form, reading, _labels(record, book, papers))
    return tuple(differences)


def _is_workbook(reading: Reading) -> bool:
    return all(piece.place.startswith("trang tính") for piece in reading.lines)


def _other_code(record: CountRecord, reading: Reading) -> Iterator[Difference]:
    expected = short_code(fingerprint(record))
    told: set[str] = set()
    for piece in (*reading.lines, *reading.margins):
        for found in CODE_LINE.findall(piece.text):
            if found not in (expected, *told):
                told.add(found)
                yield Difference(key="code", what="mã đối chiếu", place=piece.place, expected=expected, found=found)


def _compare_text(form: Form, reading: Reading, labels: dict[str, str]) -> Iterator[Difference]:
    """Aligns the words of the paper with those of the form; tells each keyed run whose words do not stand there."""
    runs = list(_runs(form))
    expected = [
        Token(word, number if run.key else None) for number, run in enumerate(runs) for word in _tokens(run.text)
    ]
    found: list[tuple[str, str]] = []
    for piece in reading.lines:
        if not FOOTER.fullmatch(piece.text):
            found += [(word, piece.place) for word in _tokens(piece.text)]
    words = [word for word, _ in found]
    blocks = SequenceMatcher(None, [token.text for token in expected], words, autojunk=False).get_matching_blocks()
    standing = {block.a + step: block.b + step for block in blocks for step in range(block.size)}
    span: dict[int, list[int]] = {}
    for position, token in enumerate(expected):
        if token.run is not None:
            span.setdefault(token.run, []).append(position)
    for number, positions in span.items():
        told = _difference(runs[number], expected, positions, standing, found)
        if told is not None:
            yield structs.replace(told, what=_what(told.key, labels))


def _difference(
    run: Run,
    expected: Sequence[Token],
    positions: Sequence[int],
    standing: dict[int, int],
    found: Sequence[tuple[str, str]],
) -> Difference | None:
    begin, end = positions[0], positions[-1] + 1
    words = [token.text for token in expected[begin:end]]
    before = next((standing[place] for place in range(begin - 1, -1, -1) if place in standing), -1)
    after = next((standing[place] for place in range(end, len(expected)) if place in standing), len(found))
    here = [word for word, _ in found[before + 1 : after]]
    if _holds(here, words) or _stands_elsewhere(expected, begin, end, standing, found):
        return None
    text = " ".join(here)
    if run.figure and same_figure(run.text, text):
        return None
    place = found[min(max(before, 0), len(found) - 1)][1] if found else "Văn bản"
    return Difference(key=run.key, what=run.key, place=place, expected=tidy(run.text), found=text)


def _stands_elsewhere(
    expected: Sequence[Token],
    begin: int,
    end: int,
    standing: dict[int, int],
    found: Sequence[tuple[str, str]],
) -> bool:
    """Whether the run, with the words before it, stands in a sentence that was only moved: among words that nothing else accounts for."""
    first = max(0, begin - CONTEXT)
    if begin - first < CONTEXT or any(token.run is not None for token in expected[first:begin]):
        return False
    wanted = [token.text for token in expected[first:end]]
    taken = set(standing.values())
    return any(
        [word for word, _ in found[start : start + len(wanted)]] == wanted
        and taken.isdisjoint(range(start + begin - first, start + len(wanted)))
        for start in range(len(found) - len(wanted) + 1)
    )


def _holds(words: Sequence[str], part: Sequence[str]) -> bool:
    length = len(part)
    return any(list(words[start : start + length]) == list(part) for start in range(len(words) - length + 1))


def _tokens(text: str) -> list[str]:
    return TOKEN.findall(tidy(text))


def _runs(form: Form) -> Iterator[Run]:
    """The runs of a form in the order a reader meets them; those of the results table are compared cell by cell."""
    for part in form.blocks:
        match part:
            case Paragraph(runs=runs):
                yield from runs
            case Ruled(rows=rows):
                for row in rows:
                    yield from row
            case Signatures(left=left, right=right):
                if left is not None:
                    yield left.name
                yield right.name
            case SigningList(people=people):
                for pair in people:
                    yield from pair
            case _:
                pass


def _labels(record: CountRecord, book: Rulebook, papers: Papers) -> dict[str, str]:
    """Tên của từng con số, as the paper itself calls it."""
    figures = [*meeting_figures(record, papers)]
    for result in record.types:
        figures += [*ballot_figures(record, result, papers), *invalid_reasons(record, result, book, papers)]
    return {"round/subjects": "Số người trong danh sách"} | {figure.key: figure.label for figure in figures}


def _what(key: str, labels: dict[str, str]) -> str:
    """Tên gọi của một mục, from its key: "board/2/post" → "Ban kiểm phiếu, người thứ 2, chức vụ"."""
    group, *rest = key.split("/")
    if group in GROUPS:
        return f"{GROUPS[group]}, người thứ {rest[0]}, {FIELDS[rest[1]]}"
    written = ", viết bằng chữ" if rest[-1] == "words" else ""
    return labels.get(key.removesuffix("/words"), key) + written
