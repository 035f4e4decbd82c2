# SPDX-License-Identifier: Apache-2.0
"""Multiplies the rows of a few carts and links in a database file that nobody has open."""

import os
import random
import sqlite3
import sys
import time

DAY = 86_400_000
# One cart of five belongs to a company; of the links that are made, most are external.
COMPANY_CARTS = 5
EXTERNAL_SHARE = 0.7
COLLEAGUES_PER_COMPANY = 20


def multiply(file, links, links_per_cart, wanted):
    """Copies the samples until there are so many links; answers ids of external ones, `wanted` of them where there are as many."""
    database = sqlite3.connect(file, isolation_level=None)
    for setting in ("locking_mode = EXCLUSIVE", "journal_mode = OFF", "synchronous = OFF", "cache_size = -2000000"):
        database.execute(f"PRAGMA {setting}").fetchall()
    indexes = _without_indexes(database)
    chance = random.Random(links)
    carts = max(1, links // links_per_cart)
    (version,) = database.execute("SELECT version FROM counter").fetchone()
    database.execute("BEGIN")
    _add(database, "cart", carts, _carts(_rows(database, "cart"), carts, version))
    existing = database.execute("SELECT count(*) FROM link").fetchone()[0]
    ids = []
    _add(database, "link", links - existing, _links(_rows(database, "link"), links - existing, carts, version, chance, ids, wanted))
    database.execute("UPDATE counter SET version = ?", [version + carts + links])
    database.execute("COMMIT")
    for name, sql in indexes:
        _said(f"index {name}")
        database.execute(sql)
    database.execute("PRAGMA journal_mode = WAL").fetchall()
    database.close()
    os.sync()
    return chance.sample(ids, min(wanted, len(ids)))


def _without_indexes(database):
    """Drops the indexes that can be made again at once, which takes a tenth of the time."""
    found = database.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL").fetchall()
    found = [(name, sql) for name, sql in found if sql.split(" ON ")[1].split()[0] in ("cart", "link")]
    for name, _ in found:
        database.execute(f"DROP INDEX {name}")
    return found


def _rows(database, table):
    """The samples, each as a dictionary; the first cart and its links are a private shopper's."""
    cursor = database.execute(f"SELECT * FROM {table} ORDER BY incarnation, rowid")
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row)) for row in cursor]


def _is_company(number):
    return number % COMPANY_CARTS == 0


def _owned(sample, number, kind):
    """The sample's columns that name people, for the owner of cart `number`."""
    names = {f"{kind}User": f"user-{number}"}
    if _is_company(number):
        company = number // (COMPANY_CARTS * COLLEAGUES_PER_COMPANY)
        names |= {f"{kind}CompanyUser": f"member-{number}", f"{kind}Company": f"company-{company}", f"{kind}Unit": f"unit-{company}"}
        names |= {
            column: value
            for column, value in (("circleCompany", f"company-{company}"), ("circleUnit", f"unit-{company}"))
            if sample.get(column)
        }
    return names


def _carts(samples, count, version):
    shopper, company = samples
    names = list(shopper)
    for number in range(1, count + 1):
        sample = company if _is_company(number) else shopper
        made = {"id": f"cart-{number:09}", "incarnation": version + number, "version": version + number}
        row = sample | made | _owned(sample, number, "owner")
        yield [row[name] for name in names]


def _links(samples, count, carts, version, chance, ids, wanted):
    """In the order of their age, the youngest last, none older than five days."""
    groups = {}
    for sample in samples:
        groups.setdefault((sample["authorCompany"] is not None, sample["mode"] == 0), []).append(sample)
    names = [name for name in samples[0] if name != "row"]
    now = int(time.time() * 1000)
    share = 2 * wanted / (EXTERNAL_SHARE * max(1, count))
    row_number = max(sample["row"] for sample in samples)
    for number in range(count):
        cart = chance.randrange(carts) + 1
        is_external = chance.random() < EXTERNAL_SHARE
        sample = chance.choice(groups[_is_company(cart), is_external])
        link, created = chance.randbytes(16), now - 5 * DAY * (count - number) // count
        if is_external and chance.random() < share:
            ids.append(link)
        made = {
            "id": link,
            "cart": f"cart-{cart:09}",
            "incarnation": version + cart,
            "createdAt": created,
            "expiresAt": created + 30 * DAY,
            "serial": version + carts + number + 1,
        }
        row = sample | made | _owned(sample, cart, "author")
        yield [row_number + number + 1] + [row[name] for name in names]


def _add(database, table, count, rows):
    columns = [row[1] for row in database.execute(f"PRAGMA table_info({table})")]
    # `rows` give the row number first and the rest as the table has it.
    sql = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
    database.executemany(sql, _with_progress(table, count, rows))


def _with_progress(table, count, rows):
    step = max(1, count // 20)
    for number, row in enumerate(rows):
        if number % step == 0:
            _said(f"{table} {number} of {count}")
        yield row


def _said(text):
    print(text, file=sys.stderr, flush=True)
