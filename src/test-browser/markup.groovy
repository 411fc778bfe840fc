// A job whose image has markup wherever a text is kept.
import groovy.json.JsonOutput
import io.jenkins.plugins.cvmfs.CvmfsDerivedImageBuilder
import io.jenkins.plugins.cvmfs.CvmfsDerivedImageStep
import io.jenkins.plugins.cvmfs.engine.record.ImageRecord
import io.jenkins.plugins.cvmfs.pages.DerivedImageAction
import io.jenkins.plugins.cvmfs.pages.FailedImage

def markup = new String('MARKUP'.decodeBase64(), 'UTF-8')
def jenkins = jenkins.model.Jenkins.get()
jenkins.getItem('cvmfs-browser-markup')?.delete()
def job = jenkins.createProject(hudson.model.FreeStyleProject, 'cvmfs-browser-markup')
def record = { number -> [
    schemaVersion: 1, strategy: 'buildx' + markup, builderDriver: 'docker' + markup,
    images: [[tag: 'tag' + markup, digest: 'digest' + markup, reference: 'reference' + markup + '@sha256:' + markup]],
    digest: 'first' + markup, mediaType: 'type' + markup, imageId: 'id' + markup, loaded: true, pushed: true,
    sizeInEngine: number, platforms: ['platform' + markup], mounts: 'mounts' + markup,
    repositories: [[name: 'repository' + markup, revision: number, rootHash: 'hash' + markup]],
    baseImages: [[name: 'base' + markup, digest: 'baseDigest' + number + markup]],
    inputs: [source: 'dockerfile', dockerfile: 'file' + number + markup],
    startedAt: 'start' + markup, durationMillis: number, phases: [[phase: 'phase' + markup, millis: number]]] }
def build = job.scheduleBuild2(0).get()
DerivedImageAction.add(build, 'a', ImageRecord.fromJson(JsonOutput.toJson(record(1))))
DerivedImageAction.add(build, 'b', ImageRecord.fromJson(JsonOutput.toJson(record(2))))
DerivedImageAction.failed(build, new FailedImage('what' + markup, 'why' + markup, 'fix' + markup))
DerivedImageAction.warn(build, ['warning' + markup])
def dockerfile = new File(build.artifactsDir, 'cvmfs-derived-image/a/Dockerfile')
dockerfile.parentFile.mkdirs()
dockerfile.text = 'FROM ' + markup
build.save()
def step = new CvmfsDerivedImageStep(['tag' + markup])
step.setup = 'setup' + markup
step.labels = ['label=' + markup]
step.network = 'network' + markup
job.buildersList.add(new CvmfsDerivedImageBuilder(step))
job.save()
