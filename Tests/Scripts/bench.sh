# Every benchmark against its raw-limit program, durable ones where SQLite is there; the bars must be met.
source "$(dirname "$0")/common.sh"
traits=() place=() durable="no SQLite, so nothing durable"
printf '#include <sqlite3.h>\nint main(void) { return sqlite3_libversion_number() < 3037000; }\n' \
    >"$WORK/has-sqlite.c"
if clang "$WORK/has-sqlite.c" -lsqlite3 -o "$WORK/has-sqlite" 2>/dev/null && "$WORK/has-sqlite"; then
    # A place of its own: other suites build without the trait, and each would undo what the other has built.
    traits=(--traits SQLite) place=(--scratch-path "$ROOT/.build/sqlite/bench") durable="durable ones on SQLite"
fi
swift build -c release --product marketplace-bench "${traits[@]}" "${place[@]}" "${WARNINGS[@]}"
effort=(--quick)
[ "$FULL" = 1 ] && effort=(--full)
peers=()
if [ "$FULL" = 1 ] && [ -n "${traits[*]}" ]; then
    # It says so and writes nothing where PyPI cannot be reached.
    Tests/Benchmarks/Peers/run "$WORK/peers.json"
    [ -s "$WORK/peers.json" ] && peers=(--peers "$WORK/peers.json")
fi
# On the disk of the package: where temporary files are in memory, a sync would cost nothing.
"$(swift build -c release "${traits[@]}" "${place[@]}" --show-bin-path)/marketplace-bench" --check "${effort[@]}" \
    --folder "$ROOT/.build" "${peers[@]}" --json "$WORK/bench.json"
[ -s "$WORK/bench.json" ] || fail "no result was written"
summarize "all bars met; $durable"
