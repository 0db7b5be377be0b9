"""Addresses of this room."""

from django.urls import path

from zhunsheng.oversight.leads.views import leads, public, referrals

app_name = "leads"
urlpatterns = [
    path("", leads.LeadList.as_view(), name="list"),
    path("tab/<str:tab>/", leads.LeadList.as_view(), name="list-tab"),
    path("new/", leads.new, name="new"),
    path("report/", public.report, name="report"),
    path("report/done/", public.reported, name="reported"),
    path("report/follow/", public.follow, name="follow"),
    path("report/mine/", public.mine, name="mine"),
    path("referrals/", referrals.ReferralList.as_view(), name="referrals"),
    path("referrals/tab/<str:tab>/", referrals.ReferralList.as_view(), name="referrals-tab"),
    path("referrals/<str:number>/", referrals.referral, name="referral"),
    path("referrals/<str:number>/file/", referrals.whole_file, name="referral-archive"),
    path("referrals/<str:number>/file/<int:place>/", referrals.file, name="referral-file"),
    path("referrals/<str:number>/do/<str:action>/", referrals.act, name="referral-act"),
    path("subscriptions/", referrals.SubscriptionList.as_view(), name="subscriptions"),
    path("subscriptions/new/", referrals.subscribe, name="subscribe"),
    path("subscriptions/<int:number>/end/", referrals.unsubscribe, name="unsubscribe"),
    path("doubts/<str:slug>/", referrals.doubt, name="doubt"),
    path("<str:number>/", leads.lead, name="lead"),
    path("<str:number>/files/<int:pk>/", leads.file, name="file"),
    path("<str:number>/do/<str:action>/", leads.act, name="act"),
]
