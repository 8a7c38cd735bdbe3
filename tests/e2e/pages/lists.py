"""Nhập danh sách: the upload, the preview with its boxes, the lists."""

from __future__ import annotations

from pathlib import Path

from tests.e2e.pages.screen import Screen


class ListImport(Screen):
    """Chọn tệp."""

    path = "danh-sach/nguoi-duoc-lay-phieu/nhap/"

    def upload(self, file: Path) -> None:
        """Chooses a file and looks at it."""
        self.page.locator('input[type="file"]').set_input_files(file)
        self.press("Xem trước")


class ListPreview(Screen):
    """Xem trước danh sách."""

    @property
    def faults(self) -> list[str]:
        """What is said at the boxes."""
        return [one.inner_text() for one in self.page.locator(".preview__said").all()]

    def mend(self, cell: str, value: str) -> None:
        """Types into one box and has the list looked at again."""
        self.page.locator(f'[name="cell-{cell}"]').fill(value)
        self.press("Kiểm tra lại")

    def save(self) -> None:
        """Ghi nhận."""
        self.go(self.page.locator('button[value="save"].button--primary'))


class Subjects(Screen):
    """Người được lấy phiếu."""

    path = "nguoi-duoc-lay-phieu/"

    @property
    def names(self) -> list[str]:
        """The names in the order of the ballot."""
        return [one.inner_text() for one in self.page.locator("td.table__name a").all()]


class BallotTypes(Screen):
    """Loại phiếu."""

    path = "loai-phieu/"
