# take_settings DIRECTORY [settings FILE TEXT]...: the settings come as words where there is no file to bind. Says how
# many words it took.
take_settings() {
    client=$1
    taken=0
    shift
    while [ "${1-}" = settings ]; do
        mkdir -p "$client/config.d"
        printf '%s\n' "$3" >"$client/$2"
        shift 3
        taken=$((taken + 3))
    done
}
