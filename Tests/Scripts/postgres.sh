# The store on PostgreSQL and the driver over libpq, with its trait, against a private server.
source "$(dirname "$0")/common.sh"
source "$(dirname "$0")/postgres-server.sh"
work_without_syncs

postgres_serve || fail "no private PostgreSQL could be started"
# It came with the server, whose package has a certificate of its own.
command -v openssl >/dev/null 2>&1 || fail "openssl is missing; install the package openssl"

build_tested
run_tests "$WORK/postgres.txt" --filter MarketplacePostgresTests
if grep -q 'needs a private server' "$WORK/postgres.txt"; then fail "tests were skipped although there is a server"; fi

# The command that brings databases up to date, and its SQL in the hands of psql.
migrate="$PROGRAMS/marketplace-migrate"
query() { "$POSTGRES_BIN/psql" -q -X -A -t -v ON_ERROR_STOP=1 "$@"; }

# Runs the command with the arguments behind the exit code, and fails on another code or other last words.
expect() {
    local wanted="$1" words="$2" got=0
    shift 2
    "$migrate" "$@" >"$WORK/out.txt" 2>&1 || got=$?
    [ "$got" = "$wanted" ] || fail "marketplace-migrate $* ended with $got instead of $wanted: $(cat "$WORK/out.txt")"
    [ "$(tail -n 1 "$WORK/out.txt")" = "$words" ] || fail "marketplace-migrate $* printed $(cat "$WORK/out.txt")"
}
for name in migrated by_hand; do query "$MARKETPLACE_POSTGRES_URL" -c "create database $name"; done
address="${MARKETPLACE_POSTGRES_URL%/*}"
expect 0 'missing 1004 search' --store "$address/migrated" --status
expect 0 'applied 1004 search' --store "$address/migrated"
expect 0 'nothing to do' --store "$address/migrated"
expect 0 'commit;' --print-sql postgres
query "$address/by_hand" <"$WORK/out.txt" >"$WORK/psql.txt" || fail "psql refuses the printed SQL"
expect 0 'applied 1004 search' --store "$address/by_hand" --status
for name in migrated by_hand; do
    "$POSTGRES_BIN/pg_dump" --schema-only "$address/$name" | grep -v '^\\' >"$WORK/$name.sql"
done
cmp "$WORK/migrated.sql" "$WORK/by_hand.sql" || fail "the printed SQL makes other tables than the command"
expect 0 'commit;' --print-sql postgres --after 1003
[ "$(grep -c '^begin;' "$WORK/out.txt")" = 1 ] || fail "--after prints the wrong steps"
query "$address/migrated" -c "insert into marketplace_migration values (2000, 'later')"
expect 65 'marketplace-migrate: newer schema: its form is 2000, this release knows forms up to 1004' \
    --store "$address/migrated"
"$migrate" --store "postgres://127.0.0.1:1/none" >"$WORK/out.txt" 2>&1 && fail "a server that is not there was migrated"
[ $? = 75 ] || fail "a server that is not there is not said to be: $(cat "$WORK/out.txt")"
server="$("$POSTGRES_BIN/postgres" --version | sed 's/.*) \([0-9.]*\).*/\1/')"
summarize "$TESTS; PostgreSQL $server"
