"""What account pages send."""

from typing import Annotated

from pydantic import BaseModel, StringConstraints, field_validator

from trialsim.accounts.rules import LONGEST_PASSWORD

Email = Annotated[str, StringConstraints(min_length=1, max_length=254)]
Password = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_PASSWORD)]


def email_like(value: str) -> str:
    """Check that a text could be an email address; the mail itself proves it."""
    name, at, host = value.strip().rpartition("@")
    if not (name and at and "." in host and " " not in value.strip()):
        raise ValueError("Please enter an email address such as name@example.org.")
    return value.strip()


class SignInForm(BaseModel):
    """Signing in."""

    email: Email
    password: Password


class AddressForm(BaseModel):
    """Asking for a reset link."""

    email: Email

    _check_email = field_validator("email")(email_like)


class NewPasswordForm(BaseModel):
    """Choosing a password, with a name on the first visit."""

    password: Password
    name: Annotated[str, StringConstraints(max_length=120)] = ""
    zone: Annotated[str, StringConstraints(max_length=40)] = ""
