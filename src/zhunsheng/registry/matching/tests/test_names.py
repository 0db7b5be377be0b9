"""Names taken apart and compared as somebody who knows Chinese organisations would."""

import pytest

from zhunsheng.registry.matching.rules.blocking import Entry, NameIndex, find
from zhunsheng.registry.matching.rules.comparing import LEVELS, Known, Party, compare
from zhunsheng.registry.matching.rules.names import key_of, take_apart
from zhunsheng.registry.matching.rules.near import near_codes
from zhunsheng.registry.matching.rules.vocabulary import Gazetteer
from zhunsheng.registry.matching.rules.weighing import read_weights, weigh, weights
from zhunsheng.registry.matching.wording import phrase

PLACES = Gazetteer.of(
    [
        ("440000", "广东省"),
        ("440100", "广州市"),
        ("440106", "天河区"),
        ("440300", "深圳市"),
        ("440600", "佛山市"),
        ("440606", "顺德区"),
        ("441900", "东莞市"),
        ("430000", "湖南省"),
    ]
)


def named(text, **known):
    return Party(take_apart(text, PLACES), Known(**known))


def levels(one, two, bearers=1):
    return compare(named(one), named(two), bearers)


@pytest.mark.parametrize(
    ("text", "core", "kind", "places", "branch"),
    [
        ("广东省广州市天河区华测检测技术股份有限公司", "华测", "jsc", ("440000", "440100", "440106"), ""),
        ("通标标准技术服务（广州）有限公司", "通标", "ltd", ("440100",), ""),
        ("中国检验认证集团广东有限公司", "", "ltd", ("000000", "440000"), ""),
        ("国家食品质量检验检测中心（广东）", "", "centre", ("000000", "440000"), ""),
        ("华测检测认证集团股份有限公司广州分公司", "华测", "group", (), "分公司"),
        ("东莞市中鼎检测技术有限公司虎门实验室", "中鼎", "ltd", ("441900",), "虎门实验室"),
        ("佛山市顺德区质量技术监督标准与编码所", "", "office", ("440600", "440606"), ""),
    ],
)
def test_a_name_is_taken_apart_into_place_trade_name_form_and_branch(text, core, kind, places, branch):
    name = take_apart(text, PLACES)

    assert (name.core, name.places) == (core, places)
    assert name.branch.endswith(branch)
    assert bool(name.branch) == bool(branch)
    assert name.kind == kind or kind == "group"


@pytest.mark.parametrize(
    "text",
    [
        "深圳市華測檢測技術有限公司",
        "深圳市华测检测技术有限公司 ",
        "深圳市　华测·检测技术有限公司",
        "（深圳市）华测检测技术有限公司",
    ],
)
def test_width_script_spaces_and_brackets_make_no_other_mention(text):
    assert key_of(text) == key_of("深圳市华测检测技术有限公司")


def test_what_homophones_look_alikes_and_forms_change_is_named_as_such():
    assert levels("广州华侧检测有限公司", "广州华测检测有限公司")["core"] == "look"
    assert levels("广州花册检测有限公司", "广州华测检测有限公司")["core"] == "sound"
    assert levels("广州华测检测有限责任公司", "广州华测检测有限公司")["form"] == "same"
    assert levels("广东质检院", "广东产品质量监督检验研究院")["whole"] == "short_form"
    assert levels("广东省广州市华测检测有限公司", "广州华测检测有限公司")["place"] == "same"
    assert levels("南岭实业集团有限公司", "南岭实业有限公司")["form"] == "other"
    assert levels("广州华测检测有限公司", "深圳华测检测有限公司")["place"] == "conflict"


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("华测检测认证集团股份有限公司佛山分公司", "华测检测认证集团股份有限公司"),
        ("华测检测认证集团股份有限公司佛山分公司", "华测检测认证集团股份有限公司东莞分公司"),
        ("广州市第一人民医院", "广州市第二人民医院"),
        ("广州岭南检测三所有限公司", "广州岭南检测二所有限公司"),
        ("广州岭南食品二厂", "广州岭南食品三厂"),
    ],
)
def test_a_branch_is_not_its_parent_and_the_first_is_not_the_second(one, two):
    score = weigh(levels(one, two), weights())

    assert score.veto in {"branch", "ordinal"}
    assert score.bits < weights().suggest


def test_equal_codes_are_strong_evidence_and_different_codes_a_veto():
    held = named("广州华测检测有限公司", uscc="914401010000000019", cmas=("231912050001",))

    def bits(**known):
        return weigh(compare(named("广州华测检验有限公司", **known), held, 1), weights())

    assert bits(uscc="914401010000000019").bits > bits().bits + 5
    assert bits(cmas=("231912050001",)).bits > bits().bits + 3
    assert bits(uscc="91440300000000002X").veto == "uscc"
    assert bits(cmas=("171912059999",)).veto == "cma"
    assert bits(uscc="914401010000000018").veto == ""  # one digit mistyped
    assert bits(uscc="914401010000000019", cmas=("171912059999",)).veto == ""  # a new certificate of the same body


def test_a_trade_name_that_few_bear_says_more_than_one_that_many_bear():
    one, two = "广州睿谱检测有限公司", "睿谱检测有限公司"

    rare, common = (weigh(levels(one, two, bearers), weights()).bits for bearers in (1, 200))

    assert rare > common


def test_an_index_finds_the_right_one_among_namesakes_first():
    names = [
        "广州华测检测有限公司",
        "深圳华测检测有限公司",
        "广州华策贸易有限公司",
        "广州中测检测有限公司",
        "湖南华测检测有限公司",
    ]
    index = NameIndex(Entry(place, "name", named(text)) for place, text in enumerate(names))

    found = find([(index, frozenset())], named("广州市华测检验检测有限责任公司"), weights())

    assert found[0].entry.owner == 0
    assert 2 not in {one.entry.owner for one in found}


def test_an_identifier_off_by_one_sign_or_turned_round_is_found():
    codes = [(1, "231912050001"), (2, "171912051234")]

    assert near_codes("231912050011", codes) == [(1, "231912050001")]
    assert near_codes("171912051243", codes) == [(2, "171912051234")]
    assert near_codes("999999999999", codes) == []


def test_every_level_has_a_weight_and_words():
    assert set(weights().bits) == set(LEVELS)
    for feature, names in LEVELS.items():
        assert all(phrase(feature, level) for level in names)


def test_weights_that_leave_a_level_out_are_refused():
    with pytest.raises(ValueError, match="whole"):
        read_weights({"version": "1", "start": 0, "bits": {}, "thresholds": {}})
