"""Addresses of the registers."""

from __future__ import annotations

from django.urls import path

from lianfang.web.register import keeping, views

urlpatterns = [
    path("", views.home, name="register"),
    path("fact/<str:kind>/", views.facts, name="register-facts"),
    path("fact/<str:kind>/excel/", views.facts_excel, name="register-facts-excel"),
    path("<str:word>/", views.register, name="register"),
    path("<str:word>/excel/", views.excel, name="register-excel"),
    path("<str:word>/keep/", keeping.keep, name="register-keep"),
    path("<str:word>/forget/<int:view>/", keeping.forget, name="register-forget"),
]
