#!/usr/bin/env bash
# Private PostgreSQL servers on loopback, in a folder of their own, with the durability of a server in earnest: sourced
# by the suites, and a command for people.
#
#   Tests/Scripts/postgres-server.sh run COMMAND…     runs a command with MARKETPLACE_POSTGRES_URL set, then removes all
#   Tests/Scripts/postgres-server.sh start FOLDER     starts a server, new or there already, and prints its address;
#                                                     with FOLDER/tls it speaks TLS and FOLDER/tls/ca.crt vouches for it
#   Tests/Scripts/postgres-server.sh stop FOLDER [MODE]    stops it: fast, or immediate as in a crash, or kill (SIGKILL)
#   Tests/Scripts/postgres-server.sh remove FOLDER    stops it and removes the folder
#
# Everybody on loopback is trusted, except members of the role marketplace_password, who need their password.
POSTGRES_OLDEST=14
# Two suites may have found the same free port.
POSTGRES_START_ATTEMPTS=10

postgres_fail() { echo "error: $*" >&2; return 1; }

# Sets POSTGRES_BIN to the folder of a server's programs that are new enough.
postgres_look() {
    local folder version
    for folder in "$(dirname "$(command -v initdb 2>/dev/null || echo /nowhere/initdb)")" \
        $(printf '%s\n' /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /opt/homebrew/opt/postgresql@*/bin \
            /usr/local/opt/postgresql@*/bin | sort -rV); do
        [ -x "$folder/initdb" ] && [ -x "$folder/postgres" ] || continue
        # The programs may be links, and only beside the real ones is everything else.
        folder="$(dirname "$(readlink -f "$folder/initdb")")"
        version="$("$folder/postgres" --version | sed 's/[^0-9]*\([0-9]*\).*/\1/')"
        [ "${version:-0}" -ge "$POSTGRES_OLDEST" ] && [ -x "$folder/pg_ctl" ] && POSTGRES_BIN="$folder" && return 0
    done
    return 1
}

# Installs a server where there is none and that is possible.
postgres_find() {
    postgres_look && return 0
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        echo "installing postgresql" >&2
        { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends postgresql; } >&2
    fi
    postgres_look || postgres_fail "PostgreSQL $POSTGRES_OLDEST or later is missing; install the package postgresql"
}

# Sets POSTGRES_USER to the user the server runs as: it refuses root.
postgres_choose_user() {
    POSTGRES_USER="$(id -un)"
    [ "$(id -u)" = 0 ] || return 0
    for POSTGRES_USER in postgres nobody marketplace-postgres; do
        id "$POSTGRES_USER" >/dev/null 2>&1 && return 0
    done
    useradd --system --no-create-home "$POSTGRES_USER"
}

# Runs a command as the user of the server, from a folder that user can enter, and with no settings of ours.
postgres_as_user() {
    local clean=(env -u PGHOST -u PGPORT -u PGDATABASE -u PGUSER -u PGPASSWORD -u PGOPTIONS -u PGDATA LC_ALL=C)
    if [ "$(id -un)" = "$POSTGRES_USER" ]; then
        (cd / && "${clean[@]}" "$@")
    else
        (cd / && setpriv --reuid="$POSTGRES_USER" --regid="$(id -g "$POSTGRES_USER")" --clear-groups "${clean[@]}" "$@")
    fi
}

# A port of loopback on which nobody listens.
postgres_free_port() {
    local port
    while :; do
        port=$((20000 + RANDOM % 12000))
        (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
    done
}

# Makes an authority and a certificate of the server for 127.0.0.1 and localhost.
postgres_make_certificates() {
    local place="$1"
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj "/CN=marketplace test authority" \
        -keyout "$place/ca.key" -out "$place/ca.crt"
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=localhost" -keyout "$place/server.key" -out "$place/server.csr"
    openssl x509 -req -in "$place/server.csr" -CA "$place/ca.crt" -CAkey "$place/ca.key" -CAcreateserial -days 2 \
        -extfile <(echo "subjectAltName=DNS:localhost,IP:127.0.0.1") -out "$place/server.crt"
}

# Makes a new cluster in a folder.
postgres_create() {
    local folder="$1"
    chown "$POSTGRES_USER" "$folder"
    postgres_as_user "$POSTGRES_BIN/initdb" -D "$folder/data" -U marketplace -A trust -E UTF8 --locale=C --no-sync \
        >"$folder/initdb.txt" 2>&1 || { cat "$folder/initdb.txt" >&2; return 1; }
    cat >"$folder/settings.txt" <<SETTINGS
listen_addresses = '127.0.0.1'
unix_socket_directories = '$folder'
max_connections = 200
fsync = on
full_page_writes = on
synchronous_commit = on
timezone = 'UTC'
password_encryption = 'scram-sha-256'
SETTINGS
    if [ -d "$folder/tls" ]; then
        postgres_make_certificates "$folder/tls" >"$folder/tls/openssl.txt" 2>&1 \
            || { cat "$folder/tls/openssl.txt" >&2; return 1; }
        chown -R "$POSTGRES_USER" "$folder/tls" && chmod 600 "$folder/tls/server.key"
        printf "ssl = on\nssl_cert_file = '%s'\nssl_key_file = '%s'\n" \
            "$folder/tls/server.crt" "$folder/tls/server.key" >>"$folder/settings.txt"
    fi
    cat "$folder/settings.txt" >>"$folder/data/postgresql.conf"
    cat >"$folder/data/pg_hba.conf" <<'RULES'
local all all trust
host all +marketplace_password 127.0.0.1/32 scram-sha-256
host all all 127.0.0.1/32 trust
RULES
}

# Starts the server of a folder, which is made when it is new, and sets POSTGRES_URL; it accepts when this returns.
postgres_start() {
    local folder="$1" port attempt isNew=0
    postgres_find && postgres_choose_user || return 1
    mkdir -p "$folder"
    folder="$(cd "$folder" && pwd -P)"
    if [ ! -d "$folder/data" ]; then
        isNew=1
        postgres_create "$folder" || return 1
    fi
    for attempt in $(seq "$POSTGRES_START_ATTEMPTS"); do
        # It comes back where it was.
        if [ -f "$folder/port" ]; then port="$(cat "$folder/port")"; else port="$(postgres_free_port)"; fi
        # What it inherits it would keep open, and whoever reads our output would wait for it.
        if postgres_as_user "$POSTGRES_BIN/pg_ctl" -D "$folder/data" -w -t 60 -s -o "-p $port" -l "$folder/data/log.txt" \
            start </dev/null >"$folder/start.txt" 2>&1; then
            echo "$port" >"$folder/port"
            break
        fi
        if [ "$attempt" = "$POSTGRES_START_ATTEMPTS" ]; then
            cat "$folder/start.txt" "$folder/data/log.txt" >&2
            return 1
        fi
    done
    if [ "$isNew" = 1 ]; then
        postgres_as_user "$POSTGRES_BIN/psql" -q -X -v ON_ERROR_STOP=1 -h "$folder" -p "$port" -U marketplace \
            -d postgres -c 'create role marketplace_password' -c 'create database marketplace' || return 1
    fi
    POSTGRES_URL="postgres://marketplace@127.0.0.1:$port/marketplace"
}

# Stops the server of a folder by its process id: fast, immediate or kill.
postgres_stop() {
    local folder="$1" mode="${2:-fast}" process
    postgres_find && postgres_choose_user || return 1
    [ -f "$folder/data/postmaster.pid" ] || return 0
    if [ "$mode" = kill ]; then
        process="$(head -n 1 "$folder/data/postmaster.pid")"
        # Those it started go as well, as they would when the machine is switched off; it is stopped meanwhile, so that
        # it tells none of them.
        kill -STOP "$process"
        kill -KILL $(ps -o pid= --ppid "$process") "$process" 2>/dev/null
        while kill -0 "$process" 2>/dev/null; do sleep 0.02; done
        rm -f "$folder/data/postmaster.pid"
    else
        postgres_as_user "$POSTGRES_BIN/pg_ctl" -D "$(cd "$folder" && pwd -P)/data" -w -t 60 -s -m "$mode" stop
    fi
}

# Stops the server of a folder, whatever it takes, and removes the folder.
postgres_remove() {
    [ -d "$1" ] || return 0
    postgres_stop "$1" immediate || postgres_stop "$1" kill || true
    rm -rf "$1"
}

# Starts a server that lives as long as this shell, and exports MARKETPLACE_POSTGRES_URL.
#
# Whoever has a trap of its own on EXIT calls `postgres_remove "$POSTGRES_FOLDER"` there, and passes any word here.
postgres_serve() {
    POSTGRES_FOLDER="$(mktemp -d "${TMPDIR:-/tmp}/marketplace-postgres.XXXXXX")"
    [ -n "${1:-}" ] || trap 'postgres_remove "$POSTGRES_FOLDER"' EXIT
    postgres_start "$POSTGRES_FOLDER" || return 1
    export MARKETPLACE_POSTGRES_URL="$POSTGRES_URL"
    MARKETPLACE_POSTGRES_SERVER="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)/postgres-server.sh"
    # With it the tests start servers that they may kill.
    export MARKETPLACE_POSTGRES_SERVER
}

if [ "${BASH_SOURCE[0]}" = "$0" ]; then
    set -uo pipefail
    verb="${1:-}"
    [ $# -gt 1 ] || { sed -n '2,12s/^# \{0,1\}//p' "$0" >&2; exit 64; }
    shift
    case "$verb" in
        run)
            trap 'exit 130' INT
            trap 'exit 143' TERM
            postgres_serve || exit 1
            "$@"
            exit $? ;;
        start) postgres_start "$1" && echo "$POSTGRES_URL" ;;
        stop) postgres_stop "$@" ;;
        remove) postgres_remove "$1" ;;
        *) echo "postgres-server.sh: there is no command $verb" >&2; exit 64 ;;
    esac
fi
