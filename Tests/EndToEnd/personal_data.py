# SPDX-License-Identifier: Apache-2.0
"""A detector of personal data that shares nothing with the service's own, and invented people to try it with."""

import json
import re

FIRST = "Erika Jonas Marta João Lucía Aïcha Bram Ingrid".split()
LAST = "Musterfrau Beispielmann Inventada Fictício Ejemplez Verzonnen Påhittad".split()
# Fictitious ranges of phone numbers, and card and account numbers from vendors' and standards' documentation.
PHONES = ["+49 30 23125 014", "+1 (212) 555-0142", "+44 20 7946 0018", "+34612345678"]
PHONES += ["020 7946 0199", "0049 30 23125 077", "(212) 555-0155"]
CARDS = ["4111 1111 1111 1111", "5555555555554444", "3782-822463-10005", "6011111111111117", "4000.0566.5566.5556"]
ACCOUNTS = ["DE89 3704 0044 0532 0130 00", "GB29NWBK60161331926819", "ES91 2100 0418 4502 0005 1332", "BR1500000000000010932840814P2"]
STREETS = ["Musterstraße 12", "Birkenweg 7a", "221 Baker Street", "14 Long Acre Road"]
STREETS += ["Calle de la Rosa, 5", "Rua Augusta 1508", "Avenida Brasil 77"]

KINDS = {
    "e-mail": re.compile(r"[^\s@<>\"']+@[^\s@<>\"']+\.[^\W\d_]{2,}"),
    "phone": re.compile(r"(?<![\w.])(?:\+|00|\(?0|\(\d{3}\))[\d ()/.-]{6,}\d"),
    "street": re.compile(
        r"\d+ (?:[A-Z]\w+ )+(?:Street|Road|Avenue|Lane)|\w+(?:straße|strasse|weg|platz|allee) \d+|(?:Calle|Rua|Avenida)(?: \w+)+,? \d+"
    ),
    "user in URL": re.compile(r"\w+://[^\s/]*@"),
}
DIGITS = re.compile(r"\d(?:[ .-]?\d){12,18}")
ACCOUNT = re.compile(r"\b[A-Z]{2}\d\d(?: ?[0-9A-Z]){11,30}")
NAME = re.compile("|".join(FIRST + LAST), re.IGNORECASE)


def person(random):
    return f"{random.choice(FIRST)} {random.choice(LAST)}"


def secret(random):
    """One piece of personal data of the kinds that free text is scrubbed of."""
    user = f"{random.choice(['kim', 'j.doe', 'maria+cart', 'o_neil'])}{random.randrange(99)}"
    mail = f"{user}@{random.choice(['mail', 'post.corp', 'exämple', 'a-b'])}.{random.choice(['example', 'com.example', 'test'])}"
    return random.choice([mail, f"https://{user}:pw@host.example/x", *(random.choice(kind) for kind in (PHONES, CARDS, ACCOUNTS, STREETS))])


def sentence(random):
    """Something a shopper could have typed."""
    frames = ["{}", "call me: {}", "{}!", "deliver to {}", "({})", "<{}>", "für {} bitte", "a\n{}\tb", "'{}'", "use {} – thanks", "x; {}"]
    return random.choice(frames).format(secret(random))


def personal_data(text):
    """The pieces of personal data in a text, each with its kind."""
    found = [(kind, hit) for kind, pattern in KINDS.items() for hit in pattern.findall(text)]
    found += [("card", hit) for hit in DIGITS.findall(text) if _luhn(re.sub(r"\D", "", hit))]
    found += [("account", hit) for hit in ACCOUNT.findall(text) if any(_mod97(hit.replace(" ", "")[:length]) for length in range(15, 35))]
    return found + [("name", hit) for hit in NAME.findall(text)]


def in_document(value):
    """The personal data in all texts and names of a JSON value, each alone."""
    if isinstance(value, dict):
        return [hit for name, child in value.items() for hit in [*personal_data(name), *in_document(child)]]
    if isinstance(value, list):
        return [hit for child in value for hit in in_document(child)]
    return personal_data(value if isinstance(value, str) else json.dumps(value))


def _luhn(digits):
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def _mod97(account):
    return len(account) >= 15 and int("".join(str(int(letter, 36)) for letter in account[4:] + account[:4])) % 97 == 1
