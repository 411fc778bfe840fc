# shellcheck shell=bash
# java_up: a JDK from 17 on and Maven, from the machine's own packages where they are missing.
# shellcheck source=bin/lib/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

java_up() {
    local packages=() jdk=openjdk-17-jdk-headless version
    version=$(javac -version 2>&1) || version=''
    version=${version#javac }
    if [ "${version%%.*}" -ge 17 ] 2>/dev/null && command -v mvn >/dev/null; then return 0; fi
    rig_apt "JDK 17 and Maven" || return 1
    rig_candidate "$jdk" || rig_update
    rig_candidate "$jdk" || jdk=default-jdk-headless
    [ "${version%%.*}" -ge 17 ] 2>/dev/null || packages+=("$jdk")
    command -v mvn >/dev/null || packages+=(maven)
    rig_say "installing ${packages[*]}"
    rig_install "${packages[@]}"
}
