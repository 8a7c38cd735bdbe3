"""Đợt mẫu: invented people and their pens; everything they do goes through `app.actions`."""
