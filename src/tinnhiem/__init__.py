"""Tín nhiệm: một đợt lấy phiếu tín nhiệm, từ danh sách Excel đến biên bản kiểm phiếu."""

__version__ = "0.1.0"
