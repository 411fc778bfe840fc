# Checks the versions that options need from buildx, the engine or BuildKit. Versions are queried once and kept in the
# user's state directory. Only an answer that would refuse the build is queried again, so a build that may run starts no
# process.
gates=''

# needs buildx|engine|BuildKit VERSION OPTION INSTEAD
needs() {
    find_engine
    # An answer belongs to the docker command, or the buildkitd, that was queried.
    of=$(command -v docker) || of=docker
    case $1:$kind in
        buildx:*) there=buildx ;;
        engine:docker) there=engine-${other_engine:-default} ;;
        BuildKit:docker) there=buildkit-${other_engine:-default} ;;
        BuildKit:existing) there=buildkit-$builder ;;
        *)
            # A builder that is created runs the BuildKit of its image, but an existing buildkitd can have any version.
            [ "$1:$driver" = BuildKit:remote ] || return 0
            if [ -n "$pool$base" ]; then
                take_builder
                gates="$gates$2|$3|$4|"
            fi
            there=buildkit-remote${base:+-${builder##*-}}
            of="$endpoint$nodes"
            ;;
    esac
    version=''
    asked=''
    { IFS= read -r version && IFS= read -r asked; } 2>/dev/null <"$state/version-$there" || :
    [ "$asked" = "$of" ] || version=''
    [ "$version" != unknown ] || return 0
    if older "${version:-0}" "$2"; then
        phase builder
        case $there in buildkit-remote*) connect ;; esac
        version=$(version_of "$1" 2>/dev/null) || version=''
        # If no version is reported, for example by a builder that does not run yet, docker decides.
        case $version in '' | *[!0-9.]*) return 0 ;; esac
        # The same for one that was built without a version, as distributions do.
        [ "$version" != 0.0.0 ] || version=unknown
        { mkdir -p "$state" && printf '%s\n' "$version" "$of" >"$state/version-$there.$$" &&
            mv "$state/version-$there.$$" "$state/version-$there"; } 2>/dev/null || :
        if [ "$version" != unknown ] && older "$version" "$2"; then
            echo "ERROR: $3 needs $1 $2 or later, and this is $1 $version; $4." >&2
            exit 1
        fi
    fi
}

# Another of several buildkitds may be older than the one that was queried first.
needs_again() {
    again=$gates
    gates=''
    while [ -n "$again" ]; do
        needed=${again%%|*}
        again=${again#*|}
        by=${again%%|*}
        again=${again#*|}
        instead=${again%%|*}
        again=${again#*|}
        needs BuildKit "$needed" "$by" "$instead"
    done
}

# A builder that connects to a remote buildkitd queries it.
connect() {
    take_builder
    if [ "$kind" = ephemeral ]; then
        [ -n "$is_made" ] || make_builder
    elif ! builder_is_there; then
        make_builder
    fi
}

version_of() {
    case $1 in
        buildx) docker buildx version | sed -n 's/^[^ ]* v\{0,1\}\([0-9][0-9.]*[0-9]\).*/\1/p' ;;
        engine)
            docker version --format='{{.Server.Version}}' | sed -n 's/^\([0-9][0-9.]*[0-9]\).*/\1/p'
            ;;
        *)
            asked=$builder
            [ "$kind" != docker ] || asked=$context
            docker buildx inspect "$asked" |
                sed -n 's/^Build[Kk]it\( version\)\{0,1\}: *v\([0-9][0-9.]*[0-9]\).*/\2/p' | head -n 1
            ;;
    esac
}

# Whether a version of dot-separated numbers is older than another.
older() {
    these=$1.
    those=$2.
    while [ -n "$those" ]; do
        this=${these%%.*}
        that=${those%%.*}
        these=${these#*.}
        those=${those#*.}
        [ "${this:-0}" -ge "$that" ] || return 0
        [ "${this:-0}" -eq "$that" ] || return 1
    done
    return 1
}
