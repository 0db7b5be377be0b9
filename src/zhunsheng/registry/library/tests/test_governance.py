from datetime import timedelta

import pytest

from zhunsheng.foundation.errors import DomainError
from zhunsheng.foundation.workflow import IllegalMove
from zhunsheng.platform.accounts.models import Kind, Role
from zhunsheng.platform.accounts.policy import NotAllowed, SamePerson
from zhunsheng.platform.accounts.tests.factories import make_member, make_organisation
from zhunsheng.platform.documents.errors import FileRefused
from zhunsheng.platform.notices.models import Delivery, Notice
from zhunsheng.registry.bodies.tests.factories import make_body, make_certificate, make_line
from zhunsheng.registry.catalogue.models import Parameter, StandardEdition
from zhunsheng.registry.catalogue.selectors import Vocabulary
from zhunsheng.registry.library import selectors, services
from zhunsheng.registry.library.lifecycle import PROPOSAL, Stage
from zhunsheng.registry.library.models import Entry, Opinion, Proposal, Version
from zhunsheng.registry.library.rules.review import Interests, conflict_of, tally
from zhunsheng.registry.library.tests.factories import (
    NOON,
    PFOA,
    TODAY,
    WHY,
    make_world,
    opine,
    propose,
    published,
    under_review,
)

pytestmark = pytest.mark.django_db
RULES = {"opinions": {"standard": 2, "advanced": 3}, "more_support_than_opposition": True}


@pytest.fixture
def world():
    return make_world()


def publish(world, proposal, **values):
    plain = {"effective_from": TODAY, "by": world.officer, "at": NOON, "why": WHY}
    return services.publish(proposal_id=proposal.pk, **(plain | values))


def test_two_counting_opinions_and_the_steward_put_a_new_parameter_into_library_and_catalogue(world):
    assert Vocabulary.current().parameter_id("全氟辛酸") is None

    entry = published(world)

    words = Vocabulary.current()
    known = words.parameter_id("全氟辛酸")
    assert known is not None
    assert {words.parameter_id("PFOA"), words.parameter_id("全氟辛酸（PFOA）")} == {known}
    assert Parameter.objects.get(pk=known).cas == "335-67-1"
    assert StandardEdition.objects.get(code="HJ 1334-2023").standard.base_code == "HJ 1334"
    version = entry.versions.get()
    assert (version.number, version.effective_from, version.parameter_id) == (1, TODAY, known)
    assert Proposal.objects.get().law.startswith("LIBRARY-REVIEW 1.")


@pytest.mark.parametrize("given", [0, 1])
def test_with_fewer_opinions_than_the_rules_ask_for_nothing_is_published(world, given):
    made = under_review(world)
    for expert in world.experts[:given]:
        opine(made, expert)

    with pytest.raises(DomainError, match=f"{2 - given} more opinions"):
        publish(world, made)
    assert not Entry.objects.exists()
    assert Vocabulary.current().parameter_id("全氟辛酸") is None


def test_an_advanced_method_for_a_strategic_industry_needs_three_opinions_and_a_consultation(world):
    made = propose(world, sort="advanced", industry="低空经济")

    with pytest.raises(DomainError, match="at least 15 days"):
        services.open_review(proposal_id=made.pk, consult_days=14, by=world.officer, at=NOON, why=WHY)
    services.open_review(proposal_id=made.pk, consult_days=15, by=world.officer, at=NOON, why=WHY)
    asked = [one.pk for one in world.experts]
    services.invite(proposal_id=made.pk, expert_ids=asked, by=world.officer, at=NOON, why=WHY)
    for expert in world.experts[:2]:
        opine(made, expert)
    with pytest.raises(DomainError, match="1 more"):
        publish(world, made)
    opine(made, world.experts[2])
    with pytest.raises(DomainError, match="runs until 2026-03-17"):
        publish(world, made)

    later = NOON + timedelta(days=16)
    entry = publish(world, made, at=later, effective_from=TODAY + timedelta(days=16))
    assert entry.versions.get().industry == "低空经济"


def test_an_advanced_method_without_an_industry_is_refused(world):
    with pytest.raises(DomainError) as refused:
        propose(world, sort="advanced")

    assert refused.value.field == "industry"


def test_the_opinion_of_an_expert_from_the_proposers_house_is_kept_and_does_not_count(world):
    colleague = make_member(Role.EXPERT, world.laboratory)
    made = under_review(world, experts=[colleague, world.experts[0]])
    opine(made, world.experts[0])

    given = opine(made, colleague)

    assert given.conflict == "same_organisation"
    assert selectors.tally_of(made, TODAY).counted == 1
    with pytest.raises(DomainError, match="1 more"):
        publish(world, made)


@pytest.mark.parametrize("declared", ["employed", "consultant"])
def test_an_opinion_with_a_declared_tie_to_the_proposer_does_not_count(world, declared):
    made = under_review(world)

    assert opine(made, world.experts[0], "support", **{declared: True}).conflict == declared


def test_authorship_is_declared_and_still_counts(world):
    made = under_review(world)

    assert opine(made, world.experts[0], author=True).conflict == ""


def test_more_opposition_than_support_is_not_published(world):
    made = under_review(world)
    opine(made, world.experts[0], "support")
    opine(made, world.experts[1], "oppose")

    with pytest.raises(DomainError, match="don't support"):
        publish(world, made)


def test_nobody_gives_two_opinions_or_one_without_reasons_or_uninvited(world):
    made = under_review(world, experts=world.experts[:1])
    with pytest.raises(DomainError) as refused:
        services.give_opinion(
            proposal_id=made.pk, verdict="support", reasons=" ", employed=False, author=False, consultant=False,
            interests="", by=world.experts[0], at=NOON,
        )  # fmt: skip
    assert refused.value.field == "reasons"
    opine(made, world.experts[0])
    with pytest.raises(DomainError, match="have given"):
        opine(made, world.experts[0])
    with pytest.raises(NotAllowed):
        opine(made, world.experts[1])
    assert Opinion.objects.count() == 1


def test_who_proposes_neither_publishes_nor_gives_an_opinion(world):
    both = make_member(Role.EXPERT, world.laboratory)
    make_member(Role.PROVINCE_OFFICER, world.bureau, user=both)
    both.forget_memberships()
    made = under_review(world, by=both, experts=[*world.experts, both])

    with pytest.raises(SamePerson):
        opine(made, both)
    for expert in world.experts:
        opine(made, expert)
    with pytest.raises(SamePerson):
        publish(world, made, by=both)


def test_who_gave_an_opinion_does_not_publish(world):
    judge = world.experts[0]
    make_member(Role.PROVINCE_OFFICER, world.bureau, user=judge)
    judge.forget_memberships()
    made = under_review(world)
    for expert in world.experts:
        opine(made, expert)

    with pytest.raises(SamePerson):
        publish(world, made, by=judge)


def test_only_the_steward_decides(world):
    other = make_member(Role.DEPARTMENT_OFFICER, make_organisation(Kind.DEPARTMENT, division="440000"))
    made = propose(world)

    for stranger in (other, world.manager, world.experts[0]):
        with pytest.raises(NotAllowed):
            publish(world, made, by=stranger)
        with pytest.raises(NotAllowed):
            services.open_review(proposal_id=made.pk, consult_days=0, by=stranger, at=NOON, why=WHY)


def test_a_sector_department_is_steward_of_its_own_entries(world):
    ecology = make_organisation(Kind.DEPARTMENT, division="440000", name="省生态环境厅")
    officer = make_member(Role.DEPARTMENT_OFFICER, ecology)
    world.bureau, world.officer = ecology, officer

    assert published(world).steward == ecology


@pytest.mark.parametrize("stage", [one for one in Stage if "publish" not in PROPOSAL.actions(one)])
def test_at_no_other_stage_may_a_proposal_be_published(world, stage):
    made = propose(world)
    values = {"decided_by": world.officer, "decided_at": NOON} if stage in {"published", "refused"} else {}
    Proposal.objects.update(stage=stage, **values)

    with pytest.raises(IllegalMove):
        publish(world, made)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("parameter_name", ""),
        ("domain", ""),
        ("method_code", "HJ 1334"),
        ("method_code", "某种方法"),
        ("cas", "335-67-2"),
        ("reasons", "  "),
    ],
)
def test_a_proposal_with_a_wrong_field_is_refused_by_that_field_and_nothing_is_kept(world, field, value):
    with pytest.raises(DomainError) as refused:
        propose(world, **{field: value})

    assert refused.value.field == field
    assert refused.value.remedy
    assert not Proposal.objects.exists()


def test_a_laboratory_cannot_be_steward(world):
    with pytest.raises(DomainError) as refused:
        propose(world, steward_id=world.laboratory.pk)

    assert refused.value.field == "steward"


def test_evidence_is_checked_by_content_and_a_bad_file_refuses_the_whole_proposal(world):
    good = services.Upload("验证报告.pdf", b"%PDF-1.7\n1 0 obj\n", "application/pdf")
    assert propose(world, evidence=[good]).evidence.get().name == "验证报告.pdf"

    with pytest.raises(FileRefused):
        propose(world, clause="9", evidence=[services.Upload("照片.png", b"%PDF-1.7\n", "image/png")])
    assert Proposal.objects.count() == 1


def test_what_the_library_holds_is_not_proposed_anew(world):
    entry = published(world)

    with pytest.raises(DomainError) as refused:
        propose(world)
    assert refused.value.params["code"] == entry.code


def test_a_revision_ends_the_old_version_the_day_before_and_shows_what_changed(world):
    entry = published(world)
    made = under_review(world, kind="revision", entry_code=entry.code, unit="μg/L")
    for expert in world.experts[:2]:
        opine(made, expert)
    first = TODAY + timedelta(days=30)

    publish(world, made, effective_from=first)

    old, new = Version.objects.order_by("number")
    assert (old.effective_to, new.effective_from) == (first - timedelta(days=1), first)
    changed = [(one.name, one.before, one.after) for one in selectors.differences(old, new) if one.changed]
    assert changed == [("unit", "ng/L", "μg/L")]
    assert Entry.objects.get().stage == "revised"


def test_a_retired_entry_ends_and_is_not_revised_again(world):
    entry = published(world)
    made = under_review(world, kind="retirement", entry_code=entry.code)
    for expert in world.experts[:2]:
        opine(made, expert)

    publish(world, made, effective_from=TODAY + timedelta(days=1))

    assert Entry.objects.get().stage == "retired"
    assert Version.objects.get().effective_to == TODAY
    again = under_review(world, kind="revision", entry_code=entry.code, unit="mg/L")
    for expert in world.experts[:2]:
        opine(again, expert)
    with pytest.raises(IllegalMove):
        publish(world, again, effective_from=TODAY + timedelta(days=9))


def test_every_body_whose_lines_are_touched_is_told_and_no_other(world):
    touched, other = (make_organisation(Kind.BODY) for _number in range(2))
    line = {"parameter_text": "全氟辛酸", "method_text": "HJ 1334-2023", "method_base": "HJ 1334", "method_year": 2023}
    make_line(make_certificate(make_body("231912050002", organisation=touched)), **line)
    unlike = line | {"parameter_text": "全氟壬酸"}
    make_line(make_certificate(make_body("231912050003", organisation=other)), **unlike)

    published(world)

    told = Delivery.objects.filter(notice__kind="library.published").values_list("organisation_id", flat=True)
    assert set(told) == {touched.pk, world.laboratory.pk}


def test_when_the_catalogue_refuses_nothing_at_all_is_published(world):
    made = under_review(world, synonyms="铅")  # means lead already
    for expert in world.experts[:2]:
        opine(made, expert)
    notices = Notice.objects.count()

    with pytest.raises(DomainError) as refused:
        publish(world, made)

    assert refused.value.field == "synonyms"
    made.refresh_from_db()
    assert made.stage == "in_review"
    assert not Entry.objects.exists()
    assert not Parameter.objects.filter(name="全氟辛酸").exists()
    assert Notice.objects.count() == notices


def test_a_refusal_tells_the_proposer_why(world):
    made = propose(world)

    services.refuse(proposal_id=made.pk, by=world.officer, at=NOON, why="方法尚未验证")

    (delivery,) = Delivery.objects.all()
    assert delivery.organisation == world.laboratory
    assert "方法尚未验证" in delivery.notice.body


def test_only_the_proposers_house_takes_a_proposal_back(world):
    made = propose(world)
    with pytest.raises(NotAllowed):
        services.withdraw(proposal_id=made.pk, by=world.experts[0], at=NOON, why=WHY)

    assert services.withdraw(proposal_id=made.pk, by=world.manager, at=NOON, why=WHY).stage == "withdrawn"


def test_the_public_sees_a_proposal_in_consultation_and_not_one_before_it(world):
    made = propose(world)
    assert not selectors.proposals_visible_to(None, TODAY).exists()

    services.open_review(proposal_id=made.pk, consult_days=10, by=world.officer, at=NOON, why=WHY)

    assert selectors.proposals_visible_to(None, TODAY).get() == made
    assert not selectors.proposals_visible_to(None, TODAY + timedelta(days=11)).exists()


def test_an_interest_excludes_only_where_the_rules_say_so():
    bound = Interests(author=True)

    assert conflict_of(bound, ["same_organisation", "employed"]) == ""
    assert conflict_of(bound, ["author"]) == "author"


@pytest.mark.parametrize(
    ("opinions", "carries"),
    [
        ([("support", ""), ("with_changes", "")], True),
        ([("support", ""), ("support", "employed")], False),
        ([("support", ""), ("oppose", "")], False),
        ([("support", ""), ("support", ""), ("oppose", "")], True),
    ],
)
def test_a_proposal_is_carried_by_enough_opinions_and_more_support_than_opposition(opinions, carries):
    assert tally(opinions, "standard", RULES).carries is carries


def test_search_finds_an_entry_by_synonym_method_and_code(world):
    entry = published(world)

    for words in ("PFOA", "HJ 1334", entry.code, "全氟 饮用水", "335-67-1", PFOA["parameter_name_en"]):
        assert [one.entry for one in selectors.versions_shown(words=words)] == [entry], words
    assert not selectors.versions_shown(words="镉").exists()
