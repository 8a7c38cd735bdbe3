"""Dải ô theo người: whom to look through, one screen after the other, and rows sent back.

Contract: no figure and no number of a screen is shown, in the address neither; only a thin bar over the whole strip of the person. The screen that comes next is kept with
the round, so that another machine goes on where this one stopped.
"""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tinnhiem.app import vault
from tinnhiem.app.access import Permission
from tinnhiem.app.actions import gallery
from tinnhiem.app.forms.adjudication import MemberForm
from tinnhiem.app.models import CountRecordRow, Round, Subject
from tinnhiem.app.queries.adjudication_desk import mark_words
from tinnhiem.app.queries.column_gallery import (
    RaisedRow,
    StripScreen,
    look_of,
    people_to_look_through,
    raised_left,
    screen,
)
from tinnhiem.app.queries.counting_step import step_of
from tinnhiem.app.queries.values import book_of
from tinnhiem.app.views.adjudication import members_of, seated_member
from tinnhiem.app.views.counting import step_url
from tinnhiem.app.views.doors import OfficeRequest, language, round_page, told
from tinnhiem.app.views.frame import crumbs
from tinnhiem.app.views.frame import page as draw_page


@round_page(Permission.COUNT)
def index(request: OfficeRequest, round_: Round) -> HttpResponse:
    """Những người phải xem lại từng ô."""
    counting, open_ = round_.state == "counting", vault.is_open(round_.pk)
    counted = CountRecordRow.objects.filter(round=round_, number=round_.count_number).exists()
    ready = counting and open_ and counted
    rows = [_person(round_, one) for one in people_to_look_through(round_)] if ready else []
    # Nobody is left to look at: what comes next is the counting room's.
    step = step_of(round_) if ready and not any(not row["done"] for row in rows) else None
    context: dict[str, object] = {
        "member": seated_member(request, round_),
        "form": MemberForm(members=members_of(round_)),
        "counting": counting,
        "open": open_,
        "counted": counted,
        "rows": rows,
        "step": step,
        "step_url": step_url(round_, step) if step else "",
        "first": next((row for row in rows if not row["done"]), None),
        "everyone": round_.pairing == Round.Pairing.SCAN,
        "raised": raised_left(round_) if ready else 0,
        "crumbs": crumbs(
            round_, (_("Phòng kiểm phiếu"), reverse("counting", args=[round_.pk])), (_("Dải ô theo người"), "")
        ),
    }
    return draw_page(request, "gallery/index.html", context, round_)


def _person(round_: Round, subject: Subject) -> dict[str, object]:
    look = look_of(subject)
    return {
        "subject": subject,
        "done": look is not None and look.done,
        "begun": look is not None and look.screens > 0,
        "member": look.member if look is not None and look.done else "",
        "url": reverse("gallery-begin", args=[round_.pk, subject.pk]),
    }


@require_POST
@round_page(Permission.COUNT)
def begin(request: OfficeRequest, round_: Round, subject_id: int) -> HttpResponse:
    """Bắt đầu, hoặc xem tiếp."""
    member = seated_member(request, round_)
    if member is not None and told(
        request, lambda: gallery.begin(request.user, round_.pk, subject_id, member_id=member.pk)
    ):
        return redirect("gallery-strip", round_.pk, subject_id)
    return redirect("gallery", round_.pk)


@round_page(Permission.COUNT)
def strip(request: OfficeRequest, round_: Round, subject_id: int) -> HttpResponse:
    """Một màn hình của dải; a post says that it was looked at, with the rows that look wrong."""
    if not vault.is_open(round_.pk):
        return redirect("gallery", round_.pk)
    subject = Subject.objects.filter(pk=subject_id, round=round_).select_related("ballot_type", "round__body").first()
    look = look_of(subject) if subject is not None else None
    if subject is None or look is None or look.done or seated_member(request, round_) is None:
        return redirect("gallery", round_.pk)
    if request.method == "POST":
        rows = [_row(value, subject) for value in request.POST.getlist("row")]
        number = int(request.POST.get("screen", "-1"))
        done = _("Đã gửi về bàn xem phiếu nghi vấn; tập ấy mở lại. Xem xong, bấm Xong lần quét rồi tổng hợp lại.")
        told(
            request,
            lambda: gallery.pass_screen(request.user, round_.pk, subject_id, number, raised=rows),
            done if rows else "",
        )
        return redirect("gallery-strip", round_.pk, subject_id)
    shown = screen(subject, look.screens)
    context = {
        "subject": subject,
        "member": look.member,
        "screen": look.screens,
        "groups": _groups(round_, shown),
        "shown": shown,
    }
    return draw_page(request, "gallery/strip.html", context, round_)


def _row(value: str, subject: Subject) -> RaisedRow:
    scan, _slash, page = value.partition("/")
    return RaisedRow(scan=scan, page=page, line=subject.line or 0)


def _groups(round_: Round, shown: StripScreen) -> list[dict[str, object]]:
    words = mark_words(book_of(round_), language())
    return [
        {
            "label": words[mark],
            "rows": [
                {
                    "value": f"{row.place.scan}/{row.place.page}",
                    "named": row.named,
                    "picture": reverse(
                        "scan-picture",
                        args=[
                            round_.pk,
                            row.place.scan,
                            row.place.page,
                            "row" if row.named else "strip",
                            row.place.line,
                        ],
                    )
                    if row.picture
                    else "",
                }
                for row in rows
            ],
        }
        for mark, rows in shown.groups
    ]
