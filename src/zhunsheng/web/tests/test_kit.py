"""The kit's tags: what they say, and that nothing typed by others becomes markup."""

import datetime as dt

import pytest
from django import forms
from django.template import Context, Template, TemplateSyntaxError
from django_filters.widgets import DateRangeWidget

from zhunsheng.web.charts import data_table, described

EVIL = '<img src=x onerror="alert(1)">'


def draw(text, **context):
    return Template("{% load kit %}" + text).render(Context(context))


def test_a_badge_says_its_state_by_colour_icon_and_word():
    html = draw('{% badge "bad" "内容不一致" %}')

    assert "zs-bad" in html
    assert "#circle-x" in html
    assert "内容不一致" in html


@pytest.mark.parametrize("meaning", ["good", "attention", "bad", "waiting", "neutral"])
def test_the_five_meanings_have_five_different_icons(meaning):
    icons = {
        draw(f'{{% badge "{one}" "x" %}}').split("#")[1].split('"')[0]
        for one in ("good", "attention", "bad", "waiting", "neutral")
    }

    assert len(icons) == 5
    assert draw(f'{{% badge "{meaning}" "x" %}}').startswith(f'<span class="zs-badge zs-{meaning}">')


def test_a_sixth_meaning_is_refused():
    with pytest.raises(TemplateSyntaxError, match="blue"):
        draw('{% badge "blue" "x" %}')


@pytest.mark.parametrize(
    "text",
    [
        '{% badge "good" evil %}',
        "{% copyable evil %}",
        "{% why rule=evil article=evil version=evil text=evil inputs=inputs %}",
        "{% progress 1 2 evil %}",
        "{% icon 'x' evil %}",
        "{{ evil|iso }}",
        "{{ evil|shortened }}",
        "{{ evil|grouped }}",
        "{% include 'kit/empty.html' with title=evil text=evil href=evil action=evil %}",
        "{% include 'kit/timeline.html' with events=events %}",
        "{% include 'kit/tiles.html' with tiles=tiles %}",
        "{% include 'kit/crumbs.html' with crumbs=crumbs %}",
        "{% chart spec %}",
    ],
)
def test_no_component_lets_typed_text_become_markup(text):
    html = draw(
        text,
        evil=EVIL,
        inputs={EVIL: EVIL},
        events=[{"at": dt.date(2026, 11, 23), "title": EVIL, "text": EVIL, "by": EVIL}],
        tiles=[{"name": EVIL, "value": EVIL, "note": EVIL, "href": EVIL}],
        crumbs=[(EVIL, EVIL), (EVIL, "")],
        spec={
            "kind": "hbar",
            "title": EVIL,
            "note": EVIL,
            "x": {"name": EVIL, "values": [EVIL]},
            "y": {"name": EVIL},
            "series": [{"name": EVIL, "values": [1]}],
            "links": [EVIL],
        },
    )

    assert "<img" not in html
    assert 'onerror="' not in html


class Narrow(forms.Form):
    kind = forms.ChoiceField(label="类别", choices=[("", EVIL), ("a", "甲")], required=False)
    day = forms.Field(label="日期", widget=DateRangeWidget(attrs={"type": "date"}), required=False)
    words = forms.CharField(label="文字", required=False)


def test_both_ends_of_a_span_of_dates_have_a_name():
    form = Narrow({"day_after": "2026-11-01", "day_before": '"><b>'})

    html = draw("{% load drawing i18n %}{% language 'en' %}{% span_field f %}{% endlanguage %}", f=form["day"])

    assert 'type="date" name="day_after" id="id_day_0" value="2026-11-01" aria-label="日期: from"' in html
    assert 'aria-label="日期: to"' in html
    assert "<b>" not in html


def test_a_list_of_choices_is_labelled_escaped_and_keeps_what_was_chosen():
    html = draw("{% load drawing %}{% choice_field f %}", f=Narrow({"kind": "a"})["kind"])

    assert '<label class="form-label" for="id_kind">类别</label>' in html
    assert '<option value="a" selected>甲</option>' in html
    assert "<img" not in html


def test_other_fields_are_left_to_their_own_widgets():
    assert draw("{% load drawing %}{% choice_field f %}{% span_field f %}", f=Narrow()["words"]) == ""


def test_a_copy_button_carries_the_whole_text_and_shows_the_short_one():
    html = draw('{% copyable digest digest|shortened "digest" %}', digest="0123456789abcdef" * 4)

    assert 'data-copy="' + "0123456789abcdef" * 4 + '"' in html
    assert "012345…abcdef</code>" in html


def test_an_automatic_statement_names_rule_article_version_and_inputs():
    html = draw("{% why rule='REP-01' article='第十三条' version='2' inputs=inputs %}", inputs={"日期": "2026-03-04"})

    for part in ("REP-01", "第十三条", "<code>2</code>", "日期", "2026-03-04"):
        assert part in html


def test_times_are_local_and_iso():
    assert ">2026-11-23 18:20<" in draw("{{ at|iso }}", at=dt.datetime(2026, 11, 23, 10, 20, tzinfo=dt.UTC))
    assert ">2026-11-23<" in draw("{{ at|iso }}", at=dt.date(2026, 11, 23))
    assert draw("{{ at|iso }}", at=None) == "—"


def test_whole_numbers_are_grouped_and_decimals_keep_their_digits():
    assert draw("{{ n|grouped }}", n=1234567) == "1,234,567"
    assert draw("{{ n|grouped }}", n="0.010") == "0.010"


def test_every_chart_has_a_name_for_the_ear_and_its_data_as_a_table():
    html = draw(
        "{% chart spec %}",
        spec={
            "kind": "bar",
            "title": "减少三分之一",
            "x": {"name": "月份", "values": ["2026-10", "2026-11"]},
            "y": {"name": "条"},
            "series": [{"name": "严重", "values": [30, 20]}],
            "links": ["/a", "/b"],
        },
    )

    assert 'role="img" aria-label="减少三分之一: 2026-10 30; 2026-11 20"' in html
    assert '<a href="/b">2026-11</a>' in html
    assert '<td class="num">20</td>' in html


def test_a_map_without_an_approval_number_says_so(settings):
    spec = {"kind": "map", "title": "t", "unit": "家", "regions": [{"code": "440100", "name": "广州市", "value": 3}]}

    settings.ZHUNSHENG_MAP_APPROVAL = ""
    without = draw("{% load i18n %}{% language 'en' %}{% chart spec %}{% endlanguage %}", spec=spec)
    settings.ZHUNSHENG_MAP_APPROVAL = "粤S(2026)001号"
    with_number = draw("{% load i18n %}{% language 'en' %}{% chart spec %}{% endlanguage %}", spec=spec)

    assert "computation only" in without
    assert "粤S(2026)001号" in with_number
    assert "computation only" not in with_number


def test_the_table_of_a_map_begins_with_the_most():
    spec = {
        "kind": "map",
        "title": "t",
        "regions": [{"code": "1", "name": "甲", "value": 1}, {"code": "2", "name": "乙", "value": 5, "href": "/x"}],
    }

    rows = data_table(spec).rows

    assert [row[0].value for row in rows] == ["乙", "甲"]
    assert rows[0][0].href == "/x"


def test_a_heatmap_and_a_scatter_are_readable_as_tables():
    heat = {
        "kind": "heatmap",
        "title": "t",
        "x": {"values": ["一", "二"]},
        "y": {"name": "城市", "values": ["甲"]},
        "series": [{"name": "n", "values": [[1, 0, 7]]}],
    }
    scatter = {
        "kind": "scatter",
        "title": "t",
        "x": {"name": "真值"},
        "y": {"name": "测得"},
        "series": [{"name": "甲", "values": [[1.0, 1.1]]}],
    }

    assert [cell.value for cell in data_table(heat).rows[0]] == ["甲", "", 7]
    assert [cell.value for cell in data_table(scatter).rows[0]] == ["甲", 1.0, 1.1]
    assert described({**heat, "description": "own words"}) == "own words"


def test_the_same_page_loads_the_chart_script_once(rf):
    spec = {"kind": "bar", "title": "t", "x": {"values": ["a"]}, "y": {}, "series": [{"name": "n", "values": [1]}]}

    html = draw("{% chart spec %}{% chart spec %}", spec=spec, request=rf.get("/"))

    assert html.count("charts.js") == 1
    assert html.count("data-chart=") == 2
    assert len({html.split('data-chart="')[i].split('"')[0] for i in (1, 2)}) == 2


def test_a_record_is_named_in_the_readers_language():
    body = {"name": "广州检测", "name_en": "Guangzhou Testing"}

    assert draw("{% load i18n %}{% language 'en' %}{{ b|local_name }}{% endlanguage %}", b=body) == "Guangzhou Testing"
    assert draw("{% load i18n %}{% language 'zh-hans' %}{{ b|local_name }}{% endlanguage %}", b=body) == "广州检测"
