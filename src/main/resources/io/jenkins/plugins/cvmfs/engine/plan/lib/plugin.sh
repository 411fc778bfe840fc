# docker starts its plugin buildx twice for each command, which takes 0.1 s. buildx is also a command of its own, so a
# build starts the plugin that docker would start. It does not if docker is not docker's own program, may do more than
# whoever calls it, or connects to another machine.
plugin=''
searched=''

find_plugin() {
    [ -z "$searched" ] || return 0
    searched=yes
    case ${DOCKER_HOST:-unix://} in unix://*) ;; *) return 0 ;; esac
    program=$(command -v docker) && [ -f "$program" ] || return 0
    if [ -L "$program" ] || [ -u "$program" ] || [ -g "$program" ]; then
        return 0
    fi
    found=$(first_plugin)
    [ -f "$found" ] && [ -x "$found" ] || return 0
    # A script in the place of either may do something else as well.
    elf=$(printf '\177ELF')
    case $(head -c 4 -- "$program" "$found") in
        *"$elf"*"$elf"*) plugin=$found ;;
    esac
}

# The first file with the plugin's name in the directories that docker searches, in its order.
first_plugin() {
    settings=${DOCKER_CONFIG:-${HOME-}/.docker}
    dirs='s/.*"cliPluginsExtraDirs" *: *\[\([^]]*\)\].*/\1/p'
    extra=$({ sed -n "H;\${x;y/\n/ /;$dirs;}" <"$settings/config.json"; } 2>/dev/null) || :
    case $extra in *\\*) return ;; esac
    set -f
    IFS='"'
    # shellcheck disable=SC2086
    for each in $extra "$settings/cli-plugins" /usr/local/lib/docker/cli-plugins /usr/local/libexec/docker/cli-plugins \
        /usr/lib/docker/cli-plugins /usr/libexec/docker/cli-plugins; do
        case $each in
            /*)
                if [ -e "$each/docker-buildx" ]; then
                    echo "$each/docker-buildx"
                    return
                fi
                ;;
            *[!\ ,]*) return ;;
        esac
    done
}
