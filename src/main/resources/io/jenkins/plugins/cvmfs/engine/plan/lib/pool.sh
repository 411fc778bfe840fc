# Several buildkitds. Each image has its own order of them, and the first that answers builds it, so its cache is there
# the next time. A script lists them as KEY=ENDPOINT, where KEY ends the name of the builder. With curl they are tried
# before the build, which takes a few hundredths of a second; without it, buildx needs twenty seconds to notice.
pool=''
base=''
encrypted=''
servername=''
asked_first=''
lost=''
absent=''

# ask COMMAND...: runs curl; a script with a client certificate redefines it.
ask() {
    run "$@"
}

# Selects the next one that answers. The second part of a script pushes from the one that built the image in the first.
next_endpoint() {
    base=${base:-$builder}
    before=$(result endpoint) || before=''
    case " $pool " in
        *"=$before "*)
            ahead=" $pool "
            behind=${ahead#*"=$before "}
            ahead=${ahead%%"=$before "*}
            pool="${ahead##* }=$before${ahead% *} $behind"
            pool=${pool% }
            ;;
    esac
    while [ -n "$pool" ]; do
        each=${pool%% *}
        pool=${pool#"$each"}
        pool=${pool# }
        endpoint=${each#*=}
        builder=$base-${each%%=*}
        is_made=''
        if answers; then
            printf '%s\n' "$endpoint" >"$dir/results/endpoint"
            echo "Building at $endpoint." >&2
            return 0
        fi
        away "$cause; the next one is tried"
    done
    phase builder
    echo "ERROR: none of the builder's endpoints can be reached:$absent" >&2
    exit 1
}

away() {
    absent="$absent
  $endpoint: $cause"
    echo "Warning: the buildkitd at $endpoint cannot be reached: $1." >&2
}

# Whether the endpoint answers; sets cause if not. Only the connection matters, with TLS if there are certificates, not
# what curl says about HTTP.
answers() {
    cause=''
    asked_first=''
    address=${endpoint#*://}
    case $endpoint in
        unix://*)
            if [ ! -S "$address" ]; then
                cause='there is no such socket'
                return 1
            fi
            set -- --unix-socket "$address" http://localhost
            ;;
        *)
            host=${address%:*}
            set -- --connect-to "::$address" "http${encrypted:+s}://${servername:-$host}:${address##*:}"
            ;;
    esac
    command -v curl >/dev/null || return 0
    asked_first=yes
    ask curl -q --silent --show-error --output /dev/null --noproxy '*' --connect-timeout 3 --max-time 5 \
        "$@" 2>"$dir/asked" || :
    case $code:$encrypted in
        5:* | 6:* | 7:* | 28:* | 35:* | 51:* | 53:* | 58:* | 59:* | 60:* | 66:* | 77:* | 8[023]:* | 9[01]:* | 56:yes)
            IFS= read -r cause <"$dir/asked" || :
            cause=${cause#curl: \(*\) }
            cause=${cause:-curl ended with exit code $code}
            return 1
            ;;
    esac
}

# Whether another buildkitd must repeat a failed build, because its own no longer runs. A build that kills buildkitd
# must not kill all of them: after the second that had answered before, it stays failed.
moves_on() {
    if command -v curl >/dev/null; then
        had_answered=$asked_first
        ! answers || return 1
    else
        had_answered=''
        ! docker buildx inspect "$builder" 2>/dev/null <&3 | grep -q '^Status: *running' || return 1
        cause='docker buildx inspect says that it does not run'
    fi
    if [ -n "$lost" ]; then
        away "$cause; this build has lost two of them and is not tried again"
        exit "$failed"
    fi
    lost=$had_answered
    away "$cause; the image is built by the next one"
    next_endpoint
    instance=${instance%/*}/$builder
}
