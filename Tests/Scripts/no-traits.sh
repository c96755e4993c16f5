# The package as it is without traits, in the debug build of a newcomer: nothing of C is compiled, and what a build has no
# store for is explained.
source "$(dirname "$0")/common.sh"
WITHOUT='StoreChoiceTests|MarketplaceCryptoTests|MarketplaceSQLiteTests|MarketplacePostgresTests'
build=(swift build "${WARNINGS[@]}")
"${build[@]}" --build-tests 2>&1 | tee "$WORK/no-traits.log"
refuse_warnings "$WORK/no-traits.log"
built="$("${build[@]}" --show-bin-path)"
refuse_c_objects "$built"
swift test --skip-build --disable-xctest --filter "$WITHOUT" "${WARNINGS[@]}" | tee "$WORK/no-traits.txt"
grep -Eq 'Test run with [1-9][0-9]* tests?' "$WORK/no-traits.txt" || fail "no tests were run"

# What this build has no store for, it says how to build.
for store in "SQLite sqlite:$WORK/sale.db" 'LibPQ postgres://localhost/sale --gateway-record gateway'; do
    read -r trait arguments <<<"$store"
    got=0
    # The words of the arguments are meant to be split.
    # shellcheck disable=SC2086
    "$built/flash-sale" --store $arguments >"$WORK/refused.txt" 2>&1 || got=$?
    [ "$got" = 64 ] || fail "a store without its trait ended with $got: $(cat "$WORK/refused.txt")"
    grep -qF "run: swift run --traits $trait flash-sale --store $arguments" "$WORK/refused.txt" ||
        fail "a store without its trait was not explained: $(cat "$WORK/refused.txt")"
done
[ ! -e "$WORK/sale.db" ] || fail "a file was made without its trait"
summarize "no warnings, no C; $(grep 'Test run with' "$WORK/no-traits.txt" | sed 's/.*Test run with //')"
