"""Every component of the kit on one page: what the tests look at, and what a designer opens to see a change."""

import datetime as dt
from types import SimpleNamespace

import django_filters
import django_tables2 as tables
from django import forms
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.template import RequestContext, engines
from django.urls import include, path

from zhunsheng.foundation.errors import DomainError
from zhunsheng.platform import listing
from zhunsheng.platform.accounts.models import Division

PAGE = """{% extends "base.html" %}{% load kit django_tables2 %}
{% block title %}Gallery{% endblock %}{% block heading %}证书有效期至 2031-03-04{% endblock %}
{% block crumbs %}{% include "kit/crumbs.html" with crumbs=crumbs %}{% endblock %}
{% block lead %}Certificate valid until 2031-03-04; 2 scope lines suspended{% endblock %}
{% block actions %}<a class="btn btn-primary" href="#">Primary</a>
<a class="btn btn-plain" href="#">Plain</a>{% endblock %}
{% block content %}<div class="zs-stack">
{% include "kit/tiles.html" with tiles=tiles %}
<div class="zs-card"><h2>Badges</h2><p>{% badge "good" "与签发原件一致" %} {% badge "attention" "能力范围待核实" %}
{% badge "bad" "内容不一致" %} {% badge "waiting" "待封存" %} {% badge "neutral" "未说明" %}</p>
<p>{% copyable digest digest|shortened "digest" %}</p>
{% why rule="REP-01" article="ISO/IEC 17025:2017, 7.8.2.1" version="2026-1" inputs=inputs text="No authoriser." %}
{% progress 30 120 "归集进度" %}</div>
<div class="zs-grid"><div class="zs-card">{% chart bar %}</div><div class="zs-card">{% chart map %}</div>
<div class="zs-card">{% chart line %}</div><div class="zs-card">{% chart hbar %}</div></div>
<div class="zs-grid"><div class="zs-card"><h2>Timeline</h2>{% include "kit/timeline.html" with events=events %}</div>
<div class="zs-card">
{% include "kit/empty.html" with title="尚无报告" text="先上传一份" href="#" action="上传" %}</div></div>
<div class="zs-card">{% include "kit/filedrop.html" with url="/v/" %}</div>
<div class="zs-card">{% include "kit/form.html" with form=form submit="提交" cancel="/" %}</div>
{% include "kit/filters.html" with filter=filter open=True %}{% render_table table %}
</div>{% endblock %}"""


class DivisionTable(listing.Table):
    code = tables.Column("代码")
    name = tables.Column("名称")
    level = tables.Column("层级")

    class Meta(listing.Table.Meta):
        model = Division
        fields = ("code", "name", "level")


class DivisionFilter(django_filters.FilterSet):  # type: ignore[name-defined, misc]  # the library has no types
    class Meta:
        model = Division
        fields = ("level",)


class Divisions(listing.ListPage):
    table_class, export_name = DivisionTable, "divisions"
    filterset_class = DivisionFilter  # type: ignore[assignment]  # the library declares it as None
    queryset = Division.objects.order_by("code")


class VisitForm(forms.Form):
    number = forms.CharField(label="报告编号", help_text="与报告上的完全一致")
    day = forms.DateField(label="日期")


def charts() -> dict[str, object]:
    months = ["2026-08", "2026-09", "2026-10", "2026-11"]
    return {
        "bar": {
            "kind": "bar",
            "title": "11 月校验提示减少三分之一",
            "x": {"name": "月份", "values": months},
            "y": {"name": "条", "whole": True},
            "stacked": True,
            "series": [
                {"name": "严重", "values": [30, 32, 31, 20], "meaning": "bad"},
                {"name": "一般", "values": [60, 52, 71, 44], "meaning": "attention"},
            ],
        },
        "line": {
            "kind": "line",
            "title": "归集量平稳",
            "x": {"name": "月份", "values": months},
            "y": {"name": "份"},
            "series": [{"name": "报告", "values": [300, 320, 310, 330]}],
        },
        "hbar": {
            "kind": "hbar",
            "title": "标准已被替代最多",
            "x": {"name": "规则", "values": ["检测标准已被替代", "仪器校准过期"]},
            "y": {"name": "条"},
            "series": [{"name": "条", "values": [12, 7]}],
            "links": ["/reports/?rule=a", "/reports/?rule=b"],
        },
        "map": {
            "kind": "map",
            "title": "广州机构最多",
            "unit": "家",
            "regions": [
                {"code": "440100", "name": "广州市", "value": 120, "href": "/bodies/?division=440100"},
                {"code": "440300", "name": "深圳市", "value": 95, "href": "/bodies/?division=440300"},
                {"code": "441900", "name": "东莞市", "value": 40, "href": "/bodies/?division=441900"},
            ],
        },
    }


def gallery(request: HttpRequest) -> HttpResponse:
    form = VisitForm(request.GET if "day" in request.GET else None)
    filtered = DivisionFilter(request.GET, Division.objects.order_by("code"))
    noon = dt.datetime(2026, 11, 23, 4, 0, tzinfo=dt.UTC)
    page = {
        **charts(),
        "crumbs": [("首页", "/"), ("组件", "")],
        "digest": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "inputs": {"检测日期": "2026-03-04", "标准": "GB 5749-2006"},
        "tiles": [
            {"name": "今日归集", "value": 1234, "note": "较昨日 +12", "href": "/reports/", "icon": "inbox"},
            {"name": "有提示", "value": 56},
            {"name": "机构", "value": 4310},
        ],
        "events": [
            {"at": noon, "title": "收到", "text": "第 1 版", "meaning": "good"},
            {"at": noon, "title": "待封存", "meaning": "waiting", "by": "系统"},
        ],
        "form": form,
        "filter": filtered,
        "table": listing.arrange(DivisionTable(filtered.qs), request),
    }
    template = engines["django"].from_string(PAGE)
    context = RequestContext(request, page)
    return HttpResponse(template.template.render(context))


def refuse(request: HttpRequest) -> HttpResponse:
    raise DomainError(
        "Report %(number)s is already there.",
        code="illegal-move",
        params={"number": "<b>7</b>"},
        field="number",
        remedy="Send a correction instead.",
    )


def broken(request: HttpRequest) -> HttpResponse:
    return SimpleNamespace()  # type: ignore[return-value]  # what Django makes a 500 of


def suspicious(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation("odd")


def denied(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


urlpatterns = [
    path("gallery/", gallery),
    path("divisions/", Divisions.as_view()),
    path("refuse/", refuse),
    path("api/v1/refuse/", refuse),
    path("broken/", broken),
    path("api/v1/broken/", broken),
    path("suspicious/", suspicious),
    path("api/v1/suspicious/", suspicious),
    path("denied/", denied),
    path("gallery/post/", gallery),
    path("", include("zhunsheng.web.urls")),
]

handler400 = "zhunsheng.web.errors.bad_request"
handler403 = "zhunsheng.web.errors.forbidden"
handler404 = "zhunsheng.web.errors.missing"
handler500 = "zhunsheng.web.errors.failed"
