# What an option needs that not every buildx or BuildKit has. What there is, is asked once and kept in the user's state
# directory; only an answer that would refuse the build is asked for again, so what may run starts no process for this.

# needs buildx|BuildKit VERSION OPTION INSTEAD
needs() {
    find_context
    case $1:$kind in
        buildx:*) there=buildx ;;
        BuildKit:docker) there=buildkit-${other_engine:-default} ;;
        BuildKit:existing) there=buildkit-$builder ;;
        # A builder that is made has the BuildKit that its image says.
        *) return 0 ;;
    esac
    version=''
    { IFS= read -r version; } 2>/dev/null <"$state/version-$there" || :
    [ "$version" != unknown ] || return 0
    if older "${version:-0}" "$2"; then
        phase builder
        version=$(version_of "$1" 2>/dev/null) || version=''
        # What tells no version, such as a builder that does not run yet, is left to docker.
        case $version in '' | *[!0-9.]*) return 0 ;; esac
        # So does one that was built without its number, as distributions do.
        [ "$version" != 0.0.0 ] || version=unknown
        { mkdir -p "$state" && echo "$version" >"$state/version-$there.$$" &&
            mv "$state/version-$there.$$" "$state/version-$there"; } 2>/dev/null || :
        if [ "$version" != unknown ] && older "$version" "$2"; then
            echo "ERROR: $3 needs $1 $2 or later, and this is $1 $version; $4." >&2
            exit 1
        fi
    fi
}

version_of() {
    if [ "$1" = buildx ]; then
        docker buildx version | sed -n 's/^[^ ]* v\{0,1\}\([0-9][0-9.]*[0-9]\).*/\1/p'
    else
        of=$builder
        [ "$kind" != docker ] || of=$context
        docker buildx inspect "$of" |
            sed -n 's/^Build[Kk]it\( version\)\{0,1\}: *v\([0-9][0-9.]*[0-9]\).*/\2/p' | head -n 1
    fi
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
