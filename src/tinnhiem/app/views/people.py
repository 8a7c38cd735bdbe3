"""Hồ sơ cán bộ: search without diacritics, and one person's file across rounds.

Contract: an account that has a desk in some round may look people up; what a round says of a person is shown only to those who have a desk in that round, and a
result only to those who may see it.
"""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from tinnhiem.app.access import NotAllowed
from tinnhiem.app.models import Person, Role
from tinnhiem.app.queries.person_file import birth_shown, find_people, may_read_files, memberships_of, parts_of
from tinnhiem.app.views.doors import OfficeRequest, language
from tinnhiem.app.views.frame import crumbs, office_page, page

READERS = (Role.ORGANISER, Role.CHAIR, Role.BOARD_HEAD, Role.BOARD)


def _require_reader(request: OfficeRequest) -> None:
    """Personnel files are not for a table that keys sheets."""
    if not may_read_files(request.user):
        raise NotAllowed(who=", ".join(str(role.label) for role in READERS))


@office_page
def people(request: OfficeRequest) -> HttpResponse:
    """Tra cứu: `?tim=` takes a name without marks, or initials."""
    _require_reader(request)
    query = request.GET.get("tim", "")[:80]
    found, total = find_people(query)
    context = {
        "query": query,
        "people": [(one, birth_shown(one.birth)) for one in found],
        "total": total,
        "more": total - len(found),
        "crumbs": crumbs(None, (_("Hồ sơ cán bộ"), "")),
    }
    template = "people/found.html" if request.headers.get("HX-Request") else "people/people.html"
    return page(request, template, context)


@office_page
def person(request: OfficeRequest, person_id: int) -> HttpResponse:
    """Hồ sơ một người."""
    _require_reader(request)
    found = Person.objects.filter(pk=person_id).first()
    if found is None:
        raise Http404
    words = {"subject": _("Được lấy phiếu"), "voter": _("Ghi phiếu"), "board": _("Ban kiểm phiếu")}
    context = {
        "person": found,
        "birth": birth_shown(found.birth),
        "memberships": memberships_of(found),
        "parts": parts_of(found, request.user, english=language() == "en", words=words),
        "crumbs": crumbs(None, (_("Hồ sơ cán bộ"), reverse("people")), (found.full_name, "")),
    }
    return page(request, "people/person.html", context)
