# shellcheck shell=bash
alias ll='ls -l'

wanted=${CVMFS_MOUNTS,,}
case ${wanted// /} in
'' | none)
    echo "Not necessary to check the CVMFS mounts points."
    ;;
*)
    echo -n "Checking CVMFS mounts ... "
    # shellcheck disable=SC2086
    if cvmfs_config probe $CVMFS_MOUNTS >/dev/null; then
        echo DONE
    else
        echo "DONE, and not all are there. Mounting again."
        # shellcheck source=src/test/stand-in/rootfs/mount_cvmfs.sh
        . /mount_cvmfs.sh
        mount_cvmfs
    fi
    ;;
esac
unset wanted

for setup in /cvmfs/cms.cern.ch/cmsset_default.sh \
    /cvmfs/oasis.opensciencegrid.org/mis/osg-wn-client/3.6/current/el7-x86_64/setup.sh; do
    if [ -f "$setup" ]; then
        # shellcheck disable=SC1090
        . "$setup"
    else
        echo "Unable to source $setup"
    fi
done
unset setup
export XrdSecGSISRVNAMES=cmseos.fnal.gov
