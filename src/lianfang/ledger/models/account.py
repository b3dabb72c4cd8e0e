"""Who signs in. What an account may do follows from the posts it holds, never from the account itself."""

from django.contrib.auth.models import AbstractUser
from django.db import models


class Account(AbstractUser):
    """Somebody who signs in; `title` is how the office calls them. A citizen's account names `person`."""

    title = models.CharField("称呼", max_length=80, blank=True)
    language = models.CharField("语言", max_length=8, default="zh-hans")
    person = models.CharField("本人编号", max_length=64, blank=True)

    class Meta:
        db_table = "account"
        verbose_name = "账号"
