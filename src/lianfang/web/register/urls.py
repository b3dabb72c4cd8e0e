"""Addresses of the registers."""

from __future__ import annotations

from django.urls import path

from lianfang.web.register.keeping import forget, keep
from lianfang.web.register.views import excel, facts, facts_excel, home, register

urlpatterns = [
    path("", home, name="register"),
    path("fact/<str:kind>/", facts, name="register-facts"),
    path("fact/<str:kind>/excel/", facts_excel, name="register-facts-excel"),
    path("<str:word>/", register, name="register"),
    path("<str:word>/excel/", excel, name="register-excel"),
    path("<str:word>/keep/", keep, name="register-keep"),
    path("<str:word>/forget/<int:view>/", forget, name="register-forget"),
]
