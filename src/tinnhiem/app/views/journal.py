"""Nhật ký: the ledger of the round and the entry journal, both printable.

Contract: until the minutes are signed nobody outside the counting board reads what the board wrote in its own words of sheets; the line stands there
without them, in its place and with its number.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpResponse
from django.utils.translation import gettext as _

from tinnhiem.app.access import Permission, may
from tinnhiem.app.actions.acting import events
from tinnhiem.app.models import Round
from tinnhiem.app.queries.journal import batch_journal, entry_journal
from tinnhiem.app.sentences import event_sentence, outside_sentence
from tinnhiem.app.views.doors import OfficeRequest, language, round_page
from tinnhiem.app.views.frame import crumbs
from tinnhiem.app.views.frame import page as draw_page
from tinnhiem.errors import TinnhiemError
from tinnhiem.ledger.chain import Event, verify


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
    whole = len(chain) if may(request.user, Permission.COUNT, round_) else _last_signing(chain)
    told = [
        {
            "seq": event.seq,
            "at": event.at,
            "actor": event.actor,
            "sentence": _sentence(event, whole=event.seq <= whole),
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


def _last_signing(chain: Sequence[Event]) -> int:
    """The place of the last signing, 0 before the first: what stands before it may be read whole, also while a recount goes on."""
    return max((event.seq for event in chain if event.code == "signed"), default=0)


def _sentence(event: Event, *, whole: bool) -> str:
    left_out = None if whole else outside_sentence(event.code, event.data, language())
    if left_out is not None:
        return left_out
    return event.sentence if language() == "vi" else event_sentence(event.code, event.data, "en")
