# What must not compile: each file of Tests/CompileErrors begins with a part of the error it must get.
source "$(dirname "$0")/common.sh"
swift build "${WARNINGS[@]}"
modules="$(swift build --show-bin-path)/Modules"
count=0
for file in Tests/CompileErrors/*.swift; do
    expected="$(sed -n '1s|^// expected: ||p' "$file")"
    [ -n "$expected" ] || fail "$file does not say which error it must get"
    if swiftc -typecheck -swift-version 6 -I "$modules" "$file" >"$WORK/diagnosis.txt" 2>&1; then
        [ "$expected" = nothing ] || fail "$file compiles, but must not"
    else
        grep -F "error: " "$WORK/diagnosis.txt" | grep -qF "$expected" || {
            cat "$WORK/diagnosis.txt"
            fail "$file gets another error than: $expected"
        }
    fi
    count=$((count + 1))
done
summarize "$count files get the errors they must get"
