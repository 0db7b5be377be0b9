"""What happened to an application reads as sentences: no raw code, no long digest, each rule by its title."""

import re

import pytest
from django.utils import timezone, translation

from zhunsheng.admission.licensing.lifecycle import Delivery
from zhunsheng.admission.licensing.models import Step
from zhunsheng.admission.licensing.selectors import history
from zhunsheng.admission.licensing.services import acceptance
from zhunsheng.admission.licensing.services.refusals import log
from zhunsheng.admission.licensing.step_words import ACTIONS
from zhunsheng.admission.licensing.tests.officers import MONDAY, filed, make_bureau

pytestmark = pytest.mark.django_db
DIGEST = "36d5d7b5b2e2187f9621297dc2e4b58bd9b2f5b9a3efd734b9cd02441f16c35e"


def step(action, words="", law=""):
    return Step(action=action, words=words, law=law, at=timezone.now(), stage="filed")


@pytest.mark.parametrize(
    ("one", "chinese", "english"),
    [
        (step("route", "commitment"), "告知承诺", "Notification and commitment"),
        (step("sign", "password"), "账号级：重新输入密码签署", "Account: password entered again"),
        (step("start_review", "现场评审"), "现场评审", "Review on site"),
        (step("issue_document", "检验检测机构资质认定申请受理通知书 受〔2026〕1号", "DOCUMENT-ACCEPTED 1.763bee07"),
         "检验检测机构资质认定申请受理通知书 受〔2026〕1号", "Notice of acceptance 受〔2026〕1号"),
        (step("document_served", f"受〔2026〕1号：{Delivery.MAIL} 王工"), "邮寄送达 王工", "By registered mail 王工"),
        (step("verification.draw", "0.123456789012 / 0.3000"), "抽取比例 0.3000", "the rate of 0.3000"),
        (step("refused.decide", "not-allowed: 您无权这样做。"), "您无权这样做。", "您无权这样做。"),
        (step("import", "能力表.xlsx: 3 / 5"), "共 5 行，采用 3 行", "3 of 5 rows taken"),
    ],
)  # fmt: skip
def test_a_step_is_a_sentence_in_the_readers_language(one, chinese, english):
    assert chinese in history.sentence(one)
    with translation.override("en"):
        assert english in history.sentence(one)


def test_a_rule_is_named_by_its_title_with_its_articles():
    law = history.law_of(step("route", "commitment", "ROUTE-COMMITMENT 1.a900f9d0"))

    assert law is not None
    assert (law.rule, law.version, law.title) == ("ROUTE-COMMITMENT", "1.a900f9d0", "告知承诺")
    assert "检验检测机构资质认定管理办法" in law.articles
    assert history.law_of(step("accept")) is None


def test_every_action_has_its_words_in_both_languages():
    for action, words in ACTIONS.items():
        with translation.override("en"):
            english = str(words)
        assert english != str(words) != action, action


def test_the_file_shows_a_digest_shortened_with_a_copy_button_and_no_code_in_the_text(client):
    bureau, one = make_bureau(), filed()
    log(one, "route", by=one.started_by, at=MONDAY, words="commitment", law="ROUTE-COMMITMENT 1.a900f9d0")
    log(one, "file", by=one.started_by, at=MONDAY, words=DIGEST, law="ROUTE-COMMITMENT 1.a900f9d0")
    acceptance.accept(application_id=one.pk, by=bureau.handler, at=MONDAY)
    client.force_login(bureau.handler)

    page = client.get(f"/licensing/files/{one.number}/").content.decode()

    course = page.split('id="steps"')[1].split("</ol>")[0]
    assert f'data-copy="{DIGEST}"' in course
    assert "36d5d7…16c35e" in course
    told = re.sub(r"<details.*?</details>", "", course, flags=re.DOTALL)
    told = re.sub(r"<[^>]+>", "", told)
    assert DIGEST not in told
    assert not re.search(r"\b[A-Z]{3,}-[A-Z-]+|\bcommitment\b", told), told
