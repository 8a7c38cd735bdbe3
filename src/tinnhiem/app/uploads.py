"""Nhận tệp tải lên: in memory, whatever its size.

Contract: no part of an upload is ever written to a temporary file: a scan lies in clear until its pages are read and sealed. Too much at once is refused
before the memory is full.
"""

from __future__ import annotations

from io import BytesIO

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

MOST_BYTES = 1_000_000_000
"""Of one request: two thousand pages of half a megabyte."""


class InMemoryOnly(FileUploadHandler):
    """Giữ tệp tải lên trong bộ nhớ."""

    received = 0

    def new_file(self, *args: object, **kwargs: object) -> None:
        """A file begins."""
        super().new_file(*args, **kwargs)  # type: ignore[arg-type]
        self.content = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002 - Django's own signature
        """The next bytes of it. Raises `RequestDataTooBig` above `MOST_BYTES`."""
        self.received += len(raw_data)
        if self.received > MOST_BYTES:
            raise RequestDataTooBig
        self.content.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """The file, whole."""
        self.content.seek(0)
        return InMemoryUploadedFile(
            file=self.content,
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )
