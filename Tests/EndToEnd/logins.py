# SPDX-License-Identifier: Apache-2.0
"""The people of the tests, and logins for them as a shop's identity provider would sign them."""

import base64
import hmac
import itertools
import json
import time
from dataclasses import dataclass

from joserfc import jwk, jwt

SECRET = "end-to-end-login-secret-0123456789abcdef"
COMPANY_CLAIMS = {"user": "sub", "company": "company_id", "businessUnit": "business_unit_id", "companyUser": "company_user_id"}


@dataclass(frozen=True)
class Person:
    user: str
    company: str | None = None
    unit: str | None = None
    company_user: str | None = None

    @property
    def owner(self):
        """This person as a cart's `owner`."""
        ids = {"userId": self.user, "companyId": self.company, "businessUnitId": self.unit, "companyUserId": self.company_user}
        return {name: value for name, value in ids.items() if value}

    @property
    def subject(self):
        return f"company-user:{self.company_user}" if self.company_user else f"user:{self.user}"

    @property
    def claims(self):
        ids = {"sub": self.user, "company_id": self.company, "business_unit_id": self.unit, "company_user_id": self.company_user}
        return {name: value for name, value in ids.items() if value}

    @property
    def login(self):
        return login(self)


ANNA = Person("anna")
EVA = Person("eva")
OLGA = Person("olga", "acme", "sales", "cu-olga")
BERT = Person("bert", "acme", "sales", "cu-bert")
CARL = Person("carl", "acme", "stores", "cu-carl")
DORA = Person("dora", "umbrella", "sales", "cu-dora")
_numbers = itertools.count(1)


def somebody(company="acme", unit="sales"):
    """A company user of whom no other test has heard."""
    number = next(_numbers)
    return Person(f"user-{number}", company, unit, f"cu-{number}")


def shopper():
    """A customer without a company of whom no other test has heard."""
    return Person(f"user-{next(_numbers)}")


def claims(person, **changes):
    """Valid claims for the development issuer; a change to None leaves the claim out."""
    now = int(time.time())
    values = {"iss": "dev", "aud": "cartlink", "iat": now, "exp": now + 3600} | person.claims | changes
    return {name: value for name, value in values.items() if value is not None}


def login(person, **changes):
    return jwt.encode({"alg": "HS256", "typ": "JWT"}, claims(person, **changes), jwk.OctKey.import_key(SECRET))


def signed(header, values, digest="sha256"):
    """A login with the development secret and any header, also one that no library would write."""
    parts = [json.dumps(part).encode() for part in (header, values)]
    text = ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts)
    code = hmac.new(SECRET.encode(), text.encode(), digest).digest()
    return text + "." + base64.urlsafe_b64encode(code).rstrip(b"=").decode()


def expired_login(person):
    return login(person, exp=int(time.time()) - 120)
