# Every benchmark against its raw-limit program, durable ones included; the bars must be met.
source "$(dirname "$0")/common.sh"
install_sqlite

# Where the examples were built with the trait as well: what both need is compiled once.
place=(-c release --scratch-path "$ROOT/.build/sqlite/examples" --traits SQLite)
swift build "${place[@]}" --product marketplace-bench "${WARNINGS[@]}"
effort=(--quick)
peers=()
if [ "$FULL" = 1 ]; then
    effort=(--full)
    # It says so and writes nothing where PyPI cannot be reached.
    Tests/Benchmarks/Peers/run "$WORK/peers.json"
    [ -s "$WORK/peers.json" ] && peers=(--peers "$WORK/peers.json")
fi
# On the disk of the package: where temporary files are in memory, a sync would cost nothing.
"$(swift build "${place[@]}" --show-bin-path)/marketplace-bench" --check "${effort[@]}" --folder "$ROOT/.build" \
    "${peers[@]}" --json "$WORK/bench.json"
[ -s "$WORK/bench.json" ] || fail "no result was written"
summarize "all bars met"
