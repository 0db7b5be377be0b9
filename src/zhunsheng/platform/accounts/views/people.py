from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from zhunsheng.platform.accounts import permissions, second_factor, selectors
from zhunsheng.platform.accounts.adapters import speak
from zhunsheng.platform.accounts.forms import NEW, MeForm, MemberForm, ReasonForm
from zhunsheng.platform.accounts.models import Role
from zhunsheng.platform.accounts.permissions import Can
from zhunsheng.platform.accounts.services import members as services
from zhunsheng.platform.accounts.services.members import NewPassword
from zhunsheng.platform.accounts.views.signed_in import SignedInRequest, answer, today


@login_required
def me(request: SignedInRequest) -> HttpResponse:
    """Show and change one's own account: name, language, roles, sign-in."""
    form = MeForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Your account is changed."))
        return speak(redirect("accounts:me"), request.user)
    page = {
        "form": form,
        "memberships": selectors.memberships_of(request.user, today()),
        "has_second_factor": second_factor.has_one(request.user),
        "second_factor_due": second_factor.is_required() and second_factor.is_due(request.user, today()),
    }
    return render(request, "accounts/me.html", page, status=422 if form.errors else 200)


def password_lost(request: HttpRequest) -> HttpResponse:
    """Say who can renew a lost sign-in; passwords do not travel by mail."""
    return render(request, "accounts/password_lost.html")


def addresses(request: HttpRequest) -> HttpResponse:
    """Lead to the own account, where the mail address is kept."""
    return redirect("accounts:me")


@login_required
@never_cache
def member_add(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give a person, new or known, a role in an organisation."""
    organisation = get_object_or_404(selectors.organisations_visible_to(request.user, today()), pk=pk)
    permissions.require(request.user, Can.MANAGE_MEMBERS, organisation, today())
    form = MemberForm(request.POST or None, by=request.user, organisation=organisation, on=today())

    def act(given: dict[str, Any]) -> HttpResponse:
        role, why, at = Role(given["role"]), given["why"], timezone.now()
        if given["person"] == NEW:
            made = services.create_person(
                username=given["username"],
                display_name=given["display_name"],
                organisation=organisation,
                role=role,
                valid_to=given["valid_to"],
                by=request.user,
                at=at,
                why=why,
            )
            return _show_password(request, made, organisation.pk)
        services.add_member(
            user=given["user"],
            organisation=organisation,
            role=role,
            valid_to=given["valid_to"],
            by=request.user,
            at=at,
            why=why,
        )
        messages.success(request, _("%(person)s has the role now.") % {"person": given["user"]})
        return redirect("accounts:organisation", pk=organisation.pk)

    page = {
        "heading": _("Add a person to %(name)s") % {"name": organisation.local_name},
        "lead": _("A new person gets a first password that must be changed at the first sign-in."),
        "submit": _("Add person"),
        "back": reverse("accounts:organisation", args=[organisation.pk]),
    }
    return answer(request, form, act, page=page)


@login_required
def membership_end(request: SignedInRequest, pk: int) -> HttpResponse:
    """End a role at once."""
    membership = get_object_or_404(selectors.memberships_visible_to(request.user, today()), pk=pk)
    permissions.require(request.user, Can.MANAGE_MEMBERS, membership.organisation, today())
    form = ReasonForm(request.POST or None)

    def act(given: dict[str, Any]) -> HttpResponse:
        services.end_membership(membership_id=membership.pk, by=request.user, at=timezone.now(), why=given["why"])
        messages.success(request, _("The role is ended."))
        return redirect("accounts:organisation", pk=membership.organisation_id)

    page = {
        "heading": _("End the role of %(person)s") % {"person": membership.user},
        "lead": _("%(role)s at %(name)s. The person loses it at once; what was done in it stays recorded.")
        % {"role": membership.get_role_display(), "name": membership.organisation.local_name},
        "submit": _("End the role"),
        "danger": True,
        "back": reverse("accounts:organisation", args=[membership.organisation_id]),
    }
    return answer(request, form, act, page=page)


@login_required
@never_cache
def person_reset(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give a person who lost password or second factor a new first password."""
    person = get_object_or_404(selectors.people_visible_to(request.user, today()), pk=pk)
    form = ReasonForm(request.POST or None)
    back = _home_of(request, pk)

    def act(given: dict[str, Any]) -> HttpResponse:
        made = services.reset_sign_in(user_id=person.pk, by=request.user, at=timezone.now(), why=given["why"])
        return _show_password(request, made, back)

    page = {
        "heading": _("Renew the sign-in of %(person)s") % {"person": person},
        "lead": _(
            "The old password and the second factor stop working. Make sure that it is really this person who asks."
        ),
        "submit": _("Renew"),
        "danger": True,
        "back": reverse("accounts:organisation", args=[back]) if back else reverse("accounts:organisations"),
    }
    return answer(request, form, act, page=page)


@login_required
def person_deactivate(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let a person sign in no more."""
    person = get_object_or_404(selectors.people_visible_to(request.user, today()), pk=pk)
    form = ReasonForm(request.POST or None)
    back = _home_of(request, pk)
    address = reverse("accounts:organisation", args=[back]) if back else reverse("accounts:organisations")

    def act(given: dict[str, Any]) -> HttpResponse:
        services.deactivate_person(user_id=person.pk, by=request.user, at=timezone.now(), why=given["why"])
        messages.success(request, _("%(person)s can no longer sign in.") % {"person": person})
        return redirect(address)

    page = {
        "heading": _("Close the account of %(person)s") % {"person": person},
        "lead": _("The person is signed out at once and can't sign in again; records keep the name."),
        "submit": _("Close the account"),
        "danger": True,
        "back": address,
    }
    return answer(request, form, act, page=page)


def _show_password(request: SignedInRequest, made: NewPassword, organisation_id: int | None) -> HttpResponse:
    """Show the first password: this once."""
    back = (
        reverse("accounts:organisation", args=[organisation_id])
        if organisation_id
        else reverse("accounts:organisations")
    )
    page = {
        "heading": _("First password of %(person)s") % {"person": made.user},
        "facts": [(_("Sign-in name"), made.user.username), (_("First password"), made.password)],
        "warning": _("It is shown only now. Hand it over in person; it must be changed at the first sign-in."),
        "back": back,
    }
    return render(request, "accounts/shown_once.html", page)


def _home_of(request: SignedInRequest, person_id: int) -> int | None:
    """Return an organisation of this person that the reader may see, to return to."""
    return (
        selectors.memberships_visible_to(request.user, today())
        .filter(user_id=person_id)
        .values_list("organisation_id", flat=True)
        .first()
    )
