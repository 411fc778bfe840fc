# shellcheck shell=sh
export OSG_LOCATION=/cvmfs/oasis.opensciencegrid.org/mis/osg-wn-client/3.6/current/el7-x86_64
