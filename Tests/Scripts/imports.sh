# The import direction, the manifest and the rules of the house.
source "$(dirname "$0")/common.sh"
build_tested
run_tests "$WORK/imports.txt" --filter ArchitectureTests
summarize "$TESTS"
