# shellcheck shell=bash
# base_image_up, base_image_pull_or_stand_in, base_image_push, base_image_down: what derived images are FROM.
# shellcheck source=bin/lib/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

BASE_IMAGE=${BASE_IMAGE:-}
BASE_IMAGE_ADDED=''
BASE_IMAGE_STAND_IN=cvmfs-stand-in-base:1
BASE_IMAGE_REAL=aperloff/cms-cvmfs-docker:latest
_base_image_sources=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../src/test/stand-in" && pwd)

# Makes the stand-in in the current engine, unless it is there; sets and exports BASE_IMAGE.
base_image_up() {
    _base_image_up || return 1
}

# The real one if the engine has it or can have it, else the stand-in.
base_image_pull_or_stand_in() {
    _base_image_pull || _base_image_up || return 1
}

# base_image_push REGISTRY: sets and exports BASE_IMAGE_REF, for builders that do not see the engine's images.
base_image_push() {
    local ref=$1/${BASE_IMAGE##*/} log
    if ! log=$(docker tag "$BASE_IMAGE" "$ref" 2>&1 && docker push -q "$ref" 2>&1); then
        docker rmi "$ref" >/dev/null 2>&1 || true
        rig_fail "cannot push the base image $BASE_IMAGE to $1" "$(tail -n 1 <<<"$log")" "see that the registry answers, and log in if it wants a password"
        return 1
    fi
    docker rmi "$ref" >/dev/null 2>&1 || true
    export BASE_IMAGE_REF=$ref
}

# Removes from the engine what base_image_up or the pull added to it.
base_image_down() {
    [ -z "$BASE_IMAGE_ADDED" ] || docker rmi "$BASE_IMAGE_ADDED" >/dev/null 2>&1 || true
    BASE_IMAGE_ADDED=''
}

_base_image_pull() {
    if ! docker image inspect "$BASE_IMAGE_REAL" >/dev/null 2>&1; then
        # The image is large and a pull may take long; whether the registry answers is known soon.
        if ! timeout 15 docker buildx imagetools inspect "$BASE_IMAGE_REAL" >/dev/null 2>&1 ||
            ! timeout "${BASE_IMAGE_PULL_SECONDS:-900}" docker pull -q "$BASE_IMAGE_REAL" >/dev/null 2>&1; then
            rig_say "base image: $BASE_IMAGE_REAL cannot be pulled here; a stand-in takes its place"
            return 1
        fi
        BASE_IMAGE_ADDED=$BASE_IMAGE_REAL
    fi
    export BASE_IMAGE=$BASE_IMAGE_REAL
    rig_say "base image: $BASE_IMAGE"
}

_base_image_up() {
    local sum tar log
    sum=$(cd "$_base_image_sources" && find . -type f ! -name '*.md' -exec sha256sum {} + | LC_ALL=C sort | sha256sum | cut -c1-16)
    export BASE_IMAGE=$BASE_IMAGE_STAND_IN
    if [ "$(docker image inspect --format '{{index .Config.Labels "cvmfs.stand-in"}}' "$BASE_IMAGE" 2>/dev/null)" = "$sum" ]; then
        return 0
    fi
    tar=$RIG_CACHE/base-image-$(uname -m)-$sum.tar.gz
    [ -s "$tar" ] || rig_locked _base_image_make "$tar" || return 1
    if ! log=$(docker import -c 'ENTRYPOINT ["/run.sh"]' -c 'WORKDIR /home/cmsusr' -c 'ENV GEOMETRY=1920x1080' \
        -c 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' -c "LABEL cvmfs.stand-in=$sum" "$tar" "$BASE_IMAGE" 2>&1); then
        rig_fail "cannot import the stand-in base image" "$(tail -n 1 <<<"$log")" "remove $tar if it is damaged; see that the engine answers and its disk is not full"
        return 1
    fi
    BASE_IMAGE_ADDED=$BASE_IMAGE
    rig_say "base image: $BASE_IMAGE (stand-in)"
}

_base_image_make() {
    local rc
    [ ! -s "$1" ] || return 0
    _base_image_fill "$1" "$RIG_CACHE/base-image.work"
    rc=$?
    rm -rf --one-file-system "$RIG_CACHE/base-image.work"
    return "$rc"
}

_base_image_fill() {
    local tar=$1 base work=$2
    umask 022
    rig_apt "the stand-in base image (the real one cannot be pulled)" || return 1
    base=$RIG_CACHE/base-system-$(rig_codename)-$(dpkg --print-architecture).tar
    rm -rf --one-file-system "$work"
    mkdir -p "$work" || return 1
    [ -s "$base" ] || _base_image_bootstrap "$base" "$work" || return 1
    rm -rf --one-file-system "$work" && mkdir -p "$work/root"
    if ! {
        tar -C "$work/root" --numeric-owner -xf "$base" &&
            cp -R "$_base_image_sources/rootfs/." "$work/root/" &&
            chown -R 0:0 "$work/root/etc" "$work/root/home" &&
            cp -R "$_base_image_sources/repositories" "$_base_image_sources/install.sh" "$work/root/tmp/" &&
            chroot "$work/root" /bin/bash /tmp/install.sh &&
            tar -C "$work/root" --numeric-owner --sort=name -cf - . | gzip -1 >"$work/tar" && mv "$work/tar" "$tar"
    } >"$work/log" 2>&1; then
        rig_fail "cannot make the stand-in base image" "$(tail -n 1 "$work/log")" \
            "XDG_CACHE_HOME must be on a disk that keeps extended attributes and device nodes and has 600 MB free"
        return 1
    fi
    find "$RIG_CACHE" -maxdepth 1 -name 'base-image-*.tar.gz' ! -path "$tar" -delete
}

_base_image_bootstrap() {
    local tar=$1 work=$2 codename sources mirror keyring components=main bootstrap isolate=()
    codename=$(rig_codename)
    mkdir -p "$work/sources" "$work/tools"
    rig_sources "$codename" "$codename" "$work/sources"
    sources=$(cat "$work"/sources/* 2>/dev/null)
    mirror=$(sed -nE 's/^URIs:[ \t]*([^ \t]+).*/\1/p; s/^deb[ \t]+(\[[^]]*\][ \t]+)?([^ \t]+).*/\2/p' <<<"$sources" | head -n 1)
    keyring=$(sed -nE 's/^Signed-By:[ \t]*(\/[^ \t]+).*/\1/p; s/.*signed-by=(\/[^] \t,]+).*/\1/p' <<<"$sources" | head -n 1)
    if grep -q '^ID=ubuntu' /etc/os-release; then components=main,universe; fi
    bootstrap=$(command -v debootstrap)
    if [ -z "$bootstrap" ]; then
        rig_unpack_own "$work/tools" debootstrap || { rig_fail "cannot get debootstrap" "$RIG_WHY" "run: apt-get install debootstrap"; return 1; }
        bootstrap=$work/tools/usr/sbin/debootstrap
        export DEBOOTSTRAP_DIR=$work/tools/usr/share/debootstrap
    fi
    command -v wget >/dev/null || rig_install wget || return 1
    # A namespace of its own: what a killed debootstrap had mounted goes with it.
    if unshare -m true 2>/dev/null; then isolate=(unshare -m); fi
    rig_say "base image: making a small $codename system, about a minute"
    if ! "${isolate[@]}" "$bootstrap" --variant=minbase --components="$components" ${keyring:+--keyring="$keyring"} \
        --include=squashfuse,fuse3,squashfs-tools,attr,wget,ca-certificates "$codename" "$work/root" "$mirror" >"$work/log" 2>&1; then
        rig_fail "cannot make the base system of the stand-in image" "debootstrap: $(tail -n 1 "$work/log")" \
            "see that ${mirror:-the mirror in /etc/apt} answers; or give an engine that can pull $BASE_IMAGE_REAL"
        return 1
    fi
    rm -rf "$work"/root/{var/cache/apt/archives,var/lib/apt/lists,var/log,usr/share/doc,usr/share/man,usr/share/locale,usr/share/info,debootstrap}
    mkdir -p "$work/root/var/cache/apt/archives/partial" "$work/root/var/lib/apt/lists/partial" "$work/root/var/log"
    rm -f "$work/root/etc/resolv.conf" "$work/root/etc/hostname"
    tar -C "$work/root" --numeric-owner -cf "$work/tar" . && mv "$work/tar" "$tar"
}
