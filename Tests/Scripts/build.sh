# Every target and every test, with warnings as errors.
source "$(dirname "$0")/common.sh"
swift build --build-tests "${WARNINGS[@]}" 2>&1 | tee "$WORK/root-build.log"
refuse_warnings "$WORK/root-build.log"
refuse_c_objects "$(swift build --show-bin-path)"
summarize "no warnings, no C"
