// Job DSL: a freestyle job that builds an image from a setup script and prints what it built.
job('cms-analysis-image') {
    label('cvmfs')
    steps {
        cvmfsDerivedImage {
            image {
                tags(['registry.example.org/cms/analysis:${BUILD_NUMBER}'])
                mounts('cms.cern.ch')
                setupFile('setup.sh')
                push(true)
            }
        }
        shell('echo "Built $CVMFS_IMAGE_REFERENCE"')
    }
}
