# Prices the example carts, refuses what is malformed in one line, and holds the schema against the decoder.
source "$(dirname "$0")/common.sh"
build_tested
price="$PROGRAMS/price-cart"
carts="$ROOT/Examples/PriceCart/Carts"
policies="$ROOT/Examples/PriceCart/Policies"

# Runs the command with the arguments behind the exit code, and fails on another code. Its input is this function's.
expect() {
    local wanted="$1" got=0
    shift
    "$price" "$@" >"$WORK/out.txt" 2>"$WORK/error.txt" || got=$?
    [ "$got" = "$wanted" ] || fail "price-cart $* ended with $got instead of $wanted: $(cat "$WORK/error.txt")"
    [ "$wanted" = 0 ] || {
        [ ! -s "$WORK/out.txt" ] || fail "price-cart $* printed something although it was refused"
        [ "$(wc -l <"$WORK/error.txt")" = 1 ] || fail "price-cart $* told its error in more or less than one line"
    }
}

# Fails unless the last error line is the name of the command and this.
says() {
    [ "$(cat "$WORK/error.txt")" = "price-cart: $1" ] || fail "the error is $(cat "$WORK/error.txt"), not price-cart: $1"
}

# Refuses a document with this line.
refuses() {
    expect 65 - <<<"$1"
    says "standard input: $2"
}

expect 0 --help
grep -q 'Usage: price-cart \[options\] \[FILE.json\]' "$WORK/out.txt" || fail "--help does not say how it is used"
count=0
for cart in "$carts"/*.json; do
    count=$((count + 1))
    expect 0 "$cart"
    grep -q '^To pay ' "$WORK/out.txt" || fail "$cart has no total"
    expect 0 --explain "$cart"
    expect 0 "$cart" --json
    mv "$WORK/out.txt" "$WORK/first.json"
    expect 0 --json - <"$cart"
    cmp "$WORK/first.json" "$WORK/out.txt" || fail "$cart is priced in two ways"
    expect 0 --json <"$cart"
    for policy in standard amountsThenPercentages oneCoupon "$policies"/*.json; do
        [ "$policy" = "$policies/*.json" ] || expect 0 --policy "$policy" "$cart"
    done
done
expect 0 --schema
cmp "$WORK/out.txt" "$ROOT/Docs/price-cart.schema.json" || fail "Docs/price-cart.schema.json is not what --schema prints"

# Without a time it is now: what ended in 1999 has ended.
past='{"id": "p", "period": {"until": "1999-01-01T00:00:00Z"}, "benefit": {"percentOffOrder": {"percent": "50%"}}}'
line='{"id": "1", "unitPrice": "10.00 USD"}'
expect 0 --json <<<"{\"cart\": {\"currency\": \"USD\", \"lines\": [$line]}, \"promotions\": [$past]}"
grep -q '"reason" : "ended"' "$WORK/out.txt" || fail "a promotion of 1999 applies now"

expect 64 --jsno
says 'there is no option --jsno; did you mean --json?'
expect 64 --policy
says '--policy takes one of standard, amountsThenPercentages, oneCoupon, or the path of a JSON file, and nothing was given'
expect 64 --json=yes
says '--json is a flag and takes no value, not "yes"'
expect 64 a.json b.json
says 'takes options and one FILE.json, not "b.json" as well; --help lists them'
expect 66 "$WORK/no-such.json"
says "$WORK/no-such.json: cannot open: No such file or directory"
expect 66 "$WORK"
says "$WORK: cannot read: Is a directory"
expect 66 "$carts/spring.json" --policy "$WORK/no-such.json"
says "$WORK/no-such.json: cannot open: No such file or directory"
echo '{"rounding": "sideways"}' >"$WORK/policy.json"
expect 65 "$carts/spring.json" --policy "$WORK/policy.json"
grep -q '^price-cart: .*policy.json: \$.rounding (line 1, column 14): expected one of "up", "down", ' "$WORK/error.txt" \
    || fail "a wrong policy is told as $(cat "$WORK/error.txt")"

refuses '' '$ (line 2, column 1): expected a value, found the end of the document'
refuses 'cart' '$ (line 1, column 1): expected a value, found cart'
refuses '[]' '$ (line 1, column 1): expected an object, found an array'
refuses '{}' '$ (line 1, column 1): the key cart is missing'
refuses '{"cart": {"currency": "KRW", "lines": []},}' '$.cart (line 1, column 43): expected a key in double quotes behind the comma, found }'
refuses '{"cart": {"currency": "KRW", "lines": []}, "cart": {}}' '$.cart (line 1, column 44): the object has this key twice'
refuses '{"crat": {}}' '$.crat (line 1, column 10): unknown key crat; did you mean cart?'
refuses '{"cart": {"currency": "WON", "lines": []}}' \
    '$.cart.currency (line 1, column 23): no active currency of ISO 4217 has the code WON'
refuses '{"cart": {"currency": "KRW"}}' '$.cart (line 1, column 10): the key lines is missing'

# Refuses a basket in Korean won with these lines.
lines() { refuses "{\"cart\": {\"currency\": \"KRW\", \"lines\": [$1]}}" "$2"; }
lines '{"id": "", "unitPrice": "1 KRW"}' '$.cart.lines[0].id (line 1, column 47): a key must not be empty'
lines '{"id": "1", "unitPrice": 1}' \
    '$.cart.lines[0].unitPrice (line 1, column 65): expected an amount of money such as "19.99 USD", found 1'
lines '{"id": "1", "unitPrice": "1.00 KRW"}' \
    '$.cart.lines[0].unitPrice (line 1, column 65): expected an amount of money such as "19.99 USD", found "1.00 KRW": KRW has 0 digits behind the point, not 2, at byte 1'
lines '{"id": "1", "unitPrice": "1 KRW", "quantity": 0}' '$.cart.lines[0].quantity (line 1, column 86): a quantity is at least one, not zero'
lines '{"id": "1", "unitPrice": "1 KRW", "tax": "10%"}' \
    '$.cart.lines[0].tax (line 1, column 81): expected an object with exactly one of the keys included and added, found "10%"'
lines '{"id": "1", "unitPrice": "1.00 USD"}' '$.cart: 1 has a price in USD, the basket is in KRW'
lines '{"id": "1", "unitPrice": "-1 KRW"}' '$.cart: 1 has a negative price, -1 KRW'
lines '{"id": "1", "unitPrice": "1 KRW"}, {"id": "1", "unitPrice": "1 KRW"}' \
    '$.cart: two lines or shipping charges have the id 1'
lines '{"id": "1", "unitPrice": "9223372036854775807 KRW", "quantity": 2}' '$.cart: line 1 comes to more than can be computed'

# Refuses a promotion.
rule() { refuses "{\"cart\": {\"currency\": \"KRW\", \"lines\": []}, \"promotions\": [$1]}" "$2"; }
rule '{"id": "a"}' '$.promotions[0] (line 1, column 59): the key benefit is missing'
rule '{"id": "a", "benefit": {"percentOf": 1}}' \
    '$.promotions[0].benefit.percentOf (line 1, column 96): unknown key percentOf; did you mean percentOff?'
rule '{"id": "a", "benefit": {"percentOff": {"percent": "120%"}}}' \
    '$.promotions[0]: promotion a: 120% is not 0% to 100%'
rule '{"id": "a", "benefit": {"bundlePrice": {"price": "1 KRW", "units": 0}}}' \
    '$.promotions[0]: promotion a: 0 is not 1 to 1000000000'
gift='{"id": "a", "benefit": {"gift": {"sku": "mug"}}}'
rule "$gift, $gift" '$.promotions[1]: two promotions have the id a'
nested='"member"'
for _ in $(seq 20); do nested="{\"not\": $nested}"; done
rule "{\"id\": \"a\", \"when\": $nested, \"benefit\": {\"gift\": {\"sku\": \"mug\"}}}" \
    '$.promotions[0]: promotion a: it has more than 1000 parts, or they are nested deeper than 16'
for _ in $(seq 60); do nested="{\"not\": $nested}"; done
expect 65 - <<<"{\"cart\": {}, \"promotions\": [{\"when\": $nested}]}"
grep -q 'more than 64 objects and arrays are within each other$' "$WORK/error.txt" || fail "$(cat "$WORK/error.txt")"
head -c 17000000 /dev/zero | tr '\0' ' ' >"$WORK/large.json"
expect 65 "$WORK/large.json"
grep -q 'the document has 16777217 bytes, more than 16777216$' "$WORK/error.txt" || fail "$(cat "$WORK/error.txt")"

# The schema and the decoder agree, as Python's jsonschema reads the schema.
if ! command -v python3 >/dev/null 2>&1 || ! python3 -c 'import jsonschema' 2>/dev/null; then
    export PYTHONPATH="$WORK/python"
    python3 -m pip install --quiet --target "$PYTHONPATH" jsonschema >"$WORK/pip.log" 2>&1 \
        || { apt-get update && apt-get install -y --no-install-recommends python3-jsonschema; } >"$WORK/apt.log" 2>&1 \
        || fail "python3 with jsonschema is missing; install it with pip or as the package python3-jsonschema"
fi
compared="$(python3 "$ROOT/Tests/Scripts/price-cart-schema.py" "$price" "$ROOT" "$FULL")" || fail "$compared"
summarize "$count carts; $compared"
