"""Địa chỉ các trang của phòng kiểm phiếu, kết quả, văn bản và nhật ký."""

from __future__ import annotations

from django.urls import path

from tinnhiem.app.views import counting, entry, images, journal, papers, random_check, reconcile, result, totals

counting_urls = [
    path("kiem-phieu/", counting.room, name="counting"),
    path("kiem-phieu/cum-mat-khau/", counting.passphrase, name="counting-passphrase"),
    path("kiem-phieu/cum-mat-khau-moi/", counting.renew, name="counting-renew"),
    path("kiem-phieu/thu-ve/<int:kind_id>/", counting.correct_returned, name="counting-returned"),
    path("kiem-phieu/so-phieu-tap/<uuid:batch_id>/", counting.resize, name="counting-resize"),
    path("kiem-phieu/khoa/", counting.lock, name="counting-lock"),
    path("kiem-phieu/viec/<str:code>/", counting.act, name="counting-act"),
    path("kiem-phieu/bat-dau/", counting.begin, name="counting-begin"),
    path("kiem-phieu/chia-tap/<int:kind_id>/", counting.batches, name="counting-batches"),
    path("kiem-phieu/nhap-lai/<uuid:batch_id>/<int:station>/", counting.again, name="counting-again"),
    path("kiem-phieu/kiem-tay/<uuid:batch_id>/", totals.hand_tally, name="hand-tally"),
    path("doi-chieu/<uuid:batch_id>/", reconcile.page, name="reconcile"),
    path("doi-chieu/<uuid:batch_id>/ket-luan/", reconcile.settle, name="reconcile-settle"),
    path("nhap/", entry.start, name="entry-start"),
    path("nhap/tong/<int:kind_id>/<int:typing>/", totals.type_totals, name="totals"),
    path("nhap/<uuid:keying_id>/", entry.entry, name="entry"),
    path("nhap/<uuid:keying_id>/luu/", entry.save, name="entry-save"),
    path("nhap/<uuid:keying_id>/xong/", entry.finish, name="entry-finish"),
    path("ket-qua/", result.page, name="result"),
    path("ket-qua/tong-hop/", result.make, name="result-make"),
    path("ket-qua/da-ky/", result.sign, name="result-sign"),
    path("ket-qua/phuc-tra/", result.recount, name="result-recount"),
    path("ket-qua/xoa-phieu/", result.delete, name="result-delete"),
    path("kiem-tra-ngau-nhien/", random_check.page, name="random-check"),
    path("kiem-tra-ngau-nhien/boc-tham/", random_check.begin, name="random-check-begin"),
    path("kiem-tra-ngau-nhien/phieu/<str:key>/", random_check.sheet, name="random-check-sheet"),
    path("kiem-tra-ngau-nhien/phieu/<str:key>/luu/", random_check.save, name="random-check-save"),
    path("kiem-tra-ngau-nhien/phieu/<str:key>/giai-thich/", random_check.explain, name="random-check-explain"),
    path("kiem-tra-ngau-nhien/tiep/", random_check.onward, name="random-check-onward"),
    path("kiem-tra-ngau-nhien/danh-sach-tiep/", random_check.next_list, name="random-check-next"),
    path("kiem-tra-ngau-nhien/ket-thuc/", random_check.close, name="random-check-close"),
    path("kiem-tra-ngau-nhien/doc-lai-toan-bo/", random_check.reread, name="random-check-reread"),
    path("kiem-tra-ngau-nhien/khong-lam/", random_check.decline, name="random-check-decline"),
    path("kiem-tra-ngau-nhien/bien-ban.<str:file_format>", random_check.paper, name="random-check-paper"),
    path("anh-quet/", images.images, name="images"),
    path("anh-quet/quyet-dinh/", images.keep, name="images-keep"),
    path("anh-quet/xoa/", images.delete, name="images-delete"),
    path("anh-quet/chep/", images.export, name="images-export"),
    path("van-ban/", papers.index, name="papers"),
    path("van-ban/<str:kind_id>.<str:file_format>", papers.paper, name="paper"),
    path("du-lieu/<str:name>", papers.data, name="papers-data"),
    path("nhat-ky/", journal.page, name="journal"),
]
"""Each stands below `dot/<uuid:round_id>/`."""
