"""Holds the JSON Schema of price-cart against its decoder.

Every example must pass both. Of every example, mutants are made at every place: a misspelt key, a missing key, values
of other types, words that are none. What the one refuses, the other must refuse.
"""

import copy
import json
import pathlib
import random
import re
import subprocess
import sys

from jsonschema import Draft202012Validator

# Each mutant is a process of its own: so many are enough for every change, and --full runs them all.
SAMPLE = 400
OTHER_VALUES = [None, True, 17, 1.5, "x", "", [], {}, ["x"], {"x": "x"}]


def documents(root):
    """The example carts, and the whole documents among the examples of the guide."""
    for path in sorted((root / "Examples/PriceCart/Carts").glob("*.json")):
        yield path.name, json.loads(path.read_text())
    guide = (root / "Docs/Promotions.md").read_text()
    for index, block in enumerate(re.findall(r"^```json document\n(.*?)^```$", guide, re.M | re.S)):
        yield f"Docs/Promotions.md, document {index + 1}", json.loads(block)


def places(value, path=()):
    """Every place within a value, as the keys and indexes that lead there."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else []
    for key, inner in items:
        yield (*path, key)
        yield from places(inner, (*path, key))


def mutants(document):
    """Copies of the document with one thing wrong, or at least different."""
    for path in places(document):
        def parent():
            changed = copy.deepcopy(document)
            inner = changed
            for key in path[:-1]:
                inner = inner[key]
            return changed, inner

        key = path[-1]
        changed, inner = parent()
        value = inner.pop(key)
        yield f"{path} missing", changed
        if isinstance(key, str):
            changed, inner = parent()
            inner[key + "x"] = inner.pop(key)
            yield f"{path} misspelt", changed
        if isinstance(value, str):
            changed, inner = parent()
            inner[key] = value + "x"
            yield f"{path} as {inner[key]!r}", changed
        for other in OTHER_VALUES:
            if other == value and type(other) is type(value):
                continue
            changed, inner = parent()
            inner[key] = other
            yield f"{path} as {other!r}", changed


def main(command, root, is_full):
    root = pathlib.Path(root)
    schema = json.loads((root / "Docs/price-cart.schema.json").read_text())
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)

    def decodes(document):
        run = subprocess.run([command, "--json"], input=json.dumps(document).encode(), capture_output=True)
        if run.returncode not in (0, 65):
            sys.exit(f"price-cart ended with {run.returncode} for {json.dumps(document)}")
        return run.returncode == 0, run.stderr.decode().strip()

    trials = []
    for name, document in documents(root):
        is_valid, (is_decoded, error) = validator.is_valid(document), decodes(document)
        if not is_valid or not is_decoded:
            sys.exit(f"{name}: schema {is_valid}, decoder {is_decoded} {error}")
        trials += [(f"{name}: {what}", mutant) for what, mutant in mutants(document)]
    count = len(trials) if is_full == "1" else min(SAMPLE, len(trials))
    # Another choice in every run; what disagrees is told with its document, which replays it.
    chosen = random.sample(trials, count)
    refused = 0
    for what, mutant in chosen:
        is_valid = validator.is_valid(mutant)
        is_decoded, error = decodes(mutant)
        if is_valid != is_decoded:
            sys.exit(f"{what}: schema {is_valid}, decoder {is_decoded} {error}: {json.dumps(mutant)}")
        refused += not is_valid
    if refused * 2 < len(chosen):
        sys.exit(f"of {len(chosen)} mutants only {refused} are refused: they are no mutants")
    print(f"schema and decoder agree on {len(chosen)} mutants of {len(trials)}, {refused} of them refused")


main(*sys.argv[1:])
