# SPDX-License-Identifier: Apache-2.0
"""Policy files: chosen, checked, and read again on SIGHUP."""

import json
import re
import shutil
import signal
import time

import carts
import pytest

from server import ROOT


@pytest.fixture
def folder(tmp_path):
    """A copy of the shipped policies, to be changed."""
    return shutil.copytree(ROOT / "config/policies", tmp_path / "policies")


def change(folder, old, new, policy="cartlink"):
    file = folder / f"{policy}.policy"
    text = file.read_text()
    assert re.search(old, text, re.M)
    file.write_text(re.sub(old, new, text, flags=re.M))


def logged(server, words):
    """The first log line with these words, waited for."""
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        for line in server.log.read_text().splitlines():
            if words in line:
                return json.loads(line)
        time.sleep(0.02)
    raise AssertionError(f"no log line says: {words}")


def metric(server, name):
    found = re.search(rf'^{name}{{what="policies"}} (\S+)$', server.admin.get("/metrics").body.decode(), re.M)
    return float(found.group(1)) if found else None


def seen(server, link):
    return server.shared(link).ok()["cart"]


def test_a_changed_policy_rules_after_sighup(start, folder):
    server = start({"carts": {"policies": str(folder)}})
    link = server.link()
    before = server.shared(link)
    assert before.ok()["cart"]["items"][0]["sku"] == "MUG-1"
    change(folder, r"^items\[\]\.sku .*$", "items[].sku public drop drop show")
    assert "sku" in seen(server, link)["items"][0]
    server.process.send_signal(signal.SIGHUP)
    said = logged(server, "policies reloaded")
    assert re.fullmatch("cartlink [0-9a-f]{16}", said["cartlink"])
    after = server.shared(link, If_None_Match=before.headers["ETag"])
    assert after.status == 200 and "sku" not in after.ok()["cart"]["items"][0]
    assert {"path": "items[].sku", "reason": "withheld"} in after.ok()["redaction"]["removed"]
    assert metric(server, "cartlink_reload_succeeded") == 1


def test_a_bad_policy_at_reload_keeps_them_all(start, folder):
    server = start({"carts": {"policies": str(folder)}})
    link = server.link()
    before = seen(server, link)
    assert metric(server, "cartlink_reload_succeeded") == 1 and not metric(server, "cartlink_reload_failures_total")
    good = (folder / "cartlink.policy").read_text()
    # A good change beside a bad one: nothing of either may be in force.
    change(folder, r"^items\[\]\.sku .*$", "items[].sku public drop drop show")
    change(folder, r"^orderFormId .*$", "orderFormId identifier show drop show", "vtex-orderform")
    server.process.send_signal(signal.SIGHUP)
    said = logged(server, "policies not reloaded")
    assert said["level"] == "error" and re.search(r"vtex-orderform\.policy:\d+: orderFormId is identifier", said["cause"])
    assert seen(server, link) == before
    assert metric(server, "cartlink_reload_succeeded") == 0 and metric(server, "cartlink_reload_failures_total") == 1
    (folder / "cartlink.policy").write_text(good)
    shutil.copy(ROOT / "config/policies/vtex-orderform.policy", folder)
    server.process.send_signal(signal.SIGHUP)
    logged(server, "policies reloaded")
    assert seen(server, link) == before and metric(server, "cartlink_reload_succeeded") == 1


def test_a_vanished_folder_at_reload_keeps_the_old_policies(start, folder):
    server = start({"carts": {"policies": str(folder)}})
    link = server.link()
    before = seen(server, link)
    shutil.rmtree(folder)
    server.process.send_signal(signal.SIGHUP)
    assert "missing" in logged(server, "policies not reloaded")["cause"]
    assert seen(server, link) == before


def test_a_format_may_be_judged_by_another_policy(start, prepare, folder):
    (folder / "terse.policy").write_text("# ours\nitems[].sku public show show show\n")
    server = start({"carts": {"policies": str(folder), "policyFor": {"cartlink": "terse"}}})
    answer = server.shared(server.link()).ok()
    assert answer["cart"] == {"items": [{"sku": "MUG-1"}]} and answer["redaction"]["policy"] == "terse"
    for name in ("nothing", "../policies/terse", "terse.policy"):
        code, said = prepare({"carts": {"policies": str(folder), "policyFor": {"cartlink": name}}}).refusal()
        assert code == 78 and ("policyFor" in said or "nothing.policy" in said)
    code, said = prepare({"carts": {"policyFor": {"magento": "terse"}}}).refusal()
    assert code == 78 and "policyFor.magento" in said


def test_check_reads_the_policies_that_nothing_uses(prepare, folder):
    (folder / "draft.policy").write_text("note.** personal show drop show\n")
    server = prepare({"carts": {"policies": str(folder)}})
    checked = server.run("check")
    assert checked.returncode == 78 and "draft.policy:1: note.** is personal" in checked.stderr
    # A draft doesn't keep the service from starting.
    assert server.start().shared(server.link()).status == 200


def redact(shop, *arguments):
    return shop.run("redact", *(str(argument) for argument in arguments), config=False)


@pytest.fixture
def cart(tmp_path):
    file = tmp_path / "cart.json"
    file.write_text(json.dumps(carts.with_canaries()))
    return file


def test_redact_prints_what_a_guest_would_see(shop, cart, tmp_path):
    done = redact(shop, "--policy", "cartlink", "--as", "guest", cart)
    projected = json.loads(done.stdout)
    assert done.returncode == 0 and carts.leaks(done.stdout.encode()) == []
    assert projected["items"][0]["sku"] == "MUG-1" and "totals" in projected
    owner = redact(shop, "--policy", "cartlink", "--as", "owner", cart)
    assert json.loads(owner.stdout)["customer"] and "payment" not in json.loads(owner.stdout)
    hidden = redact(shop, "--hide-prices", cart)
    assert "totals" not in json.loads(hidden.stdout)
    (tmp_path / "bad.json").write_text('{"currency":"EUR","items":[}')
    bad = redact(shop, "--policy", "cartlink", "--as", "guest", tmp_path / "bad.json")
    assert bad.returncode != 0 and bad.stdout == "" and "byte 27" in bad.stderr
    assert redact(shop, "--policy", "nothing", "--as", "guest", cart).returncode != 0


def test_redact_reports_what_was_removed(shop, cart):
    lines = redact(shop, "--policy", "cartlink", "--as", "owner", "--report", cart).stdout.splitlines()
    assert ["payment", "payment"] in [line.split() for line in lines]
    assert ["internalRemark", "unlisted"] in [line.split() for line in lines]


def test_redact_shows_two_viewers_side_by_side(shop, cart):
    done = redact(shop, "--diff", "member", "guest", cart)
    assert done.returncode == 0 and done.stdout.startswith("member, by cartlink")
    lines = {" ".join(line.split()) for line in done.stdout.splitlines()}
    assert '"id": "i1" <' in lines and '"sku": "MUG-1" "sku": "MUG-1"' in lines
    assert not any(line.startswith('"customer"') for line in lines)
    for wrong in (["--diff", "member", cart], ["--diff", "member", "nobody", cart], ["--diff", "member", "guest"]):
        refused = redact(shop, *wrong)
        assert refused.returncode == 64 and "viewer" in refused.stderr
    (cart.parent / "strange.json").write_text('{"lines":[]}')
    assert "--policy" in redact(shop, cart.parent / "strange.json").stderr


def test_redact_explains_a_policy_path_by_path(shop):
    done = redact(shop, "--explain", "cartlink")
    rows = [re.sub("[│├└ ]+", " ", line).split() for line in done.stdout.splitlines()]
    assert ["currency", "public", "show", "show", "show", "show"] in rows
    assert ["unitPrice", "public", "show:price", "show", "show", "show"] in rows
    assert ["customer.**", "personal", "–", "–", "show", "–"] in rows
    assert "shown to nobody" in done.stdout
    by_path = redact(shop, "--explain", ROOT / "config/policies/cartlink.policy")
    assert by_path.stdout == done.stdout
    assert redact(shop, "--explain", "nothing").returncode == 78
    assert redact(shop, "--explain", "cartlink", "--diff").returncode == 64
