from datetime import date
from typing import Any, Final

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhunsheng.platform.accounts.history import Recorded
from zhunsheng.platform.accounts.roles import Role
from zhunsheng.platform.database.prepared import PreparedRecords, single


class User(AbstractUser):
    """A person, or the service account of an API client; what they may do follows from memberships alone."""

    display_name = models.CharField(_("name shown"), max_length=80, blank=True)
    locale = models.CharField(
        _("language"),
        max_length=8,
        blank=True,
        choices=[("zh-hans", "简体中文"), ("zh-hant", "繁體中文"), ("en", "English")],
    )
    password_temporary = models.BooleanField(
        _("password must be changed"), default=False, help_text=_("Someone else knows the password.")
    )
    history = Recorded(excluded_fields=["password", "last_login"])

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.display_name or self.username

    def get_full_name(self) -> str:
        """Return the name to show."""
        return str(self)

    def memberships_held(self) -> "list[Membership]":
        """Return all memberships with their organisations, read once for this instance (one request)."""
        held: list[Membership] | None = self.__dict__.get("_memberships_held")
        if held is None:
            held = _MEMBERSHIPS.records(user=self.pk)
            for membership in held:
                membership.user = self
            self.__dict__["_memberships_held"] = held
        return held

    def memberships_on(self, on: date) -> "list[Membership]":
        """Return the memberships in force on this day; none for a person who may not sign in."""
        return [one for one in self.memberships_held() if one.holds_on(on)] if self.is_active else []

    def forget_memberships(self) -> None:
        """Drop what was read, so that the next question reads again."""
        self.__dict__.pop("_memberships_held", None)

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        """Read the row, and the memberships, again."""
        self.forget_memberships()
        super().refresh_from_db(*args, **kwargs)


class Membership(models.Model):
    """A role of a person in an organisation, from a day to a day, both included, unless ended early."""

    user = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="memberships", verbose_name=_("person")
    )
    organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, related_name="memberships", verbose_name=_("organisation")
    )
    role = models.CharField(_("role"), max_length=24, choices=Role.choices)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended early"), null=True, blank=True)
    history = Recorded(reason_required=True)
    in_force: bool
    """Set by selectors that know the day."""

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="membership_role_known"),
            models.CheckConstraint(
                condition=models.Q(valid_to=None) | models.Q(valid_to__gte=models.F("valid_from")),
                name="membership_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["user", "organisation", "role", "valid_from"], name="membership_once_from_a_day"
            ),
            models.UniqueConstraint(
                fields=["user", "organisation", "role"],
                condition=models.Q(valid_to=None, ended_at=None),
                name="membership_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}, {self.organisation}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and let the person at hand forget the memberships read before."""
        super().save(*args, **kwargs)
        if "user" in self._state.fields_cache:
            self.user.forget_memberships()

    def holds_on(self, on: date) -> bool:
        """Return whether the membership is in force on this day; ended early, it is not from that day on."""
        if self.ended_at is not None and on >= timezone.localdate(self.ended_at):
            return False
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


_MEMBERSHIPS: Final = PreparedRecords(
    lambda: Membership.objects.select_related("organisation__division").filter(user_id=single("user"))
)
"""What a person holds: asked at every request, read anew each time."""
