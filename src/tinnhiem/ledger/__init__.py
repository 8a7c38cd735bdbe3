"""Sổ ghi: an append-only chain of readable events. Pure: storage and clock are the caller's."""
