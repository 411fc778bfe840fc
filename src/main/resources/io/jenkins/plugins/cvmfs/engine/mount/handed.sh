# take_settings DIRECTORY [settings FILE TEXT]...: reads the settings from its arguments, if no file can be bound. Sets
# how many words it used.
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
