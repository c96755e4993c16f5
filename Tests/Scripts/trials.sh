# As a whole, what other suites make in part: long walks, random histories, storms, every second crash.
source "$(dirname "$0")/common.sh"
work_without_syncs
# The suites, each in a file of its name, that ask how much they are to go through.
mapfile -t files < <(grep -rlE 'PropertyRun\.(whole\(|part\(|isWhole)' Tests --include='*Tests.swift')
[ "${#files[@]}" -gt 0 ] || fail "no suite has trials"
names="$(basename -s .swift "${files[@]}")"
build_tested
export MARKETPLACE_CAMPAIGNS="${MARKETPLACE_CAMPAIGNS:-whole}"
run_tests "$WORK/trials.txt" --filter "\.($(grep -vE "$BUSY" <<<"$names" | paste -sd '|'))/"
summary="$TESTS"
run_tests "$WORK/storms.txt" --filter "\.($(grep -E "$BUSY" <<<"$names" | paste -sd '|'))/"
for suite in $names; do
    grep -q "Suite $suite passed" "$WORK/trials.txt" "$WORK/storms.txt" || fail "$suite was not run"
done
summarize "$summary; $TESTS"
