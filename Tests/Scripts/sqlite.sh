# The store on SQLite, with its trait: every law on real files, and that the whole manifest builds it too.
source "$(dirname "$0")/common.sh"

install_sqlite

# A smaller manifest beside links to the sources; at one place, so that what was built is used again.
place="$ROOT/.build/sqlite/package"
mkdir -p "$place"
ln -sfn "$ROOT/Sources" "$place/Sources"
ln -sfn "$ROOT/Tests" "$place/Tests"
cp "$ROOT/Tests/SQLite/Package.swift" "$place/Package.swift"
swift test --package-path "$place" --scratch-path "$ROOT/.build/sqlite/tests" --traits SQLite --disable-xctest \
    --filter MarketplaceSQLiteTests "${WARNINGS[@]}" 2>&1 | tee "$WORK/sqlite.txt"
refuse_warnings "$WORK/sqlite.txt"
grep -Eq 'Test run with [1-9][0-9]* tests' "$WORK/sqlite.txt" || fail "no tests were run"

# A process is killed at any moment; whatever it acknowledged must be there, whole and once.
killed="$(swift build --package-path "$place" --scratch-path "$ROOT/.build/sqlite/tests" --traits SQLite \
    --show-bin-path)/killed-sale"
rounds=10
[ "$FULL" = 1 ] && rounds=100
: >"$WORK/acknowledged.txt"
for ((round = 0; round < rounds; round++)); do
    stdbuf -oL "$killed" sell "$WORK/killed.db" >>"$WORK/acknowledged.txt" &
    child=$!
    sleep "0.$((RANDOM % 4))$((RANDOM % 10))"
    kill -KILL "$child"
    wait "$child" 2>/dev/null || true
    # A line that was cut must not run into the next one.
    echo >>"$WORK/acknowledged.txt"
    "$killed" check "$WORK/killed.db" <"$WORK/acknowledged.txt" >"$WORK/checked.txt" \
        || fail "a sale was lost when its process was killed"
done
tail -n 1 "$WORK/checked.txt"
acknowledged="$(cut -d ' ' -f 1 "$WORK/checked.txt")"
[ "$acknowledged" -gt 0 ] || fail "nothing was acknowledged before the process was killed"

swift build --scratch-path "$ROOT/.build/sqlite/manifest" --traits SQLite --target MarketplaceSQLite "${WARNINGS[@]}"
tests="$(grep 'Test run with' "$WORK/sqlite.txt" | tail -n 1 | sed 's/.*Test run with //')"
summarize "$tests; killed $rounds times, $acknowledged acknowledged sales found"
