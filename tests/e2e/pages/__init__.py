"""Các màn hình: one class per screen, in the words that stand on it."""
