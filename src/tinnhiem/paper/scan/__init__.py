"""Đọc ảnh quét: from a scanned file to what stands on each sheet.

Contract: the only package that knows OpenCV, NumPy, Pillow, PDFium and the reader of QR codes. Its modules are imported where they are used, so
that nothing which does not read paper pays for them.
"""

from __future__ import annotations

import os

# A second fence behind our own check of the header: OpenCV reads this once, when it is first imported.
os.environ.setdefault("OPENCV_IO_MAX_IMAGE_PIXELS", str(60_000_000))
