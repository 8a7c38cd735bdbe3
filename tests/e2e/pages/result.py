"""Kết quả, văn bản, nhật ký."""

from __future__ import annotations

from pathlib import Path

from tests.e2e.pages.screen import Screen


class Result(Screen):
    """Kết quả kiểm phiếu."""

    path = "ket-qua/"

    def count(self) -> None:
        """Tổng hợp kết quả."""
        self.press("Tổng hợp kết quả")

    @property
    def cells(self) -> dict[str, str]:
        """Every figure of the table, by its key."""
        return {
            str(cell.get_attribute("data-key")): cell.inner_text()
            for cell in self.page.locator("table.results td[data-key]").all()
        }

    @property
    def people(self) -> list[str]:
        """The figures beside the bars, a line a person."""
        return [one.inner_text().replace("\n", " · ") for one in self.page.locator(".result-row__figures").all()]

    @property
    def short_code(self) -> str:
        """Mã đối chiếu."""
        return self.page.locator("b.code").inner_text()

    def sign(self) -> None:
        """Ghi nhận đã ký bản giấy."""
        self.confirm("Ghi nhận đã ký bản giấy", "Đã ký")


class Papers(Screen):
    """Văn bản của đợt."""

    path = "van-ban/"

    def download(self, kind: str, file_format: str, folder: Path) -> Path:
        """Downloads one paper."""
        with self.page.expect_download() as waiting:
            self.page.locator(f'a[href$="/van-ban/{kind}.{file_format}"]').click()
        target = folder / waiting.value.suggested_filename
        waiting.value.save_as(target)
        return target

    def data_file(self, name: str, folder: Path) -> Path:
        """Downloads one file for another machine."""
        with self.page.expect_download() as waiting:
            self.page.locator(f'a[href$="/du-lieu/{name}"]').click()
        target = folder / name
        waiting.value.save_as(target)
        return target

    def check(self, file: Path) -> list[tuple[str, ...]]:
        """Kiểm tra bản đã sửa: what differs, a row each."""
        self.page.locator('input[type="file"]').set_input_files(file)
        self.press("Kiểm tra bản đã sửa", self.page.locator("form:has(input[type=file])"))
        return [
            tuple(cell.inner_text() for cell in row.locator("td").all())
            for row in self.page.locator("main .table tbody tr").all()
        ]


class Journal(Screen):
    """Nhật ký."""

    path = "nhat-ky/"
