from __future__ import annotations

import pickle
import struct
import zipfile
import zlib
from io import BytesIO
from pathlib import Path

import cv2
import numpy as np
import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageOps

from fuzz import scan_files as made
from fuzz.images import run
from tinnhiem.paper.scan import open_files
from tinnhiem.paper.scan.image_errors import (
    ImageDamaged,
    ImageTooLarge,
    MovingImage,
    NotAnImage,
    PageNotInFile,
    PdfLocked,
    PhotoIsHeic,
    ScanFileEmpty,
    ScanFileMissing,
    ScanFileRefused,
)
from tinnhiem.paper.scan.images import PageImage, count_pages, let_go, load_page

WIDTH, HEIGHT = made.SHEET
EIGHT_WAYS = range(1, 9)
MATRICES = {
    "upright": (1, 0, 0, 1),
    "mirrored": (-1, 0, 0, 1),
    "upside down": (-1, 0, 0, -1),
    "flipped": (1, 0, 0, -1),
    "transposed": (0, -1, -1, 0),
    "quarter right": (0, -1, 1, 0),
    "transverse": (0, 1, 1, 0),
    "quarter left": (0, 1, -1, 0),
}


@pytest.fixture(autouse=True)
def nothing_stays_open():
    yield
    let_go()


@pytest.fixture(scope="module")
def scan() -> np.ndarray:
    """A4 at 200 dpi, grey."""
    return made.sheet(WIDTH, HEIGHT)


def load(data: bytes | Path, index: int = 0) -> PageImage:
    return load_page(data, "phieu", index)


def refused(data: bytes | Path, index: int = 0) -> ScanFileRefused:
    with pytest.raises(ScanFileRefused) as caught:
        load_page(data, "phieu", index)
    return caught.value


def decoded(data: bytes) -> np.ndarray:
    return cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_GRAYSCALE | cv2.IMREAD_IGNORE_ORIENTATION)


def every_page(data: bytes) -> list[PageImage]:
    return [load(data, index) for index in range(count_pages(data, "phieu"))]


def one_jpeg(
    data: bytes, content: bytes = b"", *, entries: bytes = b"", image: bytes = b"", colour: bool = False
) -> bytes:
    """A PDF of one page that is one JPEG of 1654 × 2340."""
    held = made.jpeg_image(data, WIDTH, HEIGHT, colour=colour, entries=image)
    return made.pdf([made.PdfPage([held], content or made.placed(), entries=entries)])


def drawn_by_pdfium(data: bytes) -> np.ndarray:
    with pdfium.PdfDocument(data) as document:
        return document[0].render(scale=0.5, grayscale=True).to_numpy().copy()


def looks_like(one: np.ndarray, other: np.ndarray) -> bool:
    """Whether two pictures of one shape show the same sheet, at a glance."""
    small = [cv2.resize(each, (60, 60), interpolation=cv2.INTER_AREA).astype(int) for each in (one, other)]
    return bool(np.abs(small[0] - small[1]).mean() < 3)


# The JPEG inside a PDF


def test_the_jpeg_in_a_pdf_comes_out_bit_for_bit(scan):
    data = made.jpeg(scan)
    assert np.array_equal(load(one_jpeg(data)).grey, decoded(data))


def test_the_grey_of_a_colour_jpeg_in_a_pdf_is_its_own_brightness_bit_for_bit(scan):
    data = made.jpeg(made.with_stamp(scan))
    assert np.array_equal(load(one_jpeg(data, colour=True)).grey, decoded(data))


def test_a_hidden_text_layer_does_not_keep_a_jpeg_from_being_taken_out(scan):
    data = made.jpeg(scan)
    layer = b"BT 3 Tr /F 12 Tf 100 700 Td (Nguyen Van A) Tj ET\n"
    assert np.array_equal(load(one_jpeg(data, made.placed() + layer)).grey, decoded(data))


def test_visible_text_over_a_jpeg_is_seen(scan):
    data = made.jpeg(scan)
    text = b"BT /F 80 Tf 100 100 Td (XXXX) Tj ET\n"
    assert load(one_jpeg(data, made.placed() + text)).grey[1900:2100, 300:900].min() < 50


def test_a_clip_around_the_whole_page_does_not_keep_a_jpeg_from_being_taken_out(scan):
    data = made.jpeg(scan)
    clip = b"0 0 595.44 842.4 re W n\n"
    assert np.array_equal(load(one_jpeg(data, clip + made.placed())).grey, decoded(data))


def test_a_clip_that_hides_part_of_a_jpeg_hides_it(scan):
    clip = b"0 0 595.44 400 re W n\n"
    assert load(one_jpeg(made.jpeg(scan), clip + made.placed())).grey[:1000].min() == 255


def test_a_crop_box_crops(scan):
    page = load(one_jpeg(made.jpeg(scan), entries=b"/CropBox [0 0 595.44 421.2]"))
    assert page.grey.shape == (1170, 1654)


def test_a_pdf_that_turns_black_and_white_about_shows_light_paper(scan):
    page = load(one_jpeg(made.jpeg(255 - scan), image=b"/Decode [1 0]"))
    assert looks_like(page.grey, scan)


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("way", MATRICES)
def test_a_jpeg_lies_as_the_page_shows_it(scan, way, rotate):
    a, b, c, d = MATRICES[way]
    wide, high = made.A4_POINTS
    corner = (wide if a + c < 0 else 0, high if b + d < 0 else 0)
    content = made.matrix(a * wide, b * high, c * wide, d * high, *corner)
    data = one_jpeg(made.jpeg(scan), content, entries=b"/Rotate %d" % rotate)
    page = load(data).grey
    assert page.size == scan.size
    assert looks_like(page, drawn_by_pdfium(data))


def test_a_page_that_tells_of_a_turn_is_marked_as_turned(scan):
    assert load(one_jpeg(made.jpeg(scan), entries=b"/Rotate 90")).turned


def test_notes_about_a_turn_within_the_jpeg_of_a_pdf_are_not_followed(scan):
    data = made.jpeg(scan, exif=made.turned(6))
    assert np.array_equal(load(one_jpeg(data)).grey, decoded(data))


def test_a_jpeg_of_one_point_a_pixel_is_taken_out_and_its_resolution_not_believed(scan):
    data = made.jpeg(scan)
    page = made.PdfPage([made.jpeg_image(data, WIDTH, HEIGHT)], made.placed(WIDTH, HEIGHT), size=(WIDTH, HEIGHT))
    found = load(made.pdf([page]))
    assert (found.grey.shape, found.dpi) == ((HEIGHT, WIDTH), None)


# Drawn PDF pages


def fax_pdf(width: int, height: int, dpi: int) -> bytes:
    size = (width * 72 / dpi, height * 72 / dpi)
    return made.pdf([made.PdfPage([made.g4_image(made.sheet(width, height))], made.placed(*size), size=size)])


def test_a_fax_coded_page_is_drawn_pixel_for_pixel_in_its_own_resolution():
    page = load(fax_pdf(1984, 2808, 240))
    assert np.array_equal(page.grey, np.where(made.sheet(1984, 2808) > 128, 255, 0))


def test_a_page_of_600_dpi_is_drawn_at_300():
    page = load(fax_pdf(4960, 7020, 600))
    assert (page.grey.shape, page.dpi) == ((3510, 2480), 300.0)


def test_a_coarse_page_is_drawn_at_200_dpi():
    assert load(fax_pdf(827, 1170, 100)).dpi == 200.0


def test_a_black_and_white_page_has_no_redness():
    assert load(fax_pdf(*made.SHEET, 200)).red is None


def test_a_page_of_two_pictures_shows_both(scan):
    images = [made.jpeg_image(made.jpeg(scan), WIDTH, HEIGHT), made.raw_image(np.zeros((50, 50), np.uint8))]
    content = made.placed() + made.matrix(72, 0, 0, 72, 72, 72, 1)
    page = load(made.pdf([made.PdfPage(images, content)]))
    assert page.grey[2000:2100, 250:350].max() < 20


def test_a_page_without_a_picture_is_drawn_at_200_dpi():
    page = load(made.pdf([made.PdfPage(content=b"100 100 200 200 re f\n")]))
    assert (page.grey.shape, page.dpi) == ((2340, 1654), 200.0)


# Pages and their order


@pytest.fixture(scope="module")
def shades() -> list[int]:
    return [250, 180, 220, 140, 200]


def test_the_pages_of_a_pdf_keep_their_order(shades):
    jpegs = [made.jpeg_image(made.jpeg(made.sheet(shade=each)), 248, 352) for each in shades]
    data = made.pdf([made.PdfPage([each], made.placed()) for each in jpegs])
    assert [int(page.grey[-1, -1]) for page in every_page(data)] == shades


def test_the_pages_of_a_tiff_keep_their_order(shades):
    data = made.tiff([made.picture(made.sheet(shade=each)) for each in shades])
    assert [int(page.grey[-1, -1]) for page in every_page(data)] == shades


def test_pages_may_be_asked_for_in_any_order_and_again(shades):
    data = made.tiff([made.picture(made.sheet(shade=each)) for each in shades], compression="tiff_lzw")
    assert [int(load(data, n).grey[-1, -1]) for n in (3, 1, 1, 4, 0)] == [140, 180, 180, 200, 250]


def test_a_fax_coded_tiff_gives_all_its_pages_pixel_for_pixel():
    sheets = [made.sheet(248 + 8 * n, 352) for n in range(7)]
    data = made.tiff([made.black_and_white(each) for each in sheets], compression="group4")
    pages = every_page(data)
    assert [
        np.array_equal(page.grey, np.where(each > 128, 255, 0)) for page, each in zip(pages, sheets, strict=True)
    ] == ([True] * 7)


@pytest.mark.parametrize("name", ["grey.tif", "jpeg.tif", "big.tif", "colour.tif", "palette.tif"])
def test_every_kind_of_tiff_shows_the_sheet(name):
    assert looks_like(load(made.SAMPLES[name]()).grey, made.sheet())


def test_a_small_copy_within_a_tiff_is_no_page():
    small = Image.fromarray(made.sheet(62, 88))
    data = made.tiff([Image.fromarray(made.sheet()), small])
    first = struct.unpack_from("<I", data, 4)[0]
    entries = struct.unpack_from("<H", data, first)[0]
    second = struct.unpack_from("<I", data, first + 2 + 12 * entries)[0]
    # The first tag of the second directory becomes NewSubfileType = 1, "reduced copy" (its width stands in a spare copy behind).
    count = struct.unpack_from("<H", data, second)[0]
    kept = data[second + 2 : second + 2 + 12 * count]
    kind_of_page = struct.pack("<HHII", 254, 4, 1, 1)
    moved = data + struct.pack("<H", count + 1) + kind_of_page + kept + struct.pack("<I", 0)
    marked = bytearray(moved)
    struct.pack_into("<I", marked, first + 2 + 12 * entries, len(data))
    assert count_pages(bytes(marked), "phieu") == 1


def test_a_file_may_be_given_by_its_path(tmp_path, scan):
    data = one_jpeg(made.jpeg(scan))
    path = tmp_path / "Phiếu lấy tín nhiệm số 1.pdf"
    path.write_bytes(data)
    assert np.array_equal(load(path).grey, load(data).grey)


def test_a_tiff_may_be_given_by_its_path(tmp_path):
    path = tmp_path / "Phiếu.tif"
    path.write_bytes(made.SAMPLES["fax.tif"]())
    assert np.array_equal(load(path, 1).grey, load(made.SAMPLES["fax.tif"](), 1).grey)


def test_a_file_replaced_under_the_same_name_is_read_anew(tmp_path):
    path = tmp_path / "phieu.pdf"
    path.write_bytes(made.SAMPLES["jpeg.pdf"]())
    count_pages(path, "phieu")
    path.write_bytes(made.SAMPLES["layers.pdf"]())
    assert count_pages(path, "phieu") == 1


def test_no_more_than_two_files_stay_open():
    for name in ("jpeg.pdf", "raw.pdf", "fax.pdf", "fax.tif"):
        load(made.SAMPLES[name]())
    assert len(open_files._kept) == open_files.MOST_OPEN


def test_a_file_stays_open_from_page_to_page():
    data = made.SAMPLES["jpeg.pdf"]()
    load(data, 0)
    first = open_files._kept[-1][1]
    load(bytes(bytearray(data)), 1)
    assert open_files._kept[-1][1] is first


# Turn, resolution, colour


@pytest.mark.parametrize("orientation", EIGHT_WAYS)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF"])
def test_a_photo_is_put_upright_as_its_notes_say(kind, orientation):
    data = made.saved(Image.fromarray(made.sheet()), kind, exif=made.turned(orientation))
    upright = ImageOps.exif_transpose(Image.open(BytesIO(data)))
    assert np.array_equal(load(data).grey, np.asarray(upright))


@pytest.mark.parametrize("orientation", EIGHT_WAYS)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF"])
def test_a_photo_tells_whether_it_was_turned(kind, orientation):
    data = made.saved(Image.fromarray(made.sheet()), kind, exif=made.turned(orientation))
    assert load(data).turned == (orientation > 1)


def test_redness_is_turned_with_the_grey():
    page = load(made.jpeg(made.with_stamp(made.sheet()), exif=made.turned(6)))
    assert page.red.shape == page.grey.shape


def test_nothing_but_pixels_resolution_and_turn_survives():
    exif = made.turned(1)
    exif[0x010E] = "Bàn kiểm phiếu số 3"
    exif[0x0132] = "2026:03:14 09:26:53"
    exif[0x013B] = "Nguyen Thi Bia Dat"
    kept = pickle.dumps(load(made.jpeg(made.sheet(), exif=exif)))
    assert [word for word in (b"ki\xe1\xbb\x83m", b"2026:03", b"Nguyen") if word in kept] == []


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF"])
def test_the_resolution_is_taken_from_the_file(scan, kind):
    assert round(load(made.saved(Image.fromarray(scan), kind, dpi=(200, 200))).dpi, 1) == 200.0


def test_the_resolution_of_a_jpeg_in_a_pdf_is_pixels_by_the_size_of_the_page(scan):
    assert round(load(one_jpeg(made.jpeg(scan))).dpi, 1) == 200.0


@pytest.mark.parametrize("dpi", [(72, 72), (200, 100), (600, 600), (2400, 2400)])
def test_a_resolution_that_cannot_be_is_not_believed(dpi):
    # 600 dpi would make these 248 × 352 pixels a stamp of 15 mm.
    assert load(made.jpeg(made.sheet(), dpi=dpi)).dpi is None


@pytest.mark.parametrize("name", ["colour.png", "colour.jpg", "inks.jpg", "palette.png", "glass.png"])
def test_redness_shows_the_stamp(name):
    red = load(made.SAMPLES[name]()).red
    assert 0.005 < np.mean(red > 60) < 0.03


@pytest.mark.parametrize("name", ["grey.jpg", "grey.png", "sixteen.png", "grey.tif", "fax.tif", "fax.pdf", "jpeg.pdf"])
def test_a_grey_source_has_no_redness(name):
    assert load(made.SAMPLES[name]()).red is None


@pytest.mark.parametrize("name", ["inks.jpg", "sixteen.png", "palette.png", "glass.png"])
def test_unusual_pictures_show_the_sheet(name):
    assert looks_like(load(made.SAMPLES[name]()).grey, cv2.cvtColor(made.with_stamp(made.sheet()), cv2.COLOR_BGR2GRAY))


def test_what_is_see_through_shows_white_paper():
    glass = np.zeros((352, 248, 4), np.uint8)
    assert load(made.saved(Image.fromarray(glass), "PNG")).grey.min() == 255


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF"])
def test_a_huge_photo_is_made_smaller_by_a_whole_factor(kind):
    assert load(made.saved(Image.fromarray(made.sheet(6000, 5200)), kind)).grey.shape == (2600, 3000)


def test_the_resolution_shrinks_with_the_picture():
    assert round(load(made.jpeg(made.sheet(4960, 7020), dpi=(600, 600))).dpi) == 300


# Refusals


def word_file() -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", "<w:document/>")
    return stream.getvalue()


@pytest.mark.parametrize(
    "data",
    [b"STT;Ho ten\n1;Nguyen Van A\n", word_file(), made.saved(Image.new("L", (9, 9)), "GIF"), b"\0" * 4096],
    ids=["text", "word", "gif", "noughts"],
)
def test_a_file_of_another_kind_is_no_image(data):
    assert refused(data) == NotAnImage("phieu")


def test_an_empty_file_is_told_as_empty():
    assert refused(b"") == ScanFileEmpty("phieu")


def test_a_file_that_is_gone_is_told_as_gone(tmp_path):
    assert refused(tmp_path / "mat.pdf") == ScanFileMissing("phieu")


def test_a_heic_photo_is_told_how_to_be_taken():
    assert refused(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic") == PhotoIsHeic("phieu")


def test_a_locked_pdf_is_told_as_locked():
    assert refused(made.locked_pdf()) == PdfLocked("phieu")


def test_a_pdf_without_pages_is_damaged_whatever_was_opened_before():
    refused(made.locked_pdf())
    assert refused(made.pdf([])) == ImageDamaged("phieu")


def test_a_moving_png_is_refused():
    frames = [Image.fromarray(made.sheet()), Image.fromarray(255 - made.sheet())]
    assert refused(made.saved(frames[0], "PNG", save_all=True, append_images=frames[1:])) == MovingImage(
        "phieu, trang 1"
    )


@pytest.mark.parametrize("name", sorted(made.SAMPLES))
@pytest.mark.parametrize("share", [0.3, 0.6, 0.97])
def test_a_file_cut_short_is_damaged(name, share):
    whole = made.SAMPLES[name]()
    with pytest.raises(ImageDamaged):
        every_page(whole[: int(len(whole) * share)])


def test_a_refusal_names_file_and_page():
    pages = [
        made.PdfPage([made.jpeg_image(data, 248, 352)], made.placed()) for data in (made.jpeg(made.sheet()), b"no")
    ]
    assert refused(made.pdf(pages), 1).where == "phieu, trang 2"


def test_a_damaged_page_leaves_the_others_readable():
    good = made.jpeg(made.sheet())
    data = made.pdf([made.PdfPage([made.jpeg_image(each, 248, 352)], made.placed()) for each in (good[:900], good)])
    refused(data, 0)
    assert np.array_equal(load(data, 1).grey, decoded(good))


def test_a_tiff_whose_directories_run_in_a_ring_is_damaged():
    data = bytearray(made.SAMPLES["grey.tif"]())
    first = struct.unpack_from("<I", data, 4)[0]
    struct.pack_into("<I", data, first + 2 + 12 * struct.unpack_from("<H", data, first)[0], first)
    assert refused(bytes(data)) == ImageDamaged("phieu")


@pytest.mark.parametrize("name", ["grey.jpg", "grey.png", "fax.tif", "jpeg.pdf"])
def test_a_page_beyond_the_last_is_told_as_missing(name):
    pages = count_pages(made.SAMPLES[name](), "phieu")
    assert refused(made.SAMPLES[name](), 9) == PageNotInFile("phieu, trang 10", pages=pages)


def huge_png() -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    size = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size) + chunk(b"IDAT", zlib.compress(bytes(9))) + chunk(b"IEND", b"")


def huge_jpeg() -> bytes:
    data = bytearray(made.jpeg(made.sheet()))
    struct.pack_into(">HH", data, data.index(b"\xff\xc0") + 5, 50_000, 50_000)
    return bytes(data)


def huge_tiff() -> bytes:
    data = bytearray(made.SAMPLES["fax.tif"]())
    first = struct.unpack_from("<I", data, 4)[0]
    for tag in range(2):
        struct.pack_into("<HHII", data, first + 2 + 12 * tag, 256 + tag, 4, 1, 50_000)
    return bytes(data)


def endless_jpeg() -> bytes:
    """A progressive picture of 33 million pixels that is gone over a hundred times."""
    data = bytearray(made.SAMPLES["progressive.jpg"]())
    struct.pack_into(">HH", data, data.index(b"\xff\xc2") + 5, 5_800, 5_800)
    scan = data.index(b"\xff\xda")
    last = data[data.rindex(b"\xff\xda") : -2]
    return bytes(data[:-2] + last * 100 + data[-2:]) if scan else b""


@pytest.mark.parametrize(
    "make",
    [
        huge_png,
        huge_jpeg,
        huge_tiff,
        endless_jpeg,
        lambda: made.pdf([made.PdfPage(content=b"0 0 9 9 re f", size=(200_000, 200_000))]),
        lambda: made.pdf([made.PdfPage([made.jpeg_image(huge_jpeg(), 50_000, 50_000)], made.placed())]),
        lambda: made.pdf([made.PdfPage([made.jpeg_image(huge_jpeg(), 248, 352)], made.placed())]),
        lambda: made.pdf([made.PdfPage([made.raw_image(made.sheet(9000, 4000))], made.placed() * 5)]),
    ],
    ids=["png", "jpeg", "tiff", "progressive", "page", "picture", "picture that lies", "too many pictures"],
)
def test_a_picture_too_large_is_refused_by_its_header(make):
    assert type(refused(make())) is ImageTooLarge


def test_spoilt_files_are_refused_and_never_crash_or_hang():
    assert run(count=60, seed=1).findings == []
