"""Trang nhập phiếu trên một máy chủ nhỏ: the real templates, styles and scripts, with a save address that remembers what it was sent.

Contract: serves on a free port of 127.0.0.1 with the content policy of the house; nothing is stored. What the address answers is set by the
test (`answer`), so that a refusal, a lost connection and a slow server can be played.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string

from tinnhiem.app.middleware import POLICY

STATIC = Path(__file__).resolve().parents[2] / "src" / "tinnhiem" / "app" / "static"
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".map": "application/json"}

FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô")
MIDDLE = ("Thị Phương", "Văn", "Quốc", "Thị Hồng", "Đức", "Thanh", "Hữu", "Ngọc Bảo")
GIVEN = ("Thảo", "Hùng", "Bình", "Nhung", "Khánh", "Tuấn", "Quyên", "Nghĩa", "Hạnh")
POSTS = (
    "Ủy viên Ban Thường vụ, Trưởng Ban Tổ chức Tỉnh ủy",
    "Tỉnh ủy viên, Giám đốc Sở Nông nghiệp và Môi trường",
    "Phó Chủ tịch Ủy ban nhân dân tỉnh",
    "Tỉnh ủy viên, Phó Chủ nhiệm Thường trực Ủy ban Kiểm tra Tỉnh ủy",
)

Answer = Callable[[dict[str, Any]], tuple[int, dict[str, Any]] | None]


def subjects(count: int) -> list[dict[str, object]]:
    """Invented people in ballot order, with long names among them."""
    return [
        {
            "line": i + 1,
            "name": f"{FAMILY[i % len(FAMILY)]} {MIDDLE[i % len(MIDDLE)]} {GIVEN[i % len(GIVEN)]}",
            "post": POSTS[i % len(POSTS)],
        }
        for i in range(count)
    ]


def entry_config(lines: int = 9, **changes: object) -> dict[str, object]:
    """A configuration of the grid as the desk gives it: three levels, three line faults, four reasons."""
    return {
        "saveUrl": "/save",
        "finishUrl": "/finish",
        "csrf": "token-of-the-page",
        "batch": 3,
        "pile": 25,
        "next": 8,
        "station": "Lần 1",
        "ballotTitle": "Phiếu tín nhiệm đối với các đồng chí Ủy viên Ban Thường vụ Tỉnh ủy",
        "subjects": subjects(lines),
        "choices": [
            {"code": "high", "label": "Tín nhiệm cao", "short": "TN cao"},
            {"code": "medium", "label": "Tín nhiệm", "short": "TN"},
            {"code": "low", "label": "Tín nhiệm thấp", "short": "TN thấp"},
        ],
        "lineFaults": [
            {"code": "blank", "label": "Không đánh dấu vào ô nào", "key": "0"},
            {"code": "over", "label": "Đánh dấu từ hai ô trở lên", "key": "*"},
            {"code": "struck", "label": "Gạch tên người được lấy phiếu", "key": "-"},
        ],
        "sheetReasons": [
            {"code": "not_issued", "label": "Phiếu không do ban kiểm phiếu phát ra"},
            {"code": "no_stamp", "label": "Phiếu không có dấu treo"},
            {"code": "struck_names", "label": "Phiếu gạch họ tên in trên phiếu"},
            {"code": "added_name", "label": "Phiếu ghi thêm tên người ngoài danh sách"},
        ],
        **changes,
    }


def saved(body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    """What the desk answers when all is well."""
    return 200, {
        "saved": body["sheet"],
        "next": body["sheet"] + 1,
        "message": f"Phiếu thứ {body['sheet']} đã lưu.",
    }


class Harness:
    """Máy chủ thử: `pages` and PNG `pictures` by path, `posts` in the order they came, `answer` for the next ones (None: the connection is cut)."""

    def __init__(self) -> None:
        self.pages: dict[str, str] = {}
        self.pictures: dict[str, bytes] = {}
        self.posts: list[dict[str, Any]] = []
        self.tokens: list[str | None] = []
        self.finished: list[str] = []
        self.answer: Answer = saved
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    @property
    def url(self) -> str:
        """Address of the server."""
        return f"http://127.0.0.1:{self.server.server_port}"

    def entry_page(self, config: dict[str, object], desk: dict[str, object] | None = None) -> str:
        """Put up an entry page and give its address."""
        return self.page("/entry", "base_entry.html", {"entry_config": config, "desk": desk or {}})

    def page(self, path: str, template: str, context: dict[str, object]) -> str:
        """Put up any template and give its address."""
        self.pages[path] = render_to_string(template, context)
        return self.url + path

    def found(self, path: str) -> tuple[str, bytes] | None:
        """Kind and content of a page or a picture that was put up."""
        if path in self.pages:
            return "text/html", self.pages[path].encode()
        return ("image/png", self.pictures[path]) if path in self.pictures else None

    def close(self) -> None:
        """Stop serving."""
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        harness = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_: object) -> None:
                """No log in the counting room."""

            def reply(self, status: int, kind: str, body: bytes) -> None:
                self.send_response(status)
                self.send_header("Content-Type", f"{kind}; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.send_header("Content-Security-Policy", POLICY)
                self.send_header("Cache-Control", "no-store")
                self.end_headers()
                self.wfile.write(body)

            def do_GET(self) -> None:
                path = self.path.partition("?")[0]
                found = harness.found(path)
                if found is not None:
                    self.reply(200, *found)
                    return
                file = (STATIC / path.removeprefix("/static/")).resolve()
                if path.startswith("/static/") and file.is_relative_to(STATIC) and file.is_file():
                    self.reply(200, TYPES.get(file.suffix, "application/octet-stream"), file.read_bytes())
                else:
                    self.reply(404, "text/plain", b"")

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"] or 0)).decode()
                if self.path == "/finish":
                    harness.finished.append(body)
                    self.reply(200, "text/html", b"<title>xong</title>")
                    return
                if self.path == "/log-in":
                    self.reply(200, "text/html", b"<title>log in</title>")
                    return
                sheet = json.loads(body)
                answer = harness.answer(sheet)
                if answer is None:
                    self.close_connection = True
                    self.connection.close()
                    return
                status, message = answer
                if status == 302:
                    self.send_response(302)
                    self.send_header("Location", "/log-in")
                    self.send_header("Content-Length", "0")
                    self.end_headers()
                    return
                if status == 200:
                    harness.posts.append(sheet)
                    harness.tokens.append(self.headers["X-CSRFToken"])
                self.reply(status, "application/json", json.dumps(message).encode())

        return Handler
