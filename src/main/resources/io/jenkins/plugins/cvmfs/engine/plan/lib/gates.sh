# What an option needs that not every buildx, engine or BuildKit has. What there is, is asked once and kept in the
# user's state directory; only an answer that would refuse the build is asked for again, so what may run starts no
# process.

# needs buildx|engine|BuildKit VERSION OPTION INSTEAD
needs() {
    find_context
    # An answer is that of the docker command that was asked, or of the buildkitd.
    of=$(command -v docker) || of=docker
    case $1:$kind in
        buildx:*) there=buildx ;;
        engine:docker) there=engine-${other_engine:-default} ;;
        BuildKit:docker) there=buildkit-${other_engine:-default} ;;
        BuildKit:existing) there=buildkit-$builder ;;
        *)
            # A builder that is made has the BuildKit that its image says, but one that only connects has any.
            [ "$1:$driver" = BuildKit:remote ] || return 0
            there=buildkit-remote
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
        [ "$there" != buildkit-remote ] || connect
        version=$(version_of "$1" 2>/dev/null) || version=''
        # What tells no version, such as a builder that does not run yet, is left to docker.
        case $version in '' | *[!0-9.]*) return 0 ;; esac
        # So does one that was built without its number, as distributions do.
        [ "$version" != 0.0.0 ] || version=unknown
        { mkdir -p "$state" && printf '%s\n' "$version" "$of" >"$state/version-$there.$$" &&
            mv "$state/version-$there.$$" "$state/version-$there"; } 2>/dev/null || :
        if [ "$version" != unknown ] && older "$version" "$2"; then
            echo "ERROR: $3 needs $1 $2 or later, and this is $1 $version; $4." >&2
            exit 1
        fi
    fi
}

# A buildkitd that runs elsewhere is asked by a builder that connects to it.
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

# Whether a version is older than another one: numbers with dots between them.
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
