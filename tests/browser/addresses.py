"""Every page of every role, with an instance of each thing that it shows."""

from collections.abc import Iterator
from typing import Any

from tests.browser.laboratory import BODY
from zhunsheng.oversight.reports.format import code_of

CURRENT = "select digest, body_slug, number from reports_report where state = 'current' and generated"


def code_where(site: Any, condition: str) -> str:
    """Return the public code of a report."""
    digest, slug = site.row(f"select digest, body_slug from reports_report where {condition} order by id")
    return f"{slug}-{code_of(digest)}"


def answers(site: Any) -> Iterator[str]:
    """Yield a verification page for each of the six answers."""
    _digest, slug, number = site.row(f"{CURRENT} and findings = 0")
    yield f"/v/{code_where(site, 'generated and findings = 0 and state = ' + repr('current'))}"
    yield f"/v/number/?number={number}&code=AAAAAAAAAAAAAAAA"
    yield f"/v/{code_where(site, 'state = ' + repr('replaced'))}"
    scope = "id in (select report_id from reports_finding where rule like 'SCOPE-%' and severity >= 2)"
    yield f"/v/{code_where(site, scope + ' and state = ' + repr('current'))}"
    yield f"/v/{slug}-AAAAAAAAAAAAAAAA"
    yield "/v/999999999999-AAAAAAAAAAAAAAAA"


def public(site: Any) -> Iterator[str]:
    """Yield what anyone may open, and what a visitor meets instead of the rest."""
    slug, name, _id = site.row(BODY)
    (published,) = site.row("select digest from reports_report where body_slug = 'test-register:PUB' and variant = 0")
    (standard,) = site.row("select id from catalogue_standardedition order by id")
    (parameter,) = site.row("select code from catalogue_parameter order by id")
    yield from ("/", "/about/", f"/search/?q={name[:4]}", "/search/?q=没有这样的词", "/search/")
    yield from ("/v/", "/v/many/", "/v/number/?number=1&code=", *answers(site))
    yield from ("/bodies/", "/bodies/?q=没有这样的词", f"/bodies/{slug}/", f"/bodies/{slug}/?on=2020-01-01")
    yield from (f"/bodies/{slug}/?known=2020-01-01", f"/bodies/{slug}/changes/")
    yield from ("/bodies/test-register:PUB/", "/reports/", f"/reports/{published}/")
    yield from ("/catalogue/standards/", f"/catalogue/standards/{standard}/")
    yield from ("/catalogue/parameters/", f"/catalogue/parameters/{parameter}/")
    yield from ("/catalogue/methods/", "/catalogue/objects/", "/catalogue/objects/WATER-DRINK/", "/catalogue/limits/")
    yield from ("/catalogue/standards/check/", "/catalogue/standards/check/?numbers=GB+5749-2006%0AGB+99999-2020")
    yield from ("/capabilities/", "/capabilities/?q=生活饮用水 铅", "/capabilities/?q=cadmum 没有这样的词")
    need = "purpose=society&domain=food&owner=other&form=entity&occasion=first"
    yield from ("/national/", "/national/?q=GB/T 5750.6-2006")
    yield from ("/licensing/need/", f"/licensing/need/?{need}")
    yield from ("/licensing/routes/", "/licensing/routes/?kind=renewal&certificate_in_force=yes&breaches_in_term=1")
    yield from ("/open-data/", "/open-data/dictionary/", f"/open-data/look-up/?number={slug}&on=2026-01-01")
    yield from ("/open-data/look-up/", "/open-data/look-up/?number=999999999999")
    yield from ("/capabilities/together/", "/capabilities/together/?tests=大米 镉%0A土壤 铅&near=深圳")
    yield from library(site)
    yield from certificates(site)
    (decision,) = site.row("select id from enforcement_decision where published_at is not null and hidden_at is null")
    yield from ("/leads/report/", "/leads/report/follow/", "/enforcement/published/", "/enforcement/published/?q=没有")
    yield f"/enforcement/published/{decision}/"
    yield from ("/credentials/", "/v/C000000000000000", "/v/C000000000000008", "/credentials/find/?number=000000000000")
    (plan,) = site.row("select number from inspections_plan where stage = 'approved' order by id")
    yield from ("/inspections/", f"/inspections/public/{plan}/")
    yield from ("/ledger/", "/accounts/login/", "/accounts/password/reset/", "/no-such-page/", "/accounts/signup/")


def certificates(site: Any) -> Iterator[str]:
    """Yield the day list and certificates: one in force with an extension, one suspended, one of before."""
    slug = site.row(BODY)[0]
    (extended,) = site.row("select number from certificates_certificate where version = 2 and occasion = 'extension'")
    yield from ("/certificates/", "/certificates/?kind=granted", "/certificates/?q=没有这样的词")
    yield from (f"/certificates/{extended}/", f"/certificates/{extended}/?version=2", f"/certificates/{slug}/")
    yield f"/certificates/{suspended(site)}/"


def suspended(site: Any) -> str:
    """Return the number of a certificate that is suspended."""
    (number,) = site.row(
        "select number from bodies_accreditation where id in"
        " (select accreditation_id from certificates_measure where kind = 'suspend')"
    )
    return str(number)


def library(site: Any) -> Iterator[str]:
    """Yield what anyone may read of the provincial library."""
    (entry,) = site.row("select code from library_entry where stage = 'revised'")
    (proposal,) = site.row("select number from library_proposal where sort = 'advanced'")
    yield from ("/library/", "/library/?q=没有这样的词", "/library/changes/?since=2026-01-01", "/library/replaced/")
    yield from (f"/library/entries/{entry}/", f"/library/entries/{entry}/compare/")
    yield from ("/library/proposals/", f"/library/proposals/{proposal}/")


def governance(site: Any) -> Iterator[str]:
    """Yield the pages of a steward: proposals at each stage, a replaced edition, notices to review."""
    for stage in ("proposed", "in_review", "refused"):
        (number,) = site.row("select number from library_proposal where stage = ? and sort = 'standard'", stage)
        yield f"/library/proposals/{number}/"
    (made,) = site.row("select id from library_supersession")
    (notice,) = site.row("select id from notices_notice where kind = 'library.replaced'")
    yield from (f"/library/replaced/{made}/", "/library/replaced/new/", "/library/declarations/")
    yield from ("/notices/", "/notices/outgoing/", f"/notices/outgoing/{notice}/", "/notices/feeds/")


def concerned(site: Any) -> Iterator[str]:
    """Yield what a laboratory sees of library and notices."""
    slug, _name, body = site.row(BODY)
    (delivery,) = site.row(
        "select d.id from notices_delivery d join bodies_body b on b.organisation_id = d.organisation_id"
        " where b.id = ? order by d.id",
        body,
    )
    (made,) = site.row("select id from library_supersession")
    yield from ("/library/proposals/new/", f"/library/replaced/{made}/{slug}/", "/notices/", f"/notices/{delivery}/")


def applications(site: Any) -> Iterator[str]:
    """Yield the applicant's pages, those of the form by the renewal that prepare.py has begun."""
    (number,) = site.row("select number from licensing_application where kind = 'renewal' and stage = 'draft'")
    parts = ("what", "sites", "capability", "people", "route", "files", "commitment", "check")
    yield from ("/licensing/applications/", "/licensing/applications/new/", f"/licensing/applications/{number}/")
    yield from (f"/licensing/applications/{number}/{part}/" for part in parts)
    yield f"/licensing/applications/{number}/capability/?object=生活饮用水&q=铅"


def expert(site: Any) -> Iterator[str]:
    """Yield the pages of an expert: what is asked, and where the opinion is given."""
    (number,) = site.row("select number from library_proposal where sort = 'advanced'")
    yield from (
        "/home/",
        "/notices/",
        "/library/",
        "/library/proposals/",
        f"/library/proposals/{number}/",
        "/accounts/me/",
    )
    yield from sheets(site)


def reviews(site: Any) -> Iterator[str]:
    """Yield the pages of a technical review at work that officers, panel and body share."""
    (number,) = site.row("select number from reviews_review where stage = 'at_work' order by id")
    yield from ("/reviews/", *(f"/reviews/{number}/{part}" for part in ("", "nonconformities/", "room/")))


def panels(site: Any) -> Iterator[str]:
    """Yield what an officer opens to form a panel, and a panel's conclusion."""
    (number,) = site.row("select number from reviews_review where stage = 'forming' order by id")
    (at_work,) = site.row("select number from reviews_review where stage = 'at_work' order by id")
    yield from reviews(site)
    yield from (f"/reviews/{number}/", f"/reviews/{number}/panel/", f"/reviews/{at_work}/panel/")
    yield f"/reviews/{at_work}/conclusion/"


def sheets(site: Any) -> Iterator[str]:
    """Yield the pages of an assessor on a panel."""
    (number,) = site.row("select number from reviews_review where stage = 'at_work' order by id")
    yield from reviews(site)
    yield from (f"/reviews/sheet/{number}/", f"/reviews/{number}/papers/", f"/reviews/{number}/conclusion/")


def inspections(site: Any) -> Iterator[str]:
    """Yield plans at each stage, tasks, the pool and the board."""
    for stage in ("submitted", "approved"):
        (number,) = site.row("select number from inspections_plan where stage = ? order by id", stage)
        yield from (f"/inspections/plans/{number}/", f"/inspections/plans/{number}/frame/")
    for stage in ("planned", "assigned", "reported"):
        (number,) = site.row("select number from inspections_task where stage = ? order by id", stage)
        yield f"/inspections/tasks/{number}/"
    (code,) = site.row("select code from inspections_inspector order by id")
    yield from ("/inspections/plans/", "/inspections/plans/new/", "/inspections/tasks/?due=overdue")
    yield from ("/inspections/inspectors/", f"/inspections/inspectors/{code}/", "/inspections/inspectors/new/")
    yield from ("/inspections/tasks/", "/inspections/board/", "/inspections/board/?year=2020")


def reports(site: Any, condition: str) -> Iterator[str]:
    """Yield a sound report, one with findings and a replaced one among those that fit."""
    for more in ("state = 'current' and findings = 0", "worst >= 2", "state = 'replaced'"):
        (digest,) = site.row(f"select digest from reports_report where {condition} and {more} order by id")
        yield f"/reports/{digest}/"


def officer(site: Any) -> Iterator[str]:
    """Yield the pages of an officer of the province."""
    slug = site.row(BODY)[0]
    (other,) = site.row("select digest from reports_report where variant = 1")
    yield from ("/home/", "/reports/", "/reports/?worst=2", "/reports/?q=nothing-like-this", f"/reports/{other}/")
    yield from ("/reports/findings/", "/reports/findings/?severity=3&division=441200", *reports(site, "generated"))
    yield from ("/capabilities/gaps/", "/capabilities/gaps/?division=440300")
    yield from (f"/bodies/{slug}/", "/accounts/me/", "/accounts/password/change/", "/accounts/2fa/")
    yield from ("/bodies/experts/", "/bodies/experts/GD-A-0005/", "/bodies/loadings/", f"/bodies/{slug}/changes/")
    yield from (f"/bodies/{slug}/life/{act}/" for act in ("rename", "move", "merge", "split", "close"))
    yield f"/bodies/{slug}/scope/reduce/"
    number = suspended(site)
    yield from (f"/certificates/{number}/", *(f"/certificates/{number}/measures/{one}/" for one in ("lift", "reduce")))
    yield f"/certificates/{number}/measures/revoke/"
    yield f"/licensing/bodies/{slug}/library/"
    yield from (
        "/licensing/verifications/",
        "/licensing/bars/",
        "/licensing/bars/new/",
        "/credit/",
        "/credit/obligations/",
        f"/credit/bodies/{slug}/",
        f"/credit/bodies/{slug}/grade/",
        f"/credit/grades/{slug}/",
        "/credit/grades/",
        "/credit/grades/moved/",
        "/credit/scorecard/",
        *credit(site),
        "/credit/persons/",
        f"/credit/persons/{site.row('select person_id from credit_personevent where person_id > 0')[0]}/",
    )
    (waiting,) = site.row("select id from matching_mention where state = 'open' order by best desc, id")
    (linked,) = site.row("select id from matching_mention where state = 'linked' order by id")
    (producer,) = site.row("select id from matching_producer order by id")
    yield from ("/matching/", "/matching/?q=没有这样的词", f"/matching/{waiting}/", f"/matching/{linked}/")
    yield from ("/matching/producers/", f"/matching/producers/{producer}/", f"/reports/producers/{producer}/")
    (schedule,) = site.row("select id from schedules_schedule order by id")
    (question,) = site.row("select parameter_question_id from schedules_scheduleline where parameter_question_id > 0")
    (decision,) = site.row("select id from schedules_decision order by id")
    yield from ("/schedules/", f"/schedules/{schedule}/", f"/schedules/{schedule}/enter/", "/schedules/questions/")
    yield from (f"/schedules/questions/{question}/", "/schedules/decisions/", f"/schedules/decisions/{decision}/")
    yield from ("/schedules/new/", "/schedules/check/", "/schedules/health/", f"/schedules/health/{slug}/")
    yield from ("/accounts/2fa/totp/activate/", "/accounts/organisations/", "/accounts/clients/", "/accounts/logout/")
    yield from governance(site)
    yield from panels(site)
    yield from inspections(site)
    yield from queue(site)
    yield from alerts(site)
    yield from leads(site)
    yield from cases(site)


def leads(site: Any) -> Iterator[str]:
    """Yield the officers' pages of leads and referrals, one lead of each stage that there is."""
    yield from ("/leads/", "/leads/?q=没有这样的词", "/leads/tab/late/", "/leads/new/", "/leads/referrals/")
    yield from ("/leads/referrals/tab/all/", "/leads/subscriptions/")
    newest = "select max(number) as number from leads_lead group by stage"
    (numbers,) = site.row(f"select group_concat(number) from ({newest})")
    yield from (f"/leads/{number}/" for number in numbers.split(","))
    for condition in ("stage = 'answered'", "escalated_to_id > 0"):
        (number,) = site.row(f"select number from leads_referral where {condition} order by id")
        yield f"/leads/referrals/{number}/"


def cases(site: Any) -> Iterator[str]:
    """Yield the pages of cases: one at work, one decided, the yardstick, the board."""
    yield from ("/enforcement/", "/enforcement/?q=没有这样的词", "/enforcement/tab/late/", "/enforcement/new/")
    yield from ("/enforcement/board/", "/enforcement/yardstick/", "/enforcement/qualifications/")
    (decided,) = site.row("select number from enforcement_case where decided_on is not null order by id")
    (at_work,) = site.row("select number from enforcement_case where decided_on is null order by id")
    for number in (at_work, decided):
        yield from (f"/enforcement/{number}/", f"/enforcement/{number}/records/", f"/enforcement/{number}/files/")


def investigator(site: Any) -> Iterator[str]:
    """Yield what the investigator of a case opens beside: its finding and the proposal."""
    (number,) = site.row("select number from enforcement_case where stage = 'investigating' order by id")
    yield from (f"/enforcement/{number}/", f"/enforcement/{number}/finding/1/", f"/enforcement/{number}/finding/")
    yield f"/enforcement/{number}/propose/"


def department(site: Any) -> Iterator[str]:
    """Yield what another department opens: its inbox, what came to it, whom it relies on, a doubt."""
    (number,) = site.row(
        "select r.number from leads_referral r join accounts_organisation o on o.id in (r.receiver_id, r.sender_id)"
        " where o.kind = 'department' order by r.id"
    )
    yield from ("/home/", "/leads/referrals/", f"/leads/referrals/{number}/", "/leads/subscriptions/")
    yield from ("/leads/subscriptions/new/", f"/leads/doubts/{site.row(BODY)[0]}/", "/leads/")


def alerts(site: Any) -> Iterator[str]:
    """Yield the pages of screening: the list, an alert with pairs, an explained one, two reports side by side."""
    (new,) = site.row("select id from screening_alert where family = 'copies' and stage = 'new' order by rank")
    (explained,) = site.row("select id from screening_alert where stage = 'dismissed'")
    yield from (
        "/screening/",
        "/screening/tab/watched/",
        "/screening/?stage=new&q=没有这样的词",
        "/screening/runs/",
        "/screening/calibration/",
    )
    yield from (
        f"/screening/{new}/",
        f"/screening/{explained}/",
        f"/screening/{new}/compare/",
        "/screening/subscription/",
    )
    yield from (f"/screening/{new}/{act}/" for act in ("watch", "dismiss", "open_lead"))


def queue(site: Any) -> Iterator[str]:
    """Yield the officers' pages of applications: the queue by tab, one file and its lines, how long it takes."""
    tabs = ("acceptance", "review", "rectifying", "decision", "ended")
    yield from ("/licensing/queue/", *(f"/licensing/queue/{tab}/" for tab in tabs), "/licensing/durations/")
    (number,) = site.row("select number from licensing_application where stage <> 'draft' order by id")
    yield from (f"/licensing/files/{number}/", f"/licensing/files/{number}/lines/")


def credit(site: Any) -> Iterator[str]:
    """Yield what both sides read: requests about events, one decided and one that waits, and a computing."""
    yield "/credit/requests/"
    for stage in ("filed", "granted"):
        (number,) = site.row("select number from credit_petition where stage = ? order by id", stage)
        yield f"/credit/requests/{number}/"
    (computing,) = site.row(
        "select s.id from credit_scoring s join credit_petition p on p.body_id = s.body_id order by s.id desc"
    )
    yield f"/credit/grades/computings/{computing}/"


def laboratory(site: Any) -> Iterator[str]:
    """Yield the pages of a laboratory's manager; what was handed in is looked at where it is handed in."""
    slug, _name, body = site.row(BODY)
    (organisation,) = site.row("select organisation_id from bodies_body where id = ?", body)
    (digest,) = site.row("select digest from reports_report where body_id = ? and findings = 0 order by id", body)
    yield from (
        "/home/",
        "/reports/",
        "/reports/findings/",
        "/reports/try/",
        "/reports/submit/",
        "/reports/register/",
        f"/reports/{digest}/",
    )
    yield from (
        f"/bodies/{slug}/",
        f"/bodies/{slug}/keys/",
        f"/bodies/{slug}/seals/",
        f"/bodies/{slug}/scope/stop/",
        f"/credit/grades/{slug}/",
        *credit(site),
        f"/credit/events/{site.row('select event_id from credit_petition order by id desc')[0]}/objection/",
        f"/accounts/organisations/{organisation}/",
    )
    yield from (f"/accounts/organisations/{organisation}/people/add/", "/accounts/me/", "/accounts/access/")
    yield from (f"/accounts/organisations/{organisation}/clients/new/", "/accounts/clients/")
    yield from concerned(site)
    yield from applications(site)
    yield from reviews(site)
    yield from party(site)


def party(site: Any) -> Iterator[str]:
    """Yield what a party sees of cases: its list, and the case that it was told of."""
    (number,) = site.row("select number from enforcement_case where stage = 'notified' order by id")
    yield from ("/enforcement/", f"/enforcement/{number}/")


def lawyer(site: Any) -> Iterator[str]:
    """Yield what a legal officer opens: the inbox of leads, cases to examine, one of each stage."""
    yield from ("/home/", "/leads/", "/enforcement/tab/examine/", "/enforcement/tab/all/", "/licensing/queue/decision/")
    (proposed,) = site.row("select number from licensing_application where stage = 'proposed' order by id")
    yield f"/licensing/files/{proposed}/"
    for stage in ("investigating", "notified", "served"):
        (number,) = site.row("select number from enforcement_case where stage = ? order by id", stage)
        yield f"/enforcement/{number}/"


def administrator(site: Any) -> Iterator[str]:
    """Yield the pages of those who keep accounts, with a page that is in sight but not allowed."""
    (authority,) = site.row("select id from accounts_organisation where kind = 'authority' order by id")
    yield from ("/home/", "/accounts/organisations/", "/accounts/organisations/new/", "/accounts/clients/")
    yield from (f"/accounts/organisations/{authority}/", f"/accounts/organisations/{authority}/change/")
    yield from (f"/accounts/organisations/{authority}/history/", f"/accounts/organisations/{authority}/people/add/")
    yield from ("/accounts/access/", "/reports/", f"/bodies/{site.row(BODY)[0]}/keys/")


def inspector(site: Any) -> Iterator[str]:
    """Yield the pages of an inspector: a visit that is concluded, one under way with its sheet, the library."""
    (concluded,) = site.row("select number from visits_visit where stage = 'concluded' order by id")
    (under_way,) = site.row("select number from visits_visit where stage = 'under_way' order by id")
    (order,) = site.row("select number from visits_order order by id")
    yield from ("/visits/", "/visits/sheet/", f"/visits/sheet/{under_way}/", f"/visits/{under_way}/room/")
    yield from (f"/visits/{concluded}/", f"/visits/{concluded}/findings/", f"/visits/orders/{order}/")
    yield from ("/visits/checklists/", "/visits/checklists/food/", "/visits/disclosed/")
    yield from investigator(site)


ROLES = {
    "": public,
    "jiancha": inspector,
    "sheng": officer,
    "fazhi": lawyer,
    "shengtai": department,
    "shiyanshi": laboratory,
    "zhuanjia3": expert,
    "admin": administrator,
}
