# What sagas cost in memory, measured with no other test beside.
source "$(dirname "$0")/common.sh"
build_tested
MARKETPLACE_MEMORY=1 run_tests "$WORK/memory.txt" --filter MarketplaceSagasTests.MemoryTests
summarize "$TESTS"
