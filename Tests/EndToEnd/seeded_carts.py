# SPDX-License-Identifier: Apache-2.0
"""Carts from a seed: the same to a guest, and otherwise as different as they can be; and carts with a mark in every withheld field."""

import json
from collections import defaultdict

LETTERS = "bcdfghjkqvwxz"
NAMES = (
    "address availableAddresses comment content currency customer deep document email fields firstName geoCoordinates id items "
    "lastName message name note number options payment phone postalCode quantity receiverName sku slas street text total totals value"
).split()
TEXTS = [
    "",
    " ",
    "Erika Muster",
    "erika@muster.example",
    "+49 1555 0112233",
    "4111 1111 1111 1111",
    "DE89 3704 0044 0532 0130 00",
    "Musterweg 12",
    "João da Silva",
    "王小明",
    "مها أحمد",
    "🎁👩‍👩‍👧 e\u0301\u202e\u200b\u0000\u2028",
    '"}],"currency":"XXX","x":[{"',
    "</title><script>alert(1)</script>",
    "a\r\nSet-Cookie: x=y",
    "***",
    "null",
    "Items",
]


def copied(cart):
    return json.loads(json.dumps(cart))


def anything(random, depth=4):
    """A value of any shape."""
    kind = random.randrange(12 if depth else 8)
    if kind < 3:
        return random.choice(TEXTS)
    if kind < 8:
        number, long = random.choice([0, -1, 7, 5550917364, 2**63, 1.5, 1e300, -0.0]), random.choice(TEXTS) * random.randrange(400)
        return [number, long, True, False, None][kind - 3]
    if kind < 10:
        return [anything(random, depth - 1) for _ in range(random.randrange(6))]
    return {random.choice([*NAMES, *TEXTS]): anything(random, depth - 1) for _ in range(random.randrange(6))}


def any_list(random):
    """Mostly a list, of any length."""
    return [anything(random) for _ in range(random.randrange(6))] if random.random() < 0.8 else anything(random)


def unknown_name(random):
    """A name that no format has; some look like one."""
    name = random.choice(NAMES)
    return random.choice([name.upper(), name + "_", " " + name, name + "\u200b", name + "s2", "x-" + name, "\u00e9" + name])


def put_in(holder, members, random):
    """Adds members in any places between those that are there, which stay in order."""
    pairs = list(holder.items())
    for pair in members.items():
        pairs.insert(random.randint(0, len(pairs)), pair)
    holder.clear()
    holder.update(pairs)


def objects(cart, place, random):
    """The objects at a place. Where it or one on the way to it is absent, it is made: none of those are shown to guests."""
    found = [cart]
    for part in place.split(".") if place else []:
        name, children = part.removesuffix("[]"), []
        for holder in found:
            if name not in holder:
                put_in(holder, {name: [{} for _ in range(random.randint(1, 2))] if name != part else {}}, random)
            child = holder[name]
            children += child if isinstance(child, list) else [child]
        found = [child for child in children if isinstance(child, dict)]
    return found


def personalised(format, public, random):
    """The cart with other personal and otherwise withheld data: any values, shapes, names, order and number."""
    cart, serial = copied(public), iter(random.sample(range(10**9), 100))
    for place, names in format.withheld.items():
        if random.random() < 0.3:
            continue
        for holder in objects(cart, place, random):
            chosen = [name for name in names.split() if random.random() < 0.6 and name.removesuffix("[]") not in holder]
            members = {name.removesuffix("[]"): any_list(random) if name[-1] == "]" else anything(random) for name in chosen}
            members |= {name: f"{random.choice(TEXTS)}{next(serial)}" for name in members if f"{place}.{name}" in format.unique}
            members |= {unknown_name(random): anything(random) for _ in range(random.choice([0, 0, 1, 3]))}
            put_in(holder, members, random)
    for name in cart.keys() - public.keys():
        if random.random() < 0.2:
            cart[name] = anything(random)
    for place, elements in format.elements.items():
        listed = cart[place.removesuffix("[]")]
        for element in random.choices(elements, k=random.randrange(6)):
            changed = {name: anything(random) if name != format.chosen_by else value for name, value in element.items()}
            listed.insert(random.randint(0, len(listed)), changed)
    if isinstance(cart.get("name"), str):
        # With this character a cart's own name is refused.
        cart["name"] = cart["name"].replace("\0", "")
    return cart


def text(cart, random):
    """The cart's JSON with one of several kinds of white space between its parts."""
    indent, separators = random.choice([(None, (",", ":")), (None, (" ,\n", "\t: ")), (2, None), (None, None)])
    return json.dumps(cart, indent=indent, separators=separators)


class Marks:
    """Words and numbers that occur nowhere else, and the paths that they were given to."""

    def __init__(self, random):
        self.random, self.paths, self._known = random, defaultdict(str), set()

    def word(self, path):
        return self._new(path, lambda: "".join(self.random.choices(LETTERS, k=14)), 6)

    def number(self, path):
        return int(self._new(path, lambda: str(self.random.randrange(10**13, 10**14)), 14))

    def _new(self, path, make, distinct):
        while (mark := make())[:distinct] in self._known:
            pass
        self._known.add(mark[:distinct])
        self.paths[mark] = path
        return mark

    def of_shape(self, shape, path):
        match shape:
            case "text":
                return self.word(path)
            case "number":
                return self.number(path)
            case "list":
                return [self.word(path), self.number(path), {self.word(path): self.word(path)}]
            case "object":
                return {self.word(path): self.word(path), "name": self.word(path), "sku": [self.number(path)], "": {"id": self.word(path)}}


SHAPES = ["text", "number", "list", "object"]


def marked(format, random, shape):
    """A cart whose every withheld field holds a mark, as a value of the shape: the cart and its marks."""
    cart, marks = copied(format.public(random)), Marks(random)
    for place, names in format.withheld.items():
        for holder in objects(cart, place, random):
            for name in names.split():
                path, member = f"{place}.{name}".lstrip("."), name.removesuffix("[]")
                if member not in holder:
                    value = marks.of_shape("text" if path in format.unique else shape, path)
                    put_in(holder, {member: value if member == name else [value]}, random)
    for place, elements in format.elements.items():
        for element in elements:
            path = f"{place[:-2]}[{element.get(format.chosen_by)}]"
            members = {
                name: value if name == format.chosen_by else marks.of_shape(shape, f"{path}.{name}") for name, value in element.items()
            }
            cart[place.removesuffix("[]")].append(members)
    return copied(cart), marks.paths


def with_unknown_members(format, random, shape):
    """A cart with new members beside those that guests see, and nothing else that is withheld."""
    cart, marks = copied(format.public(random)), Marks(random)
    framed = list(_objects_with_paths(cart))
    for path, holder in framed:
        if not path.endswith((".options", ".productCategories", ".dimension", ".currencyFormatInfo")):
            put_in(holder, {unknown_name(random): marks.of_shape(shape, path + ".?")}, random)
    return copied(cart), marks.paths


def with_other_shapes(format, random, shape):
    """A cart in which every scalar that guests see became an object or a list, and every object and list that may, a text."""
    cart, marks = copied(format.public(random)), Marks(random)

    def changed(value, path):
        if isinstance(value, dict | list) and shape == "text" and path and path not in format.framed:
            return marks.word(path)
        if isinstance(value, dict):
            return {name: changed(child, f"{path}.{name}".lstrip(".")) for name, child in value.items()}
        if isinstance(value, list):
            return [changed(child, path + "[]") for child in value]
        return value if shape == "text" else marks.of_shape(shape, path)

    return changed(cart, ""), marks.paths


def _objects_with_paths(value, path=""):
    if isinstance(value, dict):
        yield path, value
        for name, child in list(value.items()):
            yield from _objects_with_paths(child, f"{path}.{name}".lstrip("."))
    elif isinstance(value, list):
        for child in value:
            yield from _objects_with_paths(child, path + "[]")
