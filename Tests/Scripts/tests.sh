# All tests but those of the suites imports, memory, crypto, sqlite and postgres.
#
# What keeps all processors busy comes behind the others: tests that promise to answer at once would wait in line with it.
source "$(dirname "$0")/common.sh"
OTHERS='^(ArchitectureTests|MarketplaceCryptoTests|MarketplaceSQLiteTests|MarketplacePostgresTests)\.'
build_tested
run_tests "$WORK/tests.txt" --skip "$OTHERS" --skip "$BUSY"
summary="$TESTS"
run_tests "$WORK/storms.txt" --skip "$OTHERS" --filter "$BUSY"
summarize "$summary; $TESTS"
