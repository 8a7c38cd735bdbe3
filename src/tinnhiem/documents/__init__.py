"""Văn bản: official papers rendered from the count record. See `kinds` for what there is and how it is asked for."""
