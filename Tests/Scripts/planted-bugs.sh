# Bugs planted one after the other in a copy of the sources: the tests of sagas must catch every one of them.
# Each file of Tests/PlantedBugs is one bug; its name says which.
source "$(dirname "$0")/common.sh"
# A test that waits for what a bug keeps from happening hangs: that is caught, too.
RUN_BUDGET=60
place="$WORK/planted"
mkdir -p "$place/Tests"
cp -R Sources "$place/"
cp -R Tests/MarketplaceSagasTests Tests/MarketplaceTestKitTests "$place/Tests/"
cp Tests/PlantedBugs/Package.swift "$place/"

# Runs the tests of sagas as the copy stands now, the quick ones first; what sagas cost in memory no bug here changes.
run_saga_tests() {
    local module
    for module in MarketplaceSagasTests MarketplaceTestKitTests; do
        timeout --kill-after=5 "$RUN_BUDGET" swift test --package-path "$place" --skip-build --disable-xctest \
            --filter "$module" --skip MemoryTests >>"$1" 2>&1 || return 1
    done
}
build() {
    swift build --package-path "$place" --build-tests >"$1" 2>&1 || { cat "$1"; fail "$2 does not build"; }
}

build "$WORK/build.txt" "the copy without a bug"
run_saga_tests "$WORK/clean.txt" || { cat "$WORK/clean.txt"; fail "the tests fail without a bug"; }
grep -Eq 'Test run with [1-9][0-9]* tests' "$WORK/clean.txt" || fail "no tests were run"

count=0
missed=()
for bug in Tests/PlantedBugs/*.patch; do
    name="$(basename "$bug" .patch)"
    (cd "$place" && git apply "$ROOT/$bug") || fail "$name no longer fits the sources"
    build "$WORK/build.txt" "$name"
    if run_saga_tests "$WORK/$name.txt"; then
        missed+=("$name")
        echo "MISSED  $name"
    else
        echo "caught  $name: $(grep -c '✘ Test .* failed after' "$WORK/$name.txt" || true) tests fail"
    fi
    (cd "$place" && git apply --reverse "$ROOT/$bug")
    count=$((count + 1))
done
[ "${#missed[@]}" = 0 ] || fail "not caught: ${missed[*]}"
summarize "$count planted bugs, all caught"
