"""Addresses of a resident's own pages, and of the appeals as officers see them."""

from __future__ import annotations

from django.urls import path

from lianfang.web.own import appeals, declaring, views

urlpatterns = [
    path("", views.own, name="own"),
    path("why/<uuid:obligation>/", views.why, name="own-why"),
    path("why/loop/<uuid:loop>/", views.why_loop, name="own-why-loop"),
    path("paper/<int:number>/", views.paper, name="own-paper"),
    path("declare/<str:kind>/", declaring.declare_page, name="own-declare"),
    path("appeal/<uuid:loop>/", appeals.write, name="own-appeal"),
    path("appeals/", appeals.waiting, name="appeals"),
    path("appeals/<int:number>/", appeals.answer, name="appeals-answer"),
]
