# Places the setup script, and records the sum of the Dockerfile or setup script.

# The build need not wait for the sum.
note_source() {
    { sha256sum <"$1" && printf '%s\n' "$uid" "$gid"; } >"$dir/results/source" 2>/dev/null &
    noting=$!
}

# The server may send data without end. A block has 512 bytes, so the limit is 16 MiB.
limited() {
    trap '' XFSZ
    ulimit -f 32768 2>/dev/null || :
    exec "$@"
}

# fetch_setup URL SHA256 FILE
fetch_setup() {
    phase fetch
    if command -v curl >/dev/null; then
        run limited curl --fail --silent --show-error --location --proto =http,https --output "$3" -- "$1" || :
    elif command -v wget >/dev/null; then
        run limited wget --quiet --output-document="$3" -- "$1" || :
    else
        echo 'Neither curl nor wget is installed to fetch the setup script' >&2
        return 127
    fi
    if [ "$code" -ne 0 ]; then
        [ "$({ wc -c <"$3"; } 2>/dev/null || echo 0)" -lt 16777216 ] ||
            echo 'The setup script is larger than 16 MiB' >&2
        return "$code"
    fi
    if [ "$(sha256sum <"$3" | cut -d ' ' -f 1)" != "$2" ]; then
        echo "The setup script that was fetched has the sha256 $(sha256sum <"$3" | cut -d ' ' -f 1), not $2" >&2
        return 1
    fi
    chmod 755 "$3"
    note_source "$3"
}

# take_setup PATH FILE
take_setup() {
    phase fetch
    [ -f "$1" ] || {
        echo "The setup script $1 is not a regular file" >&2
        return 1
    }
    head -c 16777217 <"$1" >"$2"
    [ "$(wc -c <"$2")" -le 16777216 ] || {
        echo "The setup script $1 is larger than 16 MiB" >&2
        return 1
    }
    chmod 755 "$2"
    note_source "$2"
}
