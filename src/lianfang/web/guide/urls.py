"""Address of the guide."""

from django.urls import path

from lianfang.web.guide import views

urlpatterns = [path("", views.guide, name="guide")]
