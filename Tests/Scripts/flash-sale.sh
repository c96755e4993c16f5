# A small flash sale, checked by its own invariants; the whole one in the long campaigns.
source "$(dirname "$0")/common.sh"
if ! grep -q '"flash-sale"' Package.swift; then
    summarize "skipped: the package has no flash-sale yet"
    exit 0
fi
# A small sale needs no optimised program: the suite before has built one.
configuration=debug
sale=(--buyers 500 --stock 400 --skus 5)
if [ "$FULL" = 1 ]; then
    configuration=release
    sale=()
fi
swift build -c "$configuration" --product flash-sale "${WARNINGS[@]}"
program="$(swift build -c "$configuration" --show-bin-path)/flash-sale"
for seed in 1 2 3; do
    "$program" "${sale[@]}" --seed "$seed" --json "$WORK/sale.json" --report "$WORK/sale.html"
    [ -s "$WORK/sale.json" ] && [ -s "$WORK/sale.html" ] || fail "the sale wrote no result"
done

# What this build has no store for, it says how to build.
for store in "SQLite sqlite:$WORK/sale.db" 'LibPQ postgres://localhost/sale --gateway-record gateway'; do
    read -r trait arguments <<<"$store"
    got=0
    # The words of the arguments are meant to be split.
    # shellcheck disable=SC2086
    "$program" --store $arguments >"$WORK/refused.txt" 2>&1 || got=$?
    [ "$got" = 64 ] || fail "a store without its trait ended with $got: $(cat "$WORK/refused.txt")"
    grep -qF "run: swift run --traits $trait flash-sale --store $arguments" "$WORK/refused.txt" ||
        fail "a store without its trait was not explained: $(cat "$WORK/refused.txt")"
done
[ ! -e "$WORK/sale.db" ] || fail "a file was made without its trait"
summarize "3 seeds, all invariants"
