"""Whoever writes about a project or a site answers for its news, until they say otherwise."""

from projects.models import Following, Project, Site
from projects.models.update import kind_of


def follow(target: Project | Site, user) -> Following:
    found, _ = Following.objects.get_or_create(person=user, **{kind_of(target): target})
    return found


def unfollow(target: Project | Site, user) -> None:
    Following.objects.filter(person=user, **{kind_of(target): target}).delete()
