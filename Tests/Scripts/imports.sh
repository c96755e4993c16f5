# The import direction, the manifest and the rules of the house.
source "$(dirname "$0")/common.sh"
swift test --skip-build --disable-xctest --filter ArchitectureTests "${WARNINGS[@]}" | tee "$WORK/imports.txt"
summarize "$(grep 'Test run with' "$WORK/imports.txt" | tail -n 1)"
