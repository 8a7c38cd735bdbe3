"""Trang trưng bày: every part of the page with long Vietnamese names, and pictures of it at the two sizes that matter.

`python -m tests.web.gallery FOLDER` writes the pictures; look at them after changing a style or a part.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import django
from django.template import engines
from django.utils.safestring import mark_safe

SIZES = {"1366x768": (1366, 768), "1366x640": (1366, 640), "360x740": (360, 740)}
PLAIN = str.maketrans("/*+-", "wopg")
LONG = "Nguyễn Hoàng Thị Phương Thảo Nguyên"
POST = "Ủy viên Ban Thường vụ, Trưởng Ban Tổ chức Tỉnh ủy, Trưởng Đoàn đại biểu Quốc hội tỉnh"
BAR = mark_safe(
    '<svg viewBox="0 0 600 34" xmlns="http://www.w3.org/2000/svg">'
    '<rect width="243" height="34" fill="#1d3f66"/><rect x="243" width="26" height="34" fill="#8fb3d9"/>'
    '<rect x="269" width="319" height="34" fill="#f4e3bd"/><rect x="588" width="12" height="34" fill="#ddd"/></svg>'
)
DESK = {
    "round_name": "Lấy phiếu tín nhiệm các đồng chí Ủy viên Ban Thường vụ Tỉnh ủy khóa XVII, nhiệm kỳ 2025–2030",
    "state_label": "Đang kiểm phiếu",
    "clock": "14:05",
    "person": "Vũ Thị Hồng Hạnh",
    "role": "Ban kiểm phiếu",
    "logout_url": "/log-out",
    "phone": "0210 3xxx 115",
    "book_label": "Quy định số 96-QĐ/TW ngày 02/02/2023",
    "version": "0.1.0",
    "language_url": "/language",
    "languages": [("vi", "Tiếng Việt"), ("en", "English")],
    "rehearsal": True,
}
STATES = ("Dự thảo", "Đã ban hành kế hoạch", "Đã chốt danh sách", "Đang bỏ phiếu", "Đã kết thúc bỏ phiếu")
LATER = ("Đang kiểm phiếu", "Đã ký biên bản kiểm phiếu", "Đã công bố kết quả")
CONTEXT: dict[str, Any] = {
    "desk": DESK,
    "csrf_token": "token",
    "next_step": {
        "sentence": "Đối chiếu 3 chỗ hai lần nhập khác nhau của tập 3 với phiếu giấy.",
        "label": "Mở phần đối chiếu",
        "url": "#",
    },
    "crumbs": [("Bàn làm việc", "/"), ("Các tập phiếu", "/"), ("Tập 3", "")],
    "steps": [{"label": label, "state": "done"} for label in STATES[:3]]
    + [{"label": STATES[3], "state": "done", "when": "09:42"}, {"label": STATES[4], "state": "skipped"}]
    + [{"label": LATER[0], "state": "now"}, {"label": LATER[1]}, {"label": LATER[2]}],
    "facts": [
        ("Số phiếu phát ra", "47"),
        ("Số phiếu thu về", "46"),
        ("Điều kiện tiến hành", "từ 2/3 số người được triệu tập", "unsure", "Đ.8 k.1", "Chỉ đọc được bản tóm tắt."),
        ("Mẫu số của tỷ lệ", "tổng số phiếu thu về", "secondary", "Đ.11 k.1", ""),
    ],
    "faults": [
        {"where": "Dòng 14, cột D (Ngày sinh)", "message": "“31/02/1970” không phải là ngày tháng."},
        {"where": "Ô E14", "message": "Ô đang lỗi công thức (#REF!). Sửa trong tệp rồi tải lên lại."},
    ],
    "columns": [
        {"label": "STT", "number": True},
        {"label": "Họ và tên", "name": True},
        {"label": "Chức vụ", "name": True},
        *({"label": label, "number": True} for label in ("Phát ra", "Thu về", "Hợp lệ", "Không hợp lệ")),
        *({"label": label, "number": True} for label in ("Tín nhiệm cao", "%", "Tín nhiệm thấp", "%")),
    ],
    "rows": [
        {"group": "I. KHỐI HỘI ĐỒNG NHÂN DÂN"},
        *([n, LONG, POST, 47, 46, 45, 1, 19, "41,30", 25, "54,35"] for n in range(1, 7)),
    ],
    "figures": [
        {"label": "Tín nhiệm cao", "count": 19, "percent": "40,43"},
        {"label": "Tín nhiệm", "count": 2, "percent": "4,26"},
        {"label": "Tín nhiệm thấp", "count": 25, "percent": "53,19"},
        {"label": "Không hợp lệ", "count": 1, "percent": ""},
    ],
    "trace": ["25 phiếu tín nhiệm thấp trên 47 phiếu thu về: 25/47 > 1/2 và < 2/3 (Đ.11 k.2)."],
    "bar": BAR,
    "LONG": LONG,
    "POST": POST,
    "preview_columns": ["Họ và tên đệm", "Tên", "Ngày sinh", "Chức vụ in trên phiếu"],
    "preview_rows": [
        {"number": 9, "skipped": "Bỏ qua dòng tiêu đề nhóm: I. THƯỜNG TRỰC TỈNH ỦY"},
        {
            "number": 10,
            "cells": [
                {"name": "c10a", "value": "Nguyễn Hoàng Thị Phương Thảo", "label": "Dòng 10, họ và tên đệm"},
                {"name": "c10b", "value": "Nguyên", "was": "Nguyªn", "label": "Dòng 10, tên"},
                {
                    "name": "c10c",
                    "value": "31/02/1970",
                    "fault": "“31/02/1970” không phải là ngày tháng.",
                    "label": "Dòng 10, ngày sinh",
                },
                {"name": "c10d", "value": POST, "label": "Dòng 10, chức vụ"},
            ],
        },
        {
            "number": 11,
            "cells": [
                {"name": "c11a", "value": "H'Lan", "label": "Dòng 11, họ và tên đệm"},
                {"name": "c11b", "value": "Êban", "label": "Dòng 11, tên"},
                {"name": "c11c", "value": "1970", "label": "Dòng 11, ngày sinh"},
                {"name": "c11d", "value": "Phó Chủ tịch HĐND tỉnh", "label": "Dòng 11, chức vụ"},
            ],
        },
    ],
    "batches": [
        {
            "title": f"Tập {n}",
            "sheets": 25,
            "state_label": state,
            "tone": tone,
            "stations": [{"label": "Lần 1", "state_label": one}, {"label": "Lần 2", "state_label": two}],
            "url": "#",
            "action": action,
            "primary": tone == "now",
        }
        for n, state, tone, one, two, action in (
            (1, "Hai lần khớp", "done", "xong", "xong", "Xem nhật ký"),
            (2, "3 chỗ khác nhau", "warn", "xong", "xong", "Đối chiếu"),
            (3, "Đang nhập", "now", "đã nhập 7/25", "chưa bắt đầu", "Nhập lần 1"),
        )
    ],
    "item": {
        "key": "3-7-2",
        "title": "Tập 3, phiếu thứ 7, dòng 2",
        "subject": LONG,
        "post": POST,
        "readings": [{"station": "Lần 1", "mark": "Tín nhiệm"}, {"station": "Lần 2", "mark": "Tín nhiệm thấp"}],
        "hint": "Người thứ ba mở phiếu giấy, đọc dòng này và chọn đúng như trên phiếu.",
    },
    "choices": [
        {"code": code, "label": label}
        for code, label in (
            ("high", "Tín nhiệm cao"),
            ("medium", "Tín nhiệm"),
            ("low", "Tín nhiệm thấp"),
            ("blank", "Để trống"),
        )
    ],
    "documents": [
        {
            "name": "Biên bản kiểm phiếu",
            "note": "Mã đối chiếu: 1A2B-3C4D",
            "links": [{"url": "#", "label": "Word"}, {"url": "#", "label": "PDF"}],
        },
        {"name": "Bảng kết quả lấy phiếu tín nhiệm", "links": [{"url": "#", "label": "Excel"}]},
    ],
}
PAGE = """{% extends "base.html" %}{% block title %}Các mảnh{% endblock %}{% block content %}
{% include "parts/breadcrumb.html" %}<h1>Kiểm phiếu: tập 3 – phiếu tín nhiệm đối với Phó Chủ tịch và Ủy viên Ủy ban nhân dân tỉnh</h1>
{% include "parts/steps.html" %}
{% include "parts/notice.html" with kind="info" title="Phiếu đã lưu được mã hóa." text="Mật khẩu của Ban kiểm phiếu chỉ nằm trong bộ nhớ máy." %}
{% include "parts/notice.html" with kind="done" title="Hai lần nhập khớp hoàn toàn (25 phiếu)." %}
{% include "parts/notice.html" with kind="warn" title="Thu về 46/47 phiếu; 1 phiếu không thu về." text="Ghi vào biên bản và tiếp tục kiểm phiếu." %}
{% include "parts/notice.html" with kind="fault" title="Thu về 48 phiếu, nhiều hơn số phát ra (47) là 1 phiếu. Chưa kiểm phiếu được." text="Đề nghị Ban kiểm phiếu đếm lại; nếu vẫn chênh, lập biên bản và báo cáo chủ trì." %}
{% include "parts/facts.html" %}
<h2>Lỗi trong tệp</h2>{% include "parts/faults.html" %}
<h2>Bảng</h2>{% include "parts/table.html" with caption="Kết quả lấy phiếu" note="Tỷ lệ tính trên tổng số phiếu thu về (46 phiếu). Tổng ba tỷ lệ có thể không bằng 100%." %}
<h2>Kết quả</h2><div class="card">{% include "parts/result_row.html" with line=1 name=LONG post=POST band="Quá nửa tín nhiệm thấp" bar_label="19, 2, 25, 1" %}</div>
<h2>Nhập từ Excel</h2><form>{% include "parts/file_drop.html" with name="file" accept=".xlsx" hint="Tệp .xlsx, .xls hoặc .ods theo mẫu." %}</form><p></p>
{% include "parts/preview_table.html" with columns=preview_columns rows=preview_rows %}
<h2>Tập phiếu</h2><progress class="progress" max="25" value="7">7/25</progress><p></p>
<ul class="batches">{% for batch in batches %}<li>{% include "parts/batch_card.html" %}</li>{% endfor %}</ul>
<h2>Đối chiếu</h2>{% include "parts/disagreement.html" with action="#" %}
<h2>Văn bản</h2>{% include "parts/documents.html" %}
<h2>Biểu mẫu</h2>{% include "parts/form.html" with submit="Lưu" back_url="#" back_label="Thôi, không lưu" %}
{% include "parts/confirm.html" with label="Kết thúc bỏ phiếu" question="Kết thúc bỏ phiếu? Sau bước này không nhận thêm phiếu vào thùng phiếu." yes="Kết thúc bỏ phiếu" action="#" reason_label="Lý do" %}
<p></p>{% include "parts/empty.html" with text="Chưa có đợt lấy phiếu nào." url="#" label="Lập đợt lấy phiếu mới" %}
{% endblock %}"""


def example_form() -> Any:
    """A form with a hint, a choice, a box to tick and a fault under one field."""
    from django import forms

    class Example(forms.Form):
        body = forms.CharField(label="Tên cấp ủy, cơ quan", help_text="Ghi đầy đủ như trên con dấu.")
        issued = forms.IntegerField(label="Số phiếu phát ra")
        chosen = forms.ChoiceField(
            label="Thứ tự trên phiếu", choices=[("a", "Theo danh sách đã duyệt"), ("b", "A B C")]
        )
        rehearsal = forms.BooleanField(label="Đợt chạy thử, không có giá trị", required=False)

    return Example({"body": "Tỉnh ủy", "issued": "bốn bảy", "chosen": "a"})


def gallery() -> str:
    """The whole page as HTML."""
    return engines["django"].from_string(PAGE).render({**CONTEXT, "form": example_form()})


def take(page: Any, harness: Any, picture: Path, keys: str, **config: Any) -> None:
    """One picture of the entry page after some keys."""
    from tests.web.grid import Grid

    Grid(page, harness, desk=DESK, **config).keys(keys)
    page.screenshot(path=picture)
    page.goto("about:blank")


def main(folder: Path) -> None:
    """Write the pictures of the gallery and of the entry grid."""
    from playwright.sync_api import sync_playwright

    from tests.web.conftest import ARGUMENTS, CHROMIUM
    from tests.web.harness import Harness

    folder.mkdir(parents=True, exist_ok=True)
    harness = Harness()
    harness.pages["/gallery"] = gallery()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for name, (width, height) in SIZES.items():
            page = browser.new_page(viewport={"width": width, "height": height})
            page.goto(f"{harness.url}/gallery")
            page.click(".confirm > summary")
            page.screenshot(path=folder / f"gallery-{name}.png", full_page=True)
            page.screenshot(path=folder / f"gallery-{name}-top.png")
            for lines, keys in (
                (9, "1230*"),
                (9, "1/"),
                (9, "/2"),
                (9, "+12"),
                (9, "111111111"),
                (16, "1230-*"),
                (60, "1*3"),
            ):
                take(page, harness, folder / f"entry-{lines}-{keys.translate(PLAIN)}-{name}.png", keys, lines=lines)
            take(page, harness, folder / f"entry-44-{name}.png", "123123123*20-11", lines=44)
            take(page, harness, folder / f"entry-44-missing-{name}.png", "123123123*20-11E", lines=44)
            take(page, harness, folder / f"entry-end-{name}.png", "", next=26)
            page.close()
        browser.close()
    harness.close()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tinnhiem.app.settings")
    django.setup()
    main(Path(sys.argv[1]))
