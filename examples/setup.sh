#!/bin/bash
# Creates a CMSSW release area from CVMFS.
set -e
source /cvmfs/cms.cern.ch/cmsset_default.sh
cd /home/cmsusr
scramv1 project CMSSW CMSSW_14_0_0
