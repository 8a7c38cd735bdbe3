"""Lỗi của tệp ảnh quét: every reason why a scanned file, or a page of it, gives no picture.

Contract: `where` names the file and, when one page is meant, the page ("phieu.pdf, trang 3"). Each sentence says what to do next; none of them
tells a person to look inside a file.

The tree:

    TinnhiemError
    └── ScanFileRefused
        ├── ScanFileMissing
        ├── ScanFileEmpty
        ├── NotAnImage
        ├── PhotoIsHeic
        ├── MovingImage
        ├── PdfLocked
        ├── ImageDamaged
        ├── ImageTooLarge
        ├── ScanFileTooLarge
        ├── TooManyPages
        └── PageNotInFile
"""

from __future__ import annotations

from tinnhiem.errors import TinnhiemError


class ScanFileRefused(TinnhiemError):
    """Tệp ảnh quét không nhận được: the file, or one page of it, gives no picture."""

    code = "scan_file_refused"


class ScanFileMissing(ScanFileRefused):
    """Không có tệp ảnh quét này."""

    code = "scan_file_missing"
    vi = "Không mở được tệp này. Kiểm tra lại tên tệp, thư mục và thẻ nhớ rồi chọn lại."
    en = "This file cannot be opened. Check its name, its folder and the memory stick, then choose it again."


class ScanFileEmpty(ScanFileRefused):
    """Tệp rỗng, thường do chép chưa xong."""

    code = "scan_file_empty"
    vi = "Tệp rỗng, thường do máy quét chưa ghi xong hoặc chép chưa hết. Chép lại tệp từ máy quét."
    en = "The file is empty: the scanner had not finished it, or the copy stopped. Copy it from the scanner again."


class NotAnImage(ScanFileRefused):
    """Tệp không phải ảnh quét."""

    code = "not_an_image"
    vi = "Tệp này không phải ảnh quét. Nhận tệp PDF, JPEG, PNG, TIFF; quét lại phiếu và chọn một trong các loại đó."
    en = "This file is not a scan. PDF, JPEG, PNG and TIFF are taken; scan the sheets again as one of these."


class PhotoIsHeic(ScanFileRefused):
    """Ảnh HEIC của điện thoại."""

    code = "photo_is_heic"
    vi = "Ảnh chụp thuộc loại HEIC. Trong phần cài đặt máy ảnh của điện thoại, chọn loại tương thích nhất (JPEG) rồi chụp lại."
    en = "The photo is HEIC. In the phone's camera settings choose the most compatible format (JPEG) and take it again."


class MovingImage(ScanFileRefused):
    """Ảnh động."""

    code = "image_moves"
    vi = "Tệp này là ảnh động, không rõ hình nào là phiếu. Quét lại phiếu thành ảnh thường."
    en = "This file is a moving picture and does not say which frame is the sheet. Scan it again as a plain picture."


class PdfLocked(ScanFileRefused):
    """Tệp PDF có mật khẩu."""

    code = "pdf_locked"
    vi = "Tệp PDF có mật khẩu. Tắt mật khẩu trong phần cài đặt của máy quét rồi quét lại."
    en = "The PDF has a password. Switch the password off in the scanner's settings and scan again."


class ImageDamaged(ScanFileRefused):
    """Ảnh hỏng hoặc chưa chép hết."""

    code = "image_damaged"
    vi = "Ảnh bị hỏng hoặc tệp chưa được chép hết. Chép lại tệp từ máy quét; nếu vẫn vậy, quét lại trang này."
    en = "The picture is damaged or was not copied whole. Copy the file from the scanner again; failing that, scan the page again."


class ImageTooLarge(ScanFileRefused):
    """Ảnh quá lớn để mở an toàn."""

    code = "image_too_large"
    vi = "Ảnh quá lớn (quá {limit} triệu điểm ảnh một trang) hoặc mở quá lâu. Quét lại ở 200 hoặc 300 dpi, khổ đúng bằng tờ phiếu."
    en = "The picture is too large (over {limit} million pixels a page) or takes too long. Scan again at 200 or 300 dpi, at the sheet's own size."


class ScanFileTooLarge(ScanFileRefused):
    """Tệp quá nặng."""

    code = "scan_file_too_large"
    vi = "Tệp nặng {size} MB, quá {limit} MB. Quét lại thành nhiều tệp, mỗi tệp một tập phiếu."
    en = "The file has {size} MB, more than {limit} MB. Scan again into several files, one for each batch."


class TooManyPages(ScanFileRefused):
    """Tệp quá nhiều trang."""

    code = "scan_too_many_pages"
    vi = "Tệp có quá {limit} trang. Quét lại thành nhiều tệp, mỗi tệp một tập phiếu."
    en = "The file has more than {limit} pages. Scan again into several files, one for each batch."


class PageNotInFile(ScanFileRefused):
    """Tệp không có trang này, thường do tệp bị thay trong lúc đọc."""

    code = "scan_page_missing"
    vi = "Tệp chỉ có {pages} trang, có thể đã bị thay trong lúc đọc. Đưa lại tệp vào và đọc từ đầu."
    en = "The file has only {pages} pages; it may have been replaced while it was read. Bring it in again and read from the start."
