"""The sites of an application, and the people whom it names for their posts."""

from datetime import datetime

from django.db.models import ProtectedError

from zhunsheng.admission.licensing.lifecycle import PersonPost
from zhunsheng.admission.licensing.models import Application, ApplicationPerson, ApplicationSite
from zhunsheng.admission.licensing.services.drafting import editable
from zhunsheng.admission.licensing.services.refusals import ApplicationRefused, refusals_logged
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import User

MOST_SITES = 100
MOST_PEOPLE = 300


@refusals_logged("edit")
def save_site(
    *,
    application_id: int,
    code: str,
    address: str,
    by: User,
    at: datetime,
    name: str = "",
    division_code: str | None = None,
    tenure: str = "",
    site_id: int | None = None,
) -> ApplicationSite:
    """Add a site, or change one that the application has.

    Raises: NotAllowed, Closed, ApplicationRefused, ApplicationSite.DoesNotExist.
    """
    application = editable(application_id, by, at)
    site = application.sites.get(pk=site_id) if site_id else ApplicationSite(application=application)
    for field, text in (("code", code), ("address", address)):
        if not text.strip():
            raise ApplicationRefused("This has to be filled in.", field=field, remedy="Fill it in.")
    if application.sites.filter(code=code.strip()).exclude(pk=site.pk).exists():
        raise ApplicationRefused("There is a site of this code.", field="code", remedy="Choose another code.")
    if site._state.adding and application.sites.count() >= MOST_SITES:
        raise _too_many(MOST_SITES)
    site.code, site.name, site.address = code.strip()[:40], name.strip()[:200], address.strip()[:300]
    site.tenure, site.division_id = tenure.strip()[:200], division_code or None
    with recorded(by, f"save site {site.code}"):
        site.save()
    return site


@refusals_logged("edit")
def remove_site(*, application_id: int, site_id: int, by: User, at: datetime) -> None:
    """Take a site out; one that lines or people refer to stays.

    Raises: NotAllowed, Closed, ApplicationRefused, ApplicationSite.DoesNotExist.
    """
    application = editable(application_id, by, at)
    site = application.sites.get(pk=site_id)
    try:
        with recorded(by, f"remove site {site.code}"):
            site.delete()
    except ProtectedError as error:
        raise ApplicationRefused(
            "Lines or people of the application stand under this site.",
            field="site",
            remedy="Take them out first.",
        ) from error


@refusals_logged("edit")
def save_person(
    *,
    application_id: int,
    post: str,
    name: str,
    by: User,
    at: datetime,
    title: str = "",
    education: str = "",
    fields: str = "",
    site_id: int | None = None,
    remark: str = "",
    leaves: bool = False,
    person_id: int | None = None,
) -> ApplicationPerson:
    """Name somebody for a post, or change what is said; a signatory has fields that he or she may sign.

    Raises: NotAllowed, Closed, ApplicationRefused, ApplicationPerson.DoesNotExist.
    """
    application = editable(application_id, by, at)
    person = application.people.get(pk=person_id) if person_id else ApplicationPerson(application=application)
    _check(application, person, post, name, fields, leaves=leaves)
    person.post, person.name, person.title = PersonPost(post), name.strip()[:100], title.strip()[:100]
    person.education, person.fields = education.strip()[:100], fields.strip()[:500]
    person.site = application.sites.get(pk=site_id) if site_id else None
    person.remark, person.leaves = remark.strip()[:300], leaves
    with recorded(by, f"save {person.post} {person.name}"):
        person.save()
    return person


@refusals_logged("edit")
def remove_person(*, application_id: int, person_id: int, by: User, at: datetime) -> None:
    """Take somebody out of the application.

    Raises: NotAllowed, Closed, ApplicationPerson.DoesNotExist.
    """
    application = editable(application_id, by, at)
    person = application.people.get(pk=person_id)
    with recorded(by, f"remove {person.post} {person.name}"):
        person.delete()


def _check(
    application: Application, person: ApplicationPerson, post: str, name: str, fields: str, *, leaves: bool
) -> None:
    if post not in PersonPost.values:
        raise ApplicationRefused("There is no such post.", field="post", remedy="Choose one of them.")
    if not name.strip():
        raise ApplicationRefused("This has to be filled in.", field="name", remedy="Fill it in.")
    if post == PersonPost.SIGNATORY and not leaves and not fields.strip():
        raise ApplicationRefused(
            "A signatory has fields that he or she may sign.", field="fields", remedy="Name the fields."
        )
    same = application.people.filter(post=post, name=name.strip()).exclude(pk=person.pk)
    if same.exists():
        raise ApplicationRefused(
            "This person is named for this post already.", field="name", remedy="Change the entry there is."
        )
    if person._state.adding and application.people.count() >= MOST_PEOPLE:
        raise _too_many(MOST_PEOPLE)


def _too_many(most: int) -> ApplicationRefused:
    return ApplicationRefused(
        "An application has at most %(most)s of these.", params={"most": most}, remedy="Divide it into several."
    )
