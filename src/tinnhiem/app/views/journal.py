"""Nhật ký: the ledger of the round and the entry journal, both printable."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _

from tinnhiem.app.access import Permission
from tinnhiem.app.actions.acting import events
from tinnhiem.app.models import Round
from tinnhiem.app.queries.journal import batch_journal, entry_journal
from tinnhiem.app.sentences import event_sentence
from tinnhiem.app.views.doors import OfficeRequest, language, round_page
from tinnhiem.app.views.frame import crumbs
from tinnhiem.app.views.frame import page as draw_page
from tinnhiem.errors import TinnhiemError
from tinnhiem.ledger.chain import verify


@round_page(Permission.RECORD)
def page(request: OfficeRequest, round_: Round) -> HttpResponse:
    """Nhật ký của đợt."""
    chain = events(round_)
    broken = ""
    head = ""
    try:
        head = verify(chain)
    except TinnhiemError as error:
        broken = error.sentence(language())
    told = [
        {
            "seq": event.seq,
            "at": event.at,
            "actor": event.actor,
            "sentence": event.sentence if language() == "vi" else event_sentence(event.code, event.data, "en"),
        }
        for event in chain
    ]
    context = {
        "round": round_,
        "crumbs": crumbs(round_, (_("Nhật ký"), "")),
        "events": told,
        "head": head,
        "broken": broken,
        "entries": entry_journal(round_),
        "batches": batch_journal(round_),
    }
    return draw_page(request, "journal/page.html", context, round_)
