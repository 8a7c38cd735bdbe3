"""Bộ quy tắc: the rules as versioned data, and what they decide."""
