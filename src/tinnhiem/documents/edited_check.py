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
from tinnhiem.documents.form import Form, Paragraph, Results, Ruled, Run, Signatures, SigningList, words
from tinnhiem.documents.kinds import compose
from tinnhiem.documents.papers import Papers
from tinnhiem.documents.reading import Reading, read, tidy
from tinnhiem.law.rulebook import Rulebook
from tinnhiem.poll.record import CountRecord, fingerprint, short_code

CODE_LINE = re.compile(r"Mã đối chiếu: ([0-9A-F]{4}-[0-9A-F]{4})")
FOOTER = re.compile(r"(Mã đối chiếu: \S+ ?)?Trang \d+/\d+")
TOKEN = re.compile(r"\w+(?:[.,/’'ʼ-]\w+)*|[^\w\s]")

GROUPS = {"board": "Ban kiểm phiếu", "helpers": "Người giúp việc", "witnesses": "Người chứng kiến"}
FIELDS = {"name": "họ tên", "post": "chức vụ", "unit": "đơn vị", "duty": "nhiệm vụ"}


class Unit(msgspec.Struct, frozen=True, kw_only=True):
    """Một câu của bản gốc: its runs, and where their words begin among all words of the paper."""

    runs: tuple[Run, ...]
    words: tuple[tuple[str, ...], ...]
    start: int

    @property
    def whole(self) -> list[str]:
        """Every word of the sentence."""
        return [word for words in self.words for word in words]


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
    """Aligns the words of the paper with those of the form; tells each keyed run whose words do not stand there.

    A sentence that was moved whole is found where it went, among words that no other sentence stands in.
    """
    units = list(_units(form))
    expected = [word for unit in units for word in unit.whole]
    found = [
        (word, piece.place)
        for piece in reading.lines
        if not FOOTER.fullmatch(piece.text)
        for word in _words(piece.text)
    ]
    there = [word for word, _ in found]
    blocks = SequenceMatcher(None, expected, there, autojunk=False).get_matching_blocks()
    standing = {block.a + step: block.b + step for block in blocks for step in range(block.size)}
    left = [unit for unit in units if not _stands(unit, standing)]
    kept = {id(unit) for unit in left}
    taken = {standing[unit.start + step] for unit in units if id(unit) not in kept for step in range(len(unit.whole))}
    for unit in left:
        moved = _place_of(unit.whole, there, taken)
        if moved is not None:
            taken.update(range(moved, moved + len(unit.whole)))
            continue
        for told in _differences(unit, standing, found, len(expected)):
            yield structs.replace(told, what=_what(told.key, labels))


def _stands(unit: Unit, standing: dict[int, int]) -> bool:
    """Whether every word of the sentence stands in the paper, one after another."""
    places = [standing.get(unit.start + step) for step in range(len(unit.whole))]
    return None not in places and (not places or places == list(range(places[0] or 0, (places[0] or 0) + len(places))))


def _place_of(wanted: Sequence[str], there: Sequence[str], taken: set[int]) -> int | None:
    length = len(wanted)
    places = (start for start in range(len(there) - length + 1) if list(there[start : start + length]) == list(wanted))
    return next((start for start in places if taken.isdisjoint(range(start, start + length))), None)


def _differences(
    unit: Unit, standing: dict[int, int], found: Sequence[tuple[str, str]], length: int
) -> Iterator[Difference]:
    """The keyed runs of one sentence that do not stand where the words around them do."""
    begin = unit.start
    for run, words_of_run in zip(unit.runs, unit.words, strict=True):
        end = begin + len(words_of_run)
        if run.key and words_of_run:
            before = next((standing[place] for place in range(begin - 1, -1, -1) if place in standing), -1)
            after = next((standing[place] for place in range(end, length) if place in standing), len(found))
            here = [word for word, _ in found[before + 1 : after]]
            text = " ".join(here)
            if not _holds(here, words_of_run) and not (run.figure and same_figure(run.text, text)):
                place = found[min(max(before, 0), len(found) - 1)][1] if found else "Văn bản"
                yield Difference(key=run.key, what="", place=place, expected=tidy(run.text), found=text)
        begin = end


def _holds(whole: Sequence[str], part: Sequence[str]) -> bool:
    length = len(part)
    return any(list(whole[start : start + length]) == list(part) for start in range(len(whole) - length + 1))


def _words(text: str) -> list[str]:
    return TOKEN.findall(tidy(text))


def _units(form: Form) -> Iterator[Unit]:
    start = 0
    for runs in _sentences(form):
        words_of = tuple(tuple(_words(run.text)) for run in runs)
        yield Unit(runs=runs, words=words_of, start=start)
        start += sum(len(one) for one in words_of)


def _sentences(form: Form) -> Iterator[tuple[Run, ...]]:
    """The runs of a form as a reader meets them, with the signs drawn between; the results table is compared cell by cell."""
    for part in form.blocks:
        match part:
            case Paragraph(runs=runs, role=role):
                yield (words("-"), *runs) if role == "item" else runs
            case Ruled(rows=rows):
                yield from rows
            case Signatures(left=left, right=right):
                if left is not None:
                    yield (left.name,)
                yield (right.name,)
            case SigningList(people=people):
                for number, (person, duty) in enumerate(people, start=1):
                    yield (words(f"{number}."), person, *((words("–"), duty) if duty.text else ()))
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
