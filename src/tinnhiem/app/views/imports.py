"""Nhập danh sách: a file or a pasted table, a preview whose cells are mended, and saving all or nothing.

Contract: between upload and saving the list lives in the person's session and nowhere else; nothing half-understood is saved. A file with several lists (the
template has three) is uploaded once and saved list by list, each as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tinnhiem.app.access import Permission
from tinnhiem.app.actions.lists import import_list
from tinnhiem.app.actions.rounds import BEFORE_FREEZE, ListsFrozen
from tinnhiem.app.forms.lists import UploadForm
from tinnhiem.app.models import BoardMember, Round, Subject, Voter
from tinnhiem.app.queries.roster_preview import FIELD_LABELS, preview_table, with_boxes
from tinnhiem.app.views.doors import OfficeRequest, language, round_page
from tinnhiem.app.views.frame import REFUSED, crumbs, page, refuse, sentences, status_of
from tinnhiem.errors import TinnhiemError
from tinnhiem.people import fold
from tinnhiem.roster.grid import Grid
from tinnhiem.roster.model import Choices, Roster, RosterBook, SheetKind
from tinnhiem.roster.paste import grid_of_pasted
from tinnhiem.roster.preview import Preview
from tinnhiem.roster.read import grids_of_bytes

TITLES: dict[SheetKind, object] = {
    "subjects": gettext_lazy("Danh sách người được lấy phiếu"),
    "voters": gettext_lazy("Danh sách người ghi phiếu"),
    "board": gettext_lazy("Danh sách Ban kiểm phiếu"),
}


class Draft(msgspec.Struct, kw_only=True):
    """Danh sách đang xem trước: `sheets` says which sheet was chosen for which list, `saved` which lists are done."""

    name: str
    preview: Preview
    sheets: dict[str, str] = {}
    saved: tuple[str, ...] = ()

    def roster(self, book: RosterBook, kind: SheetKind) -> Roster | None:
        """The list of this kind: on the sheet chosen, else the first that reads as one."""
        chosen = self.sheets.get(kind)
        return next((one for one in book.rosters if one.sheet == chosen), None) or book.roster(kind)


def _key(round_: Round) -> str:
    return f"roster-{round_.pk}"


def load(request: OfficeRequest, round_: Round) -> Draft | None:
    """Danh sách đang xem trước của người này, if there is one."""
    kept = request.session.get(_key(round_))
    return msgspec.json.decode(kept, type=Draft) if kept else None


def _keep(request: OfficeRequest, round_: Round, draft: Draft) -> None:
    request.session[_key(round_)] = msgspec.json.encode(draft).decode("utf-8")


@round_page(Permission.PREPARE)
def upload(request: OfficeRequest, round_: Round, kind: SheetKind) -> HttpResponse:
    """Chọn tệp hoặc dán bảng."""
    if round_.state not in BEFORE_FREEZE:
        raise ListsFrozen
    form = UploadForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                draft = _draft(form, kind)
            except TinnhiemError as error:
                status = refuse(form, error)
            else:
                _keep(request, round_, draft)
                return redirect("list-preview", round_.pk, kind)
        status = max(status, status_of(form))
    context = {
        "form": form,
        "kind": kind,
        "title": TITLES[kind],
        "replaces": len(_names(round_, kind)),
        "crumbs": crumbs(round_, (TITLES[kind], reverse(kind, args=[round_.pk])), (_("Nhập danh sách"), "")),
    }
    return page(request, "lists/import.html", context, round_, status)


def _draft(form: UploadForm, kind: SheetKind) -> Draft:
    """The preview of what was sent; raises `FileRefused`."""
    sent = form.cleaned_data["file"]
    grids: tuple[Grid, ...]
    if sent:
        grids, name = grids_of_bytes(sent.read(), sent.name), str(sent.name)
    else:
        grids, name = (grid_of_pasted(form.cleaned_data["pasted"]),), _("Bảng dán vào")
    draft = Draft(name=name, preview=Preview(grids=grids))
    book = draft.preview.book()
    if book.roster(kind) is None:
        # The file does not say what it is; the person came here for this list.
        draft.preview = draft.preview.choose(book.rosters[0].sheet, Choices(kind=kind))
    return draft


def _names(round_: Round, kind: SheetKind) -> list[str]:
    """The names that stand on the list now."""
    rows: dict[SheetKind, Iterable[Subject | Voter | BoardMember]] = {
        "subjects": round_.subjects.all(),
        "voters": round_.voters.all(),
        "board": round_.board.all(),
    }
    return [row.name for row in rows[kind]]


@round_page(Permission.PREPARE)
def preview(request: OfficeRequest, round_: Round, kind: SheetKind) -> HttpResponse:
    """Xem trước, sửa ô, ghi nhận."""
    draft = load(request, round_)
    if draft is None:
        messages.warning(request, _("Chưa có tệp nào đang xem trước. Chọn tệp để nhập."))
        return redirect("list-import", round_.pk, kind)
    refusals: list[str] = []
    if request.method == "POST":
        try:
            if _receive(request, round_, draft, kind):
                return _onward(request, round_, draft, kind)
        except TinnhiemError as error:
            refusals = sentences(error)[:1]
        else:
            return redirect("list-preview", round_.pk, kind)
    book = draft.preview.book()
    roster = draft.roster(book, kind)
    if roster is None:
        messages.warning(request, _("Tệp này không có {list}.").format(list=str(TITLES[kind]).lower()))
        return redirect("list-import", round_.pk, kind)
    english = language() == "en"
    context = {
        "kind": kind,
        "title": TITLES[kind],
        "file": draft.name,
        "roster": roster,
        "table": preview_table(draft.preview, roster, language()),
        "fields": [(code, label) for code, label in FIELD_LABELS.items()],
        "notes": [one.message_en if english else one.message for one in (*roster.notes, *book.notes)],
        "sheets": [grid.name for grid in draft.preview.grids if grid.rows],
        "chosen": draft.preview.choices.get(roster.sheet, Choices()),
        "others": _others(draft, book, kind),
        "compared": _compared(round_, roster),
        "refusals": refusals,
        "crumbs": crumbs(
            round_,
            (TITLES[kind], reverse(kind, args=[round_.pk])),
            (_("Nhập danh sách"), reverse("list-import", args=[round_.pk, kind])),
            (_("Xem trước"), ""),
        ),
    }
    return page(request, "lists/preview.html", context, round_, REFUSED if refusals else 200)


def _receive(request: OfficeRequest, round_: Round, draft: Draft, kind: SheetKind) -> bool:
    """Takes in what the page sent; True when the list was saved. Raises what the import refuses, with the edits kept."""
    sent = {name: str(value) for name, value in request.POST.items()}
    roster = draft.roster(draft.preview.book(), kind)
    if roster is not None and sent.get("sheet", roster.sheet) == roster.sheet:
        changed = with_boxes(draft.preview, roster, sent)
        changed.book()  # a choice that leaves no list at all is refused before it is kept
        draft.preview = changed
    elif sent.get("sheet") in {grid.name for grid in draft.preview.grids}:
        moved = draft.preview.choose(sent["sheet"], Choices(kind=kind))
        moved.book()
        draft.preview, draft.sheets = moved, draft.sheets | {kind: sent["sheet"]}
    _keep(request, round_, draft)
    if sent.get("do") != "save":
        return False
    accepted = draft.roster(draft.preview.book(), kind)
    if accepted is None:
        return False
    count = import_list(request.user, round_.pk, msgspec.structs.replace(accepted, kind=kind))
    messages.success(request, _("Đã ghi nhận {list}: {n} người.").format(list=str(TITLES[kind]).lower(), n=count))
    return True


def _onward(request: OfficeRequest, round_: Round, draft: Draft, kind: SheetKind) -> HttpResponse:
    """After saving: the next list of the same file, else the list itself."""
    draft.saved = (*draft.saved, kind)
    others = _others(draft, draft.preview.book(), kind)
    if others:
        _keep(request, round_, draft)
        messages.info(request, _("Tệp này còn {list}. Xem trước rồi ghi nhận.").format(list=str(others[0][1]).lower()))
        return redirect("list-preview", round_.pk, others[0][0])
    del request.session[_key(round_)]
    return redirect(kind, round_.pk)


def _others(draft: Draft, book: RosterBook, kind: SheetKind) -> list[tuple[SheetKind, object]]:
    """The other lists that the file holds and that are not saved yet."""
    return [
        (other, title)
        for other, title in TITLES.items()
        if other not in (kind, *draft.saved) and (found := book.roster(other)) and found.people
    ]


def _compared(round_: Round, roster: Roster) -> dict[str, int]:
    """Against the list that stands: how many come, go and stay."""
    before = {fold(name) for name in _names(round_, roster.kind)}
    after = {fold(person.full_name) for person in roster.people}
    if not before:
        return {}
    return {"added": len(after - before), "gone": len(before - after), "kept": len(after & before)}
