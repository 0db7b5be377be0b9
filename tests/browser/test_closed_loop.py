"""One laboratory all the way round, by the pages of the separate people: doubted, drawn, visited, punished, repaired.

The law that it walks is lawful for a bureau: conduct is punished by who investigates, lines granted on an untrue
commitment end by decision of the grantor, a route is barred by what an article names, never by a grade. What no person
does is left to the worker of the served province; the months until a repair pass on a second server's calendar.
"""

import hashlib
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from tests.browser.conftest import PHONE, ROOT, Visits, free_port, wait_until_ready
from tests.browser.steps import take_step
from zhunsheng.oversight.reports.format import code_of

DAYS_LATER = 420
BODY = (
    "select b.id, b.slug, b.name, b.organisation_id from bodies_body b join accounts_membership m"
    " on m.organisation_id = b.organisation_id join accounts_user u on u.id = m.user_id where u.username = 'yidian'"
)
ALERT = "select id from screening_alert where body_id = ? and stage = 'new' order by rank"
LED = (
    "select u.username, t.number from inspections_task t join inspections_plan p on p.id = t.plan_id"
    " join inspections_inspector i on i.id = t.leader_id join accounts_user u on u.id = i.user_id"
    " where t.body_id = ? and p.number = ?"
)
OF_VISIT = "select count(*) from visits_{0} r join visits_visit v on v.id = r.visit_id where v.number = ?"
SHEET_STATE = "[data-sheet-words]"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 0/Kids[]>>endobj\n%%EOF\n"
PENALTY, WITHDRAWAL = "粤市监处罚〔2026〕99号", "粤市监撤〔2026〕99号"
WRONG = "pH 计于决定前已停用，承诺的仪器并不存在。"
FACT = "12 份报告的数值与此前另一样品的报告逐项相同，未见当日原始记录。"


@pytest.fixture(scope="module")
def years_on(site: Any, browser: Any) -> Iterator[Visits]:
    """The same province when the time for a repair has come."""
    port, environment = free_port(), site.environment
    words = [sys.executable, "-m", "tests.browser.later", str(DAYS_LATER), str(port)]
    with subprocess.Popen(words, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL) as process:
        try:
            wait_until_ready(f"http://127.0.0.1:{port}", process)
            yield Visits(browser, f"http://127.0.0.1:{port}")
        finally:
            process.terminate()


class Story:
    """The laboratory, and a page for each of the people who meet in its story."""

    def __init__(self, site: Any, visit: Any) -> None:
        self.site, self.visit = site, visit
        self.body, self.slug, self.name, self.organisation = site.row(BODY)
        self.pages: dict[str, Any] = {}
        self.visit_number = ""

    def by(self, username: str, address: str) -> Any:
        """Return the page of somebody, opened at an address."""
        if username not in self.pages:
            self.pages[username] = self.visit(username)
        self.pages[username].goto(address)
        return self.pages[username]

    def number(self, sql: str, *values: Any) -> Any:
        """Return the first column of the first row of a query about the laboratory."""
        return self.site.row(sql, *(values or (self.body,)))[0]

    def grade(self) -> str:
        """Return the grade in force."""
        return str(self.number("select grade from credit_grade where body_id = ? and until is null"))


@pytest.mark.timeout(900)  # the province is loaded in it when nobody else did
def test_a_doubt_goes_all_the_way_round_by_the_pages_of_separate_people(visit, site, years_on):
    story = Story(site, visit)
    before = story.grade()
    assert before in "AB"
    assert route_by_commitment(story)[0]

    an_alert_becomes_a_lead(story)
    plan = a_plan_is_drafted_and_approved(story)
    the_lead_raises_the_rate(story, plan)
    the_body_is_drawn(story, plan)
    leader, task = two_inspectors_are_drawn(story, plan)
    the_visit_is_made_without_a_network(story, leader, task)
    case = what_was_found_becomes_a_case(story, leader)
    the_conduct_is_punished(story, case, leader)
    the_commitment_is_found_untrue(story, leader)

    everybody_sees_it_at_once(story)
    the_grade_falls_with_its_reasons(story)
    barred, words = route_by_commitment(story)
    assert not barred
    assert "不再适用" in words or "严重不实" in words

    story.visit = lambda username: years_on.context(username).new_page()
    story.pages = {}
    repair_brings_it_back(story)
    assert story.grade() in "ABC"
    assert route_by_commitment(story)[0]


def an_alert_becomes_a_lead(story: Story) -> None:
    """The officer reads the alert, opens a lead from it and takes it on."""
    alert = story.number(ALERT)
    page = story.by("sheng", f"/screening/{alert}/")
    assert story.name in page.inner_text("main")
    page.goto(f"/screening/{alert}/open_lead/")
    take_step(page, matter="false_report", words="请核查这些报告的原始记录。")
    lead = str(story.number("select lead_reference from screening_alert where id = ?", alert))
    page.goto(f"/leads/{lead}/")
    take_step(page, "/do/accept/")


def a_plan_is_drafted_and_approved(story: Story) -> str:
    """One officer drafts a plan for the laboratories of this field, another approves it."""
    today = date.today()
    page = story.by("sheng", "/inspections/plans/new/")
    rates = {f"rate_{grade}": "50" for grade in ("A", "B", "C", "D", "none")}
    take_step(
        page, kind="special", title="承诺与样品专项抽查", first_day=today, last_day=today + timedelta(days=40),
        matters=["samples", "commitment"], strata=[], fields_of_testing=[story.slug[4:6]], why="专项", **rates,
    )  # fmt: skip
    plan = page.url.rstrip("/").rsplit("/", 1)[1]
    take_step(page, "/do/submit/", why="报批")
    take_step(
        story.by("fazhi", f"/inspections/plans/{plan}/"), "/do/approve/", document_no="粤市监〔2026〕99号", why="同意"
    )
    return plan


def the_lead_raises_the_rate(story: Story, plan: str) -> None:
    """The frame's page says whose weight a lead has raised, and to what."""
    page = story.by("sheng", f"/inspections/plans/{plan}/frame/")
    (row,) = page.locator("#raised li", has_text=story.name).all_inner_texts()
    assert "100 %" in row


def sealed_by_lot(story: Story, plan: str, what: str) -> None:
    """Seal a draw of the plan by its author, enter the two secrets by two others and draw, take the result over."""
    secrets = {part: f"secret-{part}-of-{plan}-{what}-0123456789-0123456789" for part in "ab"}
    digests = [hashlib.sha256(secrets[part].encode()).hexdigest() for part in "ab"]
    page = story.by("sheng", f"/inspections/plans/{plan}/")
    take_step(page, f"/do/seal_{what}/", source="two_party", reference=f"法规处={digests[0]};公证处={digests[1]}")
    draw = newest_draw(story)
    take_step(story.by("fazhi", f"/draws/{draw}/"), "/source/", a=secrets["a"])
    take_step(story.by("shenhe", f"/draws/{draw}/"), "/source/", b=secrets["b"])
    take_step(story.pages["shenhe"], "/draw/")
    visitor = story.visit("")
    visitor.goto(f"/draws/{draw}/")
    visitor.click("[data-recompute-start]")
    visitor.wait_for_selector("[data-recompute-answer] .zs-good")
    take_step(story.by("sheng", f"/inspections/plans/{plan}/"), f"/do/take_{what}/")


def newest_draw(story: Story) -> str:
    """Return the number of the draw that was sealed last."""
    return str(story.site.row("select number from draws_draw order by id desc")[0])


def the_body_is_drawn(story: Story, plan: str) -> None:
    """A sealed draw, recomputed by a visitor, names the laboratory among others."""
    sealed_by_lot(story, plan, "bodies")
    page = story.by("sheng", f"/inspections/tasks/?plan={plan}")
    assert story.name in page.inner_text("main")


def two_inspectors_are_drawn(story: Story, plan: str) -> tuple[str, str]:
    """A second lot names two inspectors; return the leader's account and the number of the task."""
    sealed_by_lot(story, plan, "inspectors")
    leader, task = story.site.row(LED, story.body, plan)
    return leader, task


def the_visit_is_made_without_a_network(story: Story, leader: str, task: str) -> None:
    """The leader opens the visit, loses the network, judges, photographs; all signs when it is back."""
    page = story.by(leader, f"/visits/new/{task}/")
    take_step(page, mode="on_site")
    number = page.url.rstrip("/").rsplit("/", 1)[1]
    take_step(page, "/do/start/")
    lat, lon = story.site.row("select lat, lon from bodies_site where body_id = ? and lat is not null", story.body)
    here = {"latitude": float(lat), "longitude": float(lon)}
    sheet = story.visit(leader, viewport=PHONE, geolocation=here, permissions=["geolocation"])
    sheet.goto(f"/visits/sheet/{number}/")
    sheet.wait_for_selector("[data-sheet-ready]:not([hidden])")
    sheet.context.set_offline(True)
    write_the_sheet(sheet)
    said(sheet, "离线")
    assert story.site.row(OF_VISIT.format("photo"), number) == (0,)
    sheet.context.set_offline(False)
    said(sheet, "全部已提交")
    for side, name in (("leader", "组长"), ("second", "组员"), ("body", "马主任")):
        sign(sheet, side, name)
    said(sheet, "全部已提交")
    story.site.until(OF_VISIT.format("record"), number)
    assert story.site.row("select marks from visits_photo order by id desc") == ("[]",)
    story.visit_number = number


def write_the_sheet(sheet: Any) -> None:
    """Judge every item, add the finding, and take a photograph of the first item."""
    keys = sheet.eval_on_selector_all('[data-item^="check:"]', "all => all.map((one) => one.dataset.item)")
    for place, key in enumerate(keys):
        verdict = "conforms" if place else "fails"
        sheet.locator(f'[data-item="{key}"] input[value="{verdict}"]').check()
    sheet.click("[data-add-item]")
    found = sheet.locator("[data-new-items] [data-item]").first
    found.locator('[data-field="fact"]').fill(FACT)
    found.locator('[data-field="violation"]').select_option("VIO-FALSE-REPORT")
    photo = {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": b"\xff\xd8\xff\xda1\xff\xd9"}
    sheet.locator(f'[data-item="{keys[0]}"] input[data-photo]').set_input_files(photo)
    sheet.wait_for_selector("[data-photo-id]")


def said(page: Any, words: str) -> None:
    """Wait until the sheet says so."""
    waited = "([place, words]) => document.querySelector(place)?.textContent.includes(words)"
    page.wait_for_function(waited, arg=[SHEET_STATE, words], timeout=30_000)


def sign(page: Any, side: str, name: str) -> None:
    """Write the name and draw a signature."""
    field = page.locator(f'[data-item="signature:{side}"]')
    field.locator('[data-field="name"]').fill(name)
    canvas = field.locator("canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    page.mouse.move(box["x"] + 30, box["y"] + 30)
    page.mouse.down()
    page.mouse.move(box["x"] + 120, box["y"] + 50, steps=4)
    page.mouse.up()
    field.locator("[data-sign]").click()


def what_was_found_becomes_a_case(story: Story, leader: str) -> str:
    """The leader proposes a case by the yardstick, another officer decides so; the visit is concluded."""
    address = f"/visits/{story.visit_number}/findings/"
    take_step(story.by(leader, address), "/findings/1/propose/", handling="case")
    assert not story.pages[leader].locator('form[action$="/decide/"]').count()  # nobody decides what they found
    take_step(story.by("sheng", address), "/findings/1/decide/", handling="case")
    take_step(story.by(leader, address), "/findings/do/conclude/", words="发现问题，已立案")
    return str(story.number("select number from enforcement_case where body_id = ? order by id desc"))


def the_conduct_is_punished(story: Story, case: str, leader: str) -> None:
    """Two investigate, a lawyer examines, the party is heard, the head decides; it is served, paid and published."""
    address = f"/enforcement/{case}/"
    page = story.by(leader, f"{address}propose/")
    take_step(page, **{"1-CON-O39-26-FINE-on": True, "1-CON-O39-26-FINE-amount": "30000"}, words="调查终结，建议处罚。")
    take_step(story.by("fazhi", address), "/do/examine/", passes="1", words="事实清楚，证据充分。")
    take_step(story.by(leader, address), "/do/notify/", words="拟罚款三万元，可以陈述、申辩。")
    take_step(story.by("yidian", address), "/do/state/", words="对事实无异议，不再陈述。", final=True)
    take_step(story.by(leader, address), "/do/submit/", words="当事人无异议。")
    words = "违法事实成立，依照第二十六条罚款三万元。"
    take_step(story.by("sheng", address), "/do/decide/", number=PENALTY, result="punished", words=words)
    today = date.today().isoformat()
    take_step(
        story.by(leader, address),
        "/do/serve/",
        method="direct",
        on=today,
        words="当事人签收。",
        proof=paper("送达回证"),
    )
    take_step(story.by("sheng", address), "/do/publish/")


def the_commitment_is_found_untrue(story: Story, leader: str) -> None:
    """Who inspected says that what was committed is untrue; the grantor decides, and the lines end."""
    task = story.number("select id from licensing_verification where body_id = ?")
    address = f"/licensing/verifications/{task}/"
    take_step(story.by(leader, address), "/find/", finding="untrue", words=WRONG)
    take_step(story.by("sheng", address), "/notify/", reasons="现场没有所承诺的设备。")
    take_step(story.by("yidian", address), "/state/", words="设备已经订购。", evidence=paper("订货合同"), final=True)
    take_step(story.by("sheng", address), "/answer/", words="承诺时并无设备，意见不予采纳。")
    take_step(story.by("fazhi", address), "/examine/", lawful="yes", words="事实清楚，程序合法。")
    today = date.today().isoformat()
    take_step(
        story.by("sheng", address), "/confirm/", decision_no=WITHDRAWAL, on=today, words="撤回以承诺取得的该项资质。"
    )


def everybody_sees_it_at_once(story: Story) -> None:
    """A visitor reads the decision on the certificate's page, the penalty in public, and the report's page follows."""
    visitor = story.visit("")
    number = story.number("select number from certificates_certificate where body_id = ? and stage = 'current'")
    visitor.goto(f"/certificates/{number}/")
    assert WITHDRAWAL in visitor.inner_text("main")
    visitor.goto("/enforcement/published/")
    assert PENALTY in visitor.inner_text("main")
    digest = story.number(
        "select digest from reports_report where body_id = ? and generated and state = 'current' order by id"
    )
    visitor.goto(f"/v/{story.slug}-{code_of(digest)}")
    assert WITHDRAWAL in visitor.inner_text("main")


def the_grade_falls_with_its_reasons(story: Story) -> None:
    """The officer has the grade computed anew, as the worker does each night; the page gives the reasons."""
    page = story.by("sheng", f"/credit/grades/{story.slug}/")
    take_step(page, "/compute/")
    page.goto(f"/credit/grades/{story.slug}/")
    assert story.grade() == "D"
    said = page.inner_text("main")
    assert PENALTY in said
    assert "告知承诺严重不实" in said


def route_by_commitment(story: Story) -> tuple[bool, str]:
    """Begin the laboratory's next application, read how the route by commitment stands, and give it up."""
    page = story.by("yidianluru", "/licensing/applications/new/")
    take_step(page, kind="extension")
    address = page.url.removesuffix("what/")
    page.goto(f"{address}route/")
    open_ = page.locator('input[name=route][value="commitment"]:not([disabled])').count() > 0
    words = page.inner_text("main")
    take_step(story.by("yidianluru", address), "/withdraw/", why="仅查看可选程序")
    return open_, words


def repair_brings_it_back(story: Story) -> None:
    """When the time has come the laboratory asks for repair, another officer grants it, and the bar is lifted."""
    for kind in ("false_report", "commitment_untrue"):
        event = story.number("select id from credit_creditevent where body_id = ? and kind = ?", story.body, kind)
        page = story.by("yidian", f"/credit/events/{event}/repair/")
        take_step(page, grounds="已缴清罚款，完成整改并经复核。", evidence=paper(f"整改证明 {kind}"))
        request = page.url.rstrip("/").rsplit("/", 1)[1]
        take_step(story.by("fazhi", f"/credit/requests/{request}/"), grant="yes", words="经核实，准予修复。")
    bar = story.number("select max(id) from licensing_routebar where organisation_id = ?", story.organisation)
    take_step(story.by("sheng", f"/licensing/bars/{bar}/lift/"), why="整改经核查属实。")


def paper(name: str) -> dict[str, Any]:
    """Return a small file to hand in."""
    return {"name": f"{name}.pdf", "mimeType": "application/pdf", "buffer": PDF + name.encode()}
