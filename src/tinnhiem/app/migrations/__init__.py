"""Các bước đổi cấu trúc cơ sở dữ liệu."""
