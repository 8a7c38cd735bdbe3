"""The page of figures: each script writes its own section and nothing else."""

from __future__ import annotations

import pytest

from bench.results_page import with_section

PAGE = "# Title\n\n<!-- one -->\nold\n<!-- /one -->\n\nby hand\n\n<!-- two -->\nkept\n<!-- /two -->\n"


def test_a_section_is_replaced_between_its_markers():
    assert with_section(PAGE, "one", "new\n") == PAGE.replace("old", "new")


def test_a_new_section_comes_last():
    assert with_section(PAGE, "three", "new") == f"{PAGE}\n<!-- three -->\nnew\n<!-- /three -->\n"


def test_writing_the_same_section_twice_changes_nothing():
    once = with_section(PAGE, "three", "new")
    assert with_section(once, "three", "new") == once


def test_a_section_that_is_never_closed_is_refused():
    with pytest.raises(ValueError, match="<!-- one --> is never closed"):
        with_section("<!-- one -->\nhalf a page", "one", "new")
