# Several buildkitds. Each image has an order of its own, and the first that answers builds it, so its cache is there the
# next time. A script names them as KEY=ENDPOINT, with what the name of the builder ends with. With curl they are asked
# beforehand, which takes a few hundredths of a second; without it buildx finds out, after twenty seconds.
pool=''
base=''
encrypted=''
servername=''
asked_first=''
lost=''
absent=''

# ask COMMAND...: with the files of the client certificate, where a script has some.
ask() {
    run "$@"
}

# The next that answers. What was built in the first part of a script is pushed in the second from the same one.
next_endpoint() {
    base=${base:-$builder}
    before=''
    { IFS= read -r before || :; } 2>/dev/null <"$dir/results/endpoint" || :
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

# Whether it does, or else the cause. What curl says of HTTP does not matter, only whether it was connected, with TLS
# where there are certificates.
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

# Whether a build that failed is to be done again by another one, because its buildkitd is gone. A build that was its
# end is not given to all others: after the second that answered before, it stays failed.
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
