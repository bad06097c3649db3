"""Brings the attested projects in, with their passages, partners and decisions as the source tells them."""

from projects.models import Decision, Organisation, Partner, Passage, Project, Site
from projects.subjects import own_subject, subject_of

ARTICLE = "La Gazette France"
EARLY_2022 = ("2022-01-01", "2022-03-31")
OWN = ("slug", "name", "kind", "axis", "about", "wording", "figures")


def load_projects_told(given: list[dict]) -> None:
    """What people have since changed stands: only new projects are written."""
    organisations = {one.slug: one for one in Organisation.objects.all()}
    sites = {one.slug: one for one in Site.objects.all()}
    for one in given:
        project, created = Project.objects.get_or_create(
            slug=one["slug"],
            defaults={
                **{name: one[name] for name in OWN if name in one},
                "lead": organisations.get(one.get("lead")),
                "site": sites.get(one.get("site")),
                "subject": subject_of("PROJET", one["slug"], one["name"], "projet"),
                "source": ARTICLE,
                "verbatim": True,
                "published": True,
            },
        )
        own_subject(project.subject, project.get_absolute_url(), "projet")
        if created:
            _life_of(project, one, organisations)


def _life_of(project: Project, told: dict, organisations: dict[str, Organisation]) -> None:
    on, until = told.get("gate_on", EARLY_2022)
    Passage.objects.create(
        project=project,
        gate=told["gate"],
        on=on,
        until=until,
        words=told.get("gate_words", "début 2022, selon l’article"),
        source=ARTICLE,
        wording=told["wording"],
        verbatim=True,
    )
    for gate, on, until, words, reason, source, wording in told.get("later", []):
        Passage.objects.create(
            project=project,
            gate=gate,
            on=on,
            until=until,
            words=words,
            reason=reason,
            source=source,
            wording=wording,
        )
    for slug, role, words in told.get("partners", []):
        Partner.objects.create(
            project=project, organisation=organisations[slug], role=role, words=words, source=ARTICLE
        )
    for on, until, body, words, source in told.get("decisions", []):
        Decision.objects.create(project=project, on=on, until=until, body=body, words=words, source=source)
