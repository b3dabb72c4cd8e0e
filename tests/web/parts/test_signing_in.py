"""Signing in: by account name, with a lock after wrong passwords; idle desks; the chosen language."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client, override_settings
from django.urls import reverse

from lianfang.core.access.actor import Duty
from lianfang.ledger.journal import verify
from lianfang.ledger.models import Account, Holding, JournalEntry, Unit
from lianfang.site import settings as deployed
from lianfang.web.account.session import SEEN

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.parts.addresses")]

PASSWORD = "a-made-up-word-2026"  # noqa: S105
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _nobody_has_tried_yet() -> Iterator[None]:
    """What was counted against an address in another test is forgotten; passwords are checked the quick way."""
    cache.clear()
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture
def office() -> Account:
    """The duty officer of the command office, who also supervises."""
    return holder("office", ("值班岗", Duty.OFFICE), ("督查员", Duty.SUPERVISION))


@pytest.fixture
def grid() -> Account:
    """A grid worker."""
    return holder("grid", ("网格员", Duty.GRID))


def holder(name: str, *posts: tuple[str, Duty]) -> Account:
    unit, _ = Unit.objects.get_or_create(id="root", defaults={"name": "示例区", "kind": "district", "path": "root/"})
    account = Account.objects.create_user(name, password=PASSWORD, title="例某")
    for post, duty in posts:
        Holding.objects.create(account=account, post=post, unit=unit, duties=[duty.value], since=LONG_AGO)
    return account


def sign_in(client: Client, name: str, password: str = PASSWORD) -> int:
    answer = client.post(reverse("account_login"), {"login": name, "password": password})
    return answer.status_code


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_the_right_password_leads_to_the_first_page(client: Client, office: Account) -> None:
    assert sign_in(client, "office") == 302
    assert signed_in(client)


def test_a_wrong_password_says_so_and_lets_nobody_in(client: Client, office: Account) -> None:
    assert sign_in(client, "office", "wrong") == 200
    assert not signed_in(client)


def test_five_wrong_passwords_lock_the_name_from_this_address(client: Client, office: Account) -> None:
    tries = [sign_in(client, "office", f"wrong {i}") for i in range(settings.AXES_FAILURE_LIMIT)]
    assert tries[-1] == 429
    answer = client.post(reverse("account_login"), {"login": "office", "password": PASSWORD})
    assert answer.status_code == 429
    assert "锁定 15 分钟" in answer.content.decode()
    assert not signed_in(client)


def test_a_lock_on_one_name_leaves_the_colleague_at_the_same_computer_alone(
    client: Client, office: Account, grid: Account
) -> None:
    for i in range(settings.AXES_FAILURE_LIMIT):
        sign_in(client, "office", f"wrong {i}")
    assert sign_in(client, "grid") == 302


def test_a_lock_holds_at_that_address_only(client: Client, office: Account) -> None:
    for i in range(settings.AXES_FAILURE_LIMIT):
        sign_in(client, "office", f"wrong {i}")
    assert sign_in(Client(REMOTE_ADDR="192.0.2.7"), "office") == 302


def test_a_visitor_cannot_pass_for_another_address_to_escape_the_lock(client: Client, office: Account) -> None:
    for i in range(settings.AXES_FAILURE_LIMIT):
        sign_in(Client(headers={"x-forwarded-for": f"192.0.2.{i}"}), "office", f"wrong {i}")
    assert sign_in(client, "office") == 429


def test_nobody_can_register_or_ask_for_mail(client: Client) -> None:
    for word in ("signup", "email", "password/reset"):
        assert client.get(f"/account/{word}/").status_code == 404


def test_a_closed_account_cannot_sign_in(client: Client, office: Account) -> None:
    Account.objects.update(is_active=False)
    sign_in(client, "office")
    assert not signed_in(client)


@override_settings(PASSWORD_HASHERS=deployed.PASSWORD_HASHERS)
def test_a_password_is_kept_by_argon2() -> None:
    assert make_password(PASSWORD).startswith("argon2$argon2id$")


def test_capitals_and_wide_letters_are_no_way_around_the_lock(client: Client, office: Account) -> None:
    for name in ("office", "OFFICE", " Office", "ｏｆｆｉｃｅ", "oFFice"):
        sign_in(client, name, "wrong")
    assert sign_in(client, "office") == 429


@pytest.mark.parametrize("weak", ["short-1", "password123", "20261122000000", "office2026"])
def test_a_weak_new_password_is_refused(client: Client, office: Account, weak: str) -> None:
    sign_in(client, "office")
    new = {"oldpassword": PASSWORD, "password1": weak, "password2": weak}
    assert client.post(reverse("account_change_password"), new).status_code == 200
    office.refresh_from_db()
    assert office.check_password(PASSWORD)


def test_one_acts_for_the_post_one_has_chosen(client: Client, office: Account) -> None:
    sign_in(client, "office")
    assert "示例区·值班岗" in page(client, "account")
    client.post(reverse("post"), {"post": "督查员"})
    assert "示例区·督查员" in page(client, "account")


def test_one_cannot_act_for_a_post_one_does_not_hold(client: Client, grid: Account) -> None:
    sign_in(client, "grid")
    client.post(reverse("post"), {"post": "值班岗"})
    assert "示例区·网格员" in page(client, "account")


def page(client: Client, name: str, **headers: str) -> str:
    return client.get(reverse(name), headers=headers).content.decode()


def test_the_page_is_chinese_whatever_the_browser_asks_for(client: Client) -> None:
    assert "<h1>登录</h1>" in page(client, "account_login", accept_language="en-US,en;q=0.9")


def test_english_once_chosen_stays_with_browser_and_account(client: Client, office: Account) -> None:
    sign_in(client, "office")
    client.post(reverse("language"), {"language": "en"})
    assert "<h1>My account</h1>" in page(client, "account")
    other = Client()
    sign_in(other, "office")
    assert "<h1>My account</h1>" in page(other, "account")


def test_the_language_switch_leads_nowhere_else(client: Client) -> None:
    answer = client.post(reverse("language"), {"language": "en", "next": "https://elsewhere.example/"})
    assert answer.headers["Location"] == reverse("start")


def idle(client: Client, minutes: int) -> None:
    session = client.session
    session[SEEN] = session[SEEN] - minutes
    session.save()


def test_a_desk_nobody_touches_is_signed_out(client: Client, office: Account) -> None:
    sign_in(client, "office")
    page(client, "account")
    idle(client, settings.IDLE_MINUTES)
    assert client.get(reverse("account")).status_code == 302
    assert "30 分钟没有动作" in page(client, "account_login")


def test_a_desk_in_use_stays_signed_in(client: Client, office: Account) -> None:
    sign_in(client, "office")
    for _ in range(3):
        page(client, "account")
        idle(client, settings.IDLE_MINUTES - 1)
    assert client.get(reverse("account")).status_code == 200


def test_a_page_that_refreshes_itself_does_not_keep_the_desk_open(client: Client, office: Account) -> None:
    sign_in(client, "office")
    page(client, "account")
    idle(client, settings.IDLE_MINUTES - 1)
    page(client, "account", x_refresh="1")
    idle(client, 1)
    assert client.get(reverse("account")).status_code == 302


def test_a_grid_worker_on_her_round_stays_signed_in(client: Client, grid: Account) -> None:
    sign_in(client, "grid")
    page(client, "account")
    idle(client, settings.IDLE_MINUTES * 4)
    assert client.get(reverse("account")).status_code == 200


def test_a_part_of_a_page_is_sent_to_the_entrance_as_a_whole(client: Client) -> None:
    answer = client.get(reverse("account"), headers={"hx-request": "true"})
    assert answer.status_code == 401
    assert answer.headers["HX-Redirect"] == reverse("account_login")


def test_signing_out_ends_the_session_in_the_database(client: Client, office: Account) -> None:
    sign_in(client, "office")
    key = client.session.session_key
    client.post(reverse("account_logout"))
    assert not Session.objects.filter(session_key=key).exists()


def test_changing_ones_password_signs_out_the_other_devices(client: Client, office: Account) -> None:
    other = Client()
    sign_in(other, "office")
    sign_in(client, "office")
    new = "another-made-up-word-77"
    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert other.get(reverse("account")).status_code == 302
    assert client.get(reverse("account")).status_code == 200


def test_one_time_codes_are_asked_for_after_the_password(client: Client, office: Account) -> None:
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    TOTP.activate(office, generate_totp_secret())
    answer = client.post(reverse("account_login"), {"login": "office", "password": PASSWORD})
    assert answer.headers["Location"] == reverse("mfa_authenticate")
    assert not signed_in(client)
    assert client.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code == 200
    assert not signed_in(client)


def test_the_secret_of_one_time_codes_is_sealed(office: Account) -> None:
    from allauth.mfa.models import Authenticator
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    secret = generate_totp_secret()
    TOTP.activate(office, secret)
    assert secret not in str(Authenticator.objects.get().data)


def test_switching_on_one_time_codes_asks_for_the_password_again(client: Client, office: Account) -> None:
    sign_in(client, "office")
    answer = client.get(reverse("mfa_activate_totp"))
    assert answer.headers["Location"].startswith(reverse("account_reauthenticate"))


@pytest.mark.parametrize("name", ["account", "usersessions_list", "account_change_password", "mfa_list_webauthn"])
def test_pages_of_the_own_account_are_closed_to_visitors(client: Client, name: str) -> None:
    assert client.get(reverse(name)).headers["Location"].startswith(reverse("account_login"))


def test_every_answer_carries_the_policies(client: Client) -> None:
    headers = client.get(reverse("account_login")).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_the_session_is_no_business_of_scripts(client: Client, office: Account) -> None:
    sign_in(client, "office")
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert int(cookie["max-age"]) <= timedelta(hours=12).total_seconds()


def test_signing_in_and_out_stand_in_the_journal(client: Client, office: Account) -> None:
    sign_in(client, "office", "wrong")
    sign_in(client, "office")
    client.post(reverse("account_logout"))
    lines = JournalEntry.objects.order_by("no").values_list("account", "act", "about")
    assert list(lines) == [("office", "sign_in", "account:office"), ("office", "sign_out", "account:office")]
    assert verify() is None
