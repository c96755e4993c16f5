# A small flash sale, checked by its own invariants; the whole one in the long campaigns.
source "$(dirname "$0")/common.sh"
if ! grep -q '"flash-sale"' Package.swift; then
    summarize "skipped: the package has no flash-sale yet"
    exit 0
fi
sale=(--buyers 500 --stock 400 --skus 5)
[ "$FULL" = 1 ] && sale=()
swift build -c release --product flash-sale "${WARNINGS[@]}"
for seed in 1 2 3; do
    "$(swift build -c release --show-bin-path)/flash-sale" "${sale[@]}" --seed "$seed" \
        --json "$WORK/sale.json" --report "$WORK/sale.html"
    [ -s "$WORK/sale.json" ] && [ -s "$WORK/sale.html" ] || fail "the sale wrote no result"
done
summarize "3 seeds, all invariants"
