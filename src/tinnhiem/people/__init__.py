"""Họ tên: Vietnamese names as an office writes, sorts and looks them up.

Contract: values in, values out; the standard library and msgspec only. Nothing here changes a name that is printed except by a
named function whose result the caller shows first: `strip_honorifics`, `to_unicode`, `proper_case`. Everything else reads.
Leaves out: who the person is, which post they hold, whether two people of one name are one person.
"""

from __future__ import annotations

from tinnhiem.people.folding import fold, initials, matches, same_name, tone_free_key
from tinnhiem.people.legacy import Encoding, detect, to_unicode
from tinnhiem.people.names import Name, Stripped, is_all_capitals, proper_case, split_name, strip_honorifics, tidy
from tinnhiem.people.order import TONE_ORDERS, sort_key, tone_order_words
from tinnhiem.people.syllable import is_vietnamese_syllable

__all__ = [
    "TONE_ORDERS",
    "Encoding",
    "Name",
    "Stripped",
    "detect",
    "fold",
    "initials",
    "is_all_capitals",
    "is_vietnamese_syllable",
    "matches",
    "proper_case",
    "same_name",
    "sort_key",
    "split_name",
    "strip_honorifics",
    "tidy",
    "to_unicode",
    "tone_free_key",
    "tone_order_words",
]
