# shellcheck shell=sh
# Sets up the (stand-in) software of cms.cern.ch.
export CMS_PATH=/cvmfs/cms.cern.ch VO_CMS_SW_DIR=/cvmfs/cms.cern.ch SCRAM_ARCH="${SCRAM_ARCH:-el9_amd64_gcc12}"
case :$PATH: in
*:/cvmfs/cms.cern.ch/common:*) ;;
*) export PATH="/cvmfs/cms.cern.ch/common:$PATH" ;;
esac
