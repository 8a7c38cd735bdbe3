"""Biểu mẫu: what people type, checked for shape only; rules are the actions'."""
