"""Who: people who sign in by e-mail, with one role each, and the portfolios of elected members."""

from typing import Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from ..roles import HOLDS, SECOND_FACTOR_REQUIRED, Role


class Delegation(models.Model):
    """The portfolio entrusted to an elected member, tied to one strategic axis when there is one."""

    name = models.CharField("intitulé", max_length=200)
    slug = models.SlugField("identifiant", max_length=80, db_index=False)
    axis = models.CharField(
        "axe stratégique", max_length=200, blank=True, help_text="Vide si aucun axe ne correspond."
    )

    class Meta:
        verbose_name = "délégation"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["slug"], name="delegation_slug_once"),
            models.UniqueConstraint(Lower("name"), name="delegation_name_once"),
        ]

    def __str__(self) -> str:
        return self.name


class UserQuerySet(models.QuerySet):
    def visible_to(self, user) -> Self:
        """All accounts for an administrator, one's own for anybody else, none for a visitor."""
        if not user.is_authenticated:
            return self.none()
        return self if user.holds(Role.ADMIN) else self.filter(pk=user.pk)

    def active(self) -> Self:
        return self.filter(is_active=True)


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    use_in_migrations = False

    def get_by_natural_key(self, username: str) -> "User":
        return self.get(email=username.strip().lower())

    def create_user(self, email: str, password: str | None = None, **fields) -> "User":
        """A new account; without a password nobody can sign in until one is chosen by e-mail."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields) -> "User":
        return self.create_user(email, password, **{**fields, "role": Role.ADMIN})


class User(AbstractBaseUser):
    """A person who signs in; the role decides everything: no groups, no permissions beside it."""

    email = models.EmailField(
        "adresse électronique",
        unique=True,
        error_messages={"unique": "Un compte existe déjà avec cette adresse."},
    )
    name = models.CharField("prénom et nom", max_length=150)
    role = models.CharField("rôle", max_length=10, choices=Role, default=Role.STAFF)
    delegation = models.ForeignKey(
        Delegation,
        verbose_name="délégation",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="members",
        help_text="Le portefeuille confié à un élu.",
    )
    is_active = models.BooleanField(
        "actif", default=True, help_text="Décochez au lieu de supprimer : ce qui a été fait reste attribué."
    )
    created_at = models.DateTimeField("créé le", default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = "compte"
        ordering = ["name", "email"]
        constraints = [
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="user_email_in_lower_case"),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="user_role_known"),
            models.CheckConstraint(
                condition=models.Q(delegation=None) | models.Q(role=Role.ELECTED),
                name="user_delegation_of_an_elected_member",
                violation_error_message="Seul un élu reçoit une délégation.",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def clean(self) -> None:
        self.email = self.email.strip().lower()

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    def holds(self, *roles: str) -> bool:
        """Whether this active person holds at least one of these roles, directly or through their own."""
        return self.is_active and not HOLDS[self.role].isdisjoint(roles)

    @property
    def needs_second_factor(self) -> bool:
        return self.role in SECOND_FACTOR_REQUIRED

    # What Django's administration asks of a user: the role answers.
    @property
    def is_staff(self) -> bool:
        return self.holds(Role.ADMIN)

    def has_perm(self, perm: str, obj=None) -> bool:
        return self.holds(Role.ADMIN)

    def has_perms(self, perm_list, obj=None) -> bool:
        return self.holds(Role.ADMIN)

    def has_module_perms(self, app_label: str) -> bool:
        return self.holds(Role.ADMIN)
