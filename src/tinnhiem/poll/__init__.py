"""Đợt lấy phiếu: states, sheets, reconciliation and the count. Pure; knows neither the channel a tally came from nor any storage."""
