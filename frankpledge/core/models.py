"""Accounts. Nobody signs in yet; the table is here so that no later migration has to replace Django's own."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower


class UserManager(BaseUserManager["User"]):
    """Finds accounts by their email address."""

    def get_by_natural_key(self, username: str | None) -> User:
        """The account with this address, whatever its case."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A person with an account, known by email address. Rights are held in a body, never here."""

    email = models.EmailField("email address", unique=True)
    name = models.CharField("name", max_length=150)
    is_active = models.BooleanField("may sign in", default=True)
    joined_at = models.DateTimeField("joined", auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        """Two spellings of one address are one account."""

        verbose_name = "account"
        verbose_name_plural = "accounts"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(Lower("email"), name="core_user_email_any_case")
        ]

    def __str__(self) -> str:
        return self.name or self.email
