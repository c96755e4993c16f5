# A small flash sale, checked by its own invariants; the whole one in the long campaigns.
source "$(dirname "$0")/common.sh"
if [ "$FULL" = 1 ]; then
    build_optimised flash-sale
    sale=("$PROGRAM")
else
    build_tested
    sale=("$PROGRAMS/flash-sale" --buyers 500 --stock 400 --skus 5)
fi
for seed in 1 2 3; do
    "${sale[@]}" --seed "$seed" --json "$WORK/sale.json" --report "$WORK/sale.html"
    [ -s "$WORK/sale.json" ] && [ -s "$WORK/sale.html" ] || fail "the sale wrote no result"
done
summarize "3 seeds, all invariants"
