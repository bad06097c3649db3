"""What search engines are told: the public pages there are, and where they have nothing to look for."""

from django.conf import settings
from django.contrib.sitemaps import Sitemap, views
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agglo.accounts.gates import public
from agglo.indicators.models import Axis, Indicator
from agglo.territory.models import Territory
from employment.models import RedundancyPlan, School
from projects.models import Project, Site

PAGES = ("/", "/indicateurs/", "/communes/", "/carte/", "/sites/", "/projets/", "/engagements/", "/aides/")
PAGES += ("/plans/", "/ecoles/", "/bilan/", "/sources/", "/corrections/", "/donnees/")
PAGES += ("/accessibilite/", "/mentions-legales/")


class _Pages(Sitemap):
    def items(self):
        return PAGES

    def location(self, item):
        return item


class _Records(Sitemap):
    """What the public may read of several tables; invented records are nobody's business outside."""

    def items(self):
        communes = Territory.objects.communes_of().named().values_list("subject__code", flat=True)
        return [
            *Axis.objects.all(),
            *Indicator.objects.all(),
            *(f"/communes/{code}/" for code in communes),
            *Site.objects.published().attested(),
            *Project.objects.published().attested(),
            *RedundancyPlan.objects.published(),
            *School.objects.published(),
        ]

    def location(self, item):
        return item if isinstance(item, str) else item.get_absolute_url()


@public
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    return views.sitemap(request, {"pages": _Pages, "records": _Records})


@public
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Searches, sorts and past dates are without end: a machine that wants the figures takes the files."""
    return render(request, "portal/robots.txt", {"site": settings.SITE_URL}, content_type="text/plain")
