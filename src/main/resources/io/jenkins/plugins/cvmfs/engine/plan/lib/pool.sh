# Buildkitds that run elsewhere. With curl they are tried before the build, which takes a few hundredths of a second;
# without it, buildx needs twenty seconds to notice that one is away, and does not say why.
#
# Of several, each image has its own order, and the first that answers builds it, so its cache is there the next time. A
# script lists them as KEY=ENDPOINT, where KEY ends the name of the builder.
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
        away "$cause${pool:+; the next one is tried}"
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
                code=7
                return 1
            elif [ ! -w "$address" ]; then
                # A buildkitd that has just begun gives its socket to its group a moment later.
                cause="permission denied for user $(id -u)"
                code=7
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
    connects "$@"
    case $code:$encrypted in
        # With TLS 1.3 a buildkitd reads the client's certificate after the handshake, and then closes the connection.
        # The older version says why.
        16:yes | 55:yes | 56:yes)
            told=$(cause_of "$code")
            connects --tls-max 1.2 "$@"
            cause=$(cause_of "$code")
            case $cause in
                *alert*)
                    cause=${cause##*:}
                    cause="it does not accept the client's certificate: ${cause# }"
                    ;;
                *) cause=$told ;;
            esac
            return 1
            ;;
        # One without TLS has sent something, if it was greeted as it expects.
        52:)
            connects --http2-prior-knowledge "$@"
            case $code in
                16 | 18 | 52 | 55 | 56)
                    cause='it closes a connection without TLS, so it may need certificates'
                    return 1
                    ;;
            esac
            ;;
        5:* | 6:* | 7:* | 28:* | 35:* | 51:* | 53:* | 58:* | 59:* | 60:* | 66:* | 77:* | 8[023]:* | 9[01]:*)
            cause=$(cause_of "$code")
            return 1
            ;;
    esac
}

connects() {
    ask curl -q --silent --show-error --output /dev/null --noproxy '*' --connect-timeout 3 --max-time 5 \
        "$@" 2>"$dir/asked" || :
}

# What curl said.
cause_of() {
    IFS= read -r said <"$dir/asked" || :
    said=${said#curl: \(*\) }
    echo "${said:-curl ended with exit code $1}"
}

# A single buildkitd. It may have been started at the same time as the agent, so a few seconds are waited for it.
must_answer() {
    [ -z "$nodes" ] || return 0
    for pause in ${CVMFS_DERIVED_IMAGE_WAITS:-1 1 1 1} ''; do
        ! answers || return 0
        case $code in 5 | 6 | 7) ;; *) break ;; esac
        [ -z "$pause" ] || run sleep "$pause"
    done
    phase builder
    echo "ERROR: the buildkitd at $endpoint cannot be reached: $cause." >&2
    exit 1
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
