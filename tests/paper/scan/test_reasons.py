"""Every reason the reader may give has words, and every refused page an advice."""

from __future__ import annotations

import re
from pathlib import Path

from tinnhiem.paper import scan
from tinnhiem.paper.scan.reasons import PAGE_ADVICE, PAGE_REASONS, ROW_REASONS

SOURCE = Path(scan.__file__).parent


def test_every_refused_page_is_told_what_to_do_next():
    assert sorted(PAGE_ADVICE) == sorted(PAGE_REASONS)


def test_every_reason_of_a_row_in_the_rules_has_words():
    rules = (SOURCE / "row_rules.py").read_text(encoding="utf-8")
    used = set(re.findall(r'_doubt\(row, "(\w+)"', rules)) | set(re.findall(r'return "(\w+)"', rules)) | {"blank"}
    assert sorted(used) == sorted(ROW_REASONS)


def test_every_reason_of_a_page_in_the_reader_has_words():
    reader = (SOURCE / "read_page.py").read_text(encoding="utf-8")
    words = re.findall(r'_refused\("(\w+)"', reader) + re.findall(r'(?:return|else) "(\w+)"', reader)
    assert [word for word in words if word not in PAGE_REASONS] == []


def test_both_languages_are_there():
    texts = [text for table in (ROW_REASONS, PAGE_REASONS, PAGE_ADVICE) for pair in table.values() for text in pair]
    assert all(texts)
