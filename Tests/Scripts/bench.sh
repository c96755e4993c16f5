# Every benchmark against its raw-limit program; the bars must be met.
source "$(dirname "$0")/common.sh"
swift build -c release --product marketplace-bench "${WARNINGS[@]}"
effort=(--quick)
[ "$FULL" = 1 ] && effort=()
"$(swift build -c release --show-bin-path)/marketplace-bench" --check "${effort[@]}" --json "$WORK/bench.json"
[ -s "$WORK/bench.json" ] || fail "no result was written"
summarize "all bars met"
