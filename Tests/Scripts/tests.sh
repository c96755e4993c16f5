# All tests but those of the suites imports, memory, crypto, sqlite and postgres.
#
# The storms, of ten thousand callers each, and the random histories, which keep all processors busy for minutes, come
# behind the others: tests that promise to answer at once would wait in line with all of them.
source "$(dirname "$0")/common.sh"
BUSY='StormTests|InventoryTrialTests'
OTHERS='^(ArchitectureTests|MarketplaceCryptoTests|MarketplaceSQLiteTests|MarketplacePostgresTests)\.'
build_tested
run_tests "$WORK/tests.txt" --skip "$OTHERS" --skip "$BUSY"
summary="$TESTS"
run_tests "$WORK/storms.txt" --skip "$OTHERS" --filter "$BUSY"
summarize "$summary; $TESTS"
