// Jobs with images, as they are after some weeks: run on a controller's script console by bin/screenshots.
import com.cloudbees.hudson.plugins.folder.Folder
import hudson.model.FreeStyleProject
import hudson.model.ListView
import hudson.model.Result
import hudson.views.ListViewColumn
import io.jenkins.plugins.cvmfs.CvmfsDerivedImageBuilder
import io.jenkins.plugins.cvmfs.CvmfsDerivedImageStep
import io.jenkins.plugins.cvmfs.engine.record.ImageRecord
import io.jenkins.plugins.cvmfs.engine.record.PromotionRecord
import io.jenkins.plugins.cvmfs.engine.record.TaggedImage
import io.jenkins.plugins.cvmfs.pages.DerivedImageAction
import io.jenkins.plugins.cvmfs.pages.DerivedImageColumn
import io.jenkins.plugins.cvmfs.pages.FailedImage
import io.jenkins.plugins.cvmfs.pages.JobImages
import jenkins.model.Jenkins
import org.jenkinsci.plugins.workflow.job.WorkflowJob

def jenkins = Jenkins.get()
def hex = { seed, length -> (1..length).collect { Integer.toHexString((seed * 31 + it * it * 7 + (it >> 2) * seed) & 15) }.join() }
def text = { object -> groovy.json.JsonOutput.toJson(object) }
jenkins.getItem('cvmfs-examples')?.delete()
def folder = jenkins.createProject(Folder, 'cvmfs-examples')

def job = { name, step ->
    def created = folder.createProject(FreeStyleProject, name)
    created.buildersList.add(new CvmfsDerivedImageBuilder(step))
    created.save()
    created
}
def record = { n ->
    def digest = 'sha256:' + hex(n, 64)
    def name = 'registry.example.org/cms/analysis'
    [schemaVersion: 1, strategy: 'buildx', builderDriver: 'docker-container',
     images: [[tag: "$name:1.$n".toString(), digest: digest, reference: "$name@$digest".toString()],
              [tag: "$name:nightly".toString(), digest: digest, reference: "$name@$digest".toString()]],
     digest: digest, imageId: 'sha256:' + hex(n + 3, 64), loaded: false, pushed: true,
     sizeInRegistry: 1_180_000_000 + n * 4_700_000 + (n % 5) * 21_000_000, platforms: ['linux/amd64'],
     mounts: 'cms.cern.ch oasis.opensciencegrid.org',
     repositories: [[name: 'cms.cern.ch', revision: 128_400 + n * 37, rootHash: hex(n, 40)],
                    [name: 'oasis.opensciencegrid.org', revision: 41_200 + n * 5, rootHash: hex(n + 1, 40)]],
     baseImages: [[name: 'registry.cern.ch/docker.io/library/almalinux:9', digest: 'sha256:' + hex(n >> 3, 64)]],
     inputs: [source: 'dockerfile', tags: ["$name:1.$n".toString(), "$name:nightly".toString()],
              mounts: 'cms.cern.ch oasis.opensciencegrid.org', insecure: true, dockerfile: 'images/analysis/Dockerfile',
              buildArgs: [CMSSW: "CMSSW_14_0_${n >> 2}".toString()]],
     startedAt: '2026-11-24T03:15:00Z', durationMillis: 412_000 + n * 3_000 + (n % 4) * 41_000,
     phases: [[phase: 'builder', millis: 4200 + n * 10], [phase: 'build', millis: 301_000 + n * 2_500 + (n % 4) * 38_000],
              [phase: 'test', millis: 12_400], [phase: 'publish', millis: 88_000 + n * 300], [phase: 'collect', millis: 2_300]],
     steps: [cached: 2, run: 3, slowest: [[step: '[3/6] RUN', millis: 281_000], [step: '[4/6] COPY', millis: 2_400]]]]
}
def step = { tags, map -> 
    def made = new CvmfsDerivedImageStep(tags)
    map.each { key, value -> made[key] = value }
    made
}
def run = { target, result, then ->
    target.buildersList.clear()
    def build = target.scheduleBuild2(0).get()
    build.@result = result
    then(build)
    build.save()
    new JobImages.Builds().onCompleted(build, hudson.model.TaskListener.NULL)
}

def analysis = step(['registry.example.org/cms/analysis:1.\${BUILD_NUMBER}', 'registry.example.org/cms/analysis:nightly'],
    [mounts: 'cms.cern.ch oasis.opensciencegrid.org', push: true, dockerfile: 'images/analysis/Dockerfile', buildArgs: ['CMSSW=CMSSW_14_0_6']])
def good = job('analysis', analysis)
def builders = good.buildersList.toList()
(1..24).each { n ->
    run(good, Result.SUCCESS) { build ->
        if (n == 24) {
            DerivedImageAction.warn(build, ['Warning: Dockerfile:1: base image almalinux:9 is not pinned, so the build is not reproducible. Fix: add its digest.'])
        }
        def made = ImageRecord.fromJson(text(record(n)))
        DerivedImageAction.add(build, 'example', made)
        if (n == 22) {
            def stable = new TaggedImage('registry.example.org/cms/analysis:stable', made.digest(), made.references()[0])
            DerivedImageAction.promoted(build, new PromotionRecord(1, made.references()[0], made.digest(), [stable], made.startedAt(), 900))
        }
        def folderOf = new File(build.artifactsDir, 'cvmfs-derived-image/example')
        folderOf.mkdirs()
        new File(folderOf, 'record.json').text = text(record(n))
        new File(folderOf, 'Dockerfile').text = '''FROM almalinux:9

ARG CMSSW
RUN dnf -y install attr && dnf clean all
# What the analysis needs of its release, without the rest of /cvmfs.
RUN --security=insecure mount_cvmfs \\
    && cp -a /cvmfs/cms.cern.ch/el9_amd64_gcc12/cms/cmssw/$CMSSW /opt/cmssw
COPY analysis /opt/analysis
ENTRYPOINT ["/opt/analysis/run"]
'''
    }
}
run(good, Result.FAILURE) { build ->
    DerivedImageAction.failed(build, new FailedImage(
        'Building registry.example.org/cms/analysis:1.25 failed: exit code 1',
        'The disk of the agent is full (no space left on device).',
        'Free space on the agent, or have the builder keep less of its cache (builder, gc).'))
}
builders.each { good.buildersList.add(it) }

def bad = job('broken', step(['registry.example.org/cms/tools:latest'],
    [mounts: 'cms.cern.ch', push: true, setup: 'cp -a /cvmfs/cms.cern.ch/common /opt/common\n', baseImage: 'almalinux:9']))
builders = bad.buildersList.toList()
run(bad, Result.FAILURE) { build ->
    DerivedImageAction.failed(build, new FailedImage(
        'Building registry.example.org/cms/tools:latest failed: cms.cern.ch could not be mounted.',
        'The proxy http://squid.example.org:3128 refused the connection (Connection refused), and no other is configured.',
        'Check the proxy under Manage Jenkins, System, CVMFS client, or add ;DIRECT behind it.'))
}
builders.each { bad.buildersList.add(it) }

// Several images in one run: one for two platforms, one that only the engine has, with a long name, and one that failed.
def several = job('several', step(['registry.example.org/cms/base:1'], [:]))
builders = several.buildersList.toList()
run(several, Result.UNSTABLE) { build ->
    def base = record(40)
    def name = 'registry.example.org/cms/base'
    base.images = [[tag: "$name:el9".toString(), digest: base.digest, reference: "$name@$base.digest".toString()]]
    base.platforms = ['linux/amd64', 'linux/arm64']
    base.manifests = [[platform: 'linux/amd64', digest: 'sha256:' + hex(51, 64)], [platform: 'linux/arm64', digest: 'sha256:' + hex(52, 64)]]
    base.imageId = null
    DerivedImageAction.add(build, 'base', ImageRecord.fromJson(text(base)))
    def loaded = record(41)
    def tag = 'gitlab-registry.cern.ch/cms-analysis/general/combine-container-images/with-a-long-name:feature-higgs-differential-unfolding-2026-11-29-0123456789abcdef'
    loaded.images = [[tag: tag]]
    ['digest', 'sizeInRegistry', 'builderDriver'].each { loaded.remove(it) }
    loaded += [strategy: 'commit', loaded: true, pushed: false, sizeInEngine: 4_812_000_000, mounts: 'all', repositories: [], phases: []]
    DerivedImageAction.add(build, 'loaded', ImageRecord.fromJson(text(loaded)))
    DerivedImageAction.failed(build, new FailedImage('Building registry.example.org/cms/gpu:el9 failed: exit code 1',
        'The registry registry.example.org returned 503 (Service Unavailable).', 'Retry once the registry has recovered.'))
    DerivedImageAction.warn(build, (1..4).collect { "Warning: Dockerfile:${it * 3}: mounts CVMFS in a RUN without --security=insecure; mount_cvmfs hides the failure. Fix: write RUN --security=insecure.".toString() })
}
builders.each { several.buildersList.add(it) }

def none = job('not-built-yet', step(['registry.example.org/cms/empty:1'], [:]))
run(none, Result.SUCCESS) { build -> DerivedImageAction.warn(build, ['Warning: Dockerfile:7: /cvmfs is copied as a whole. Fix: copy what the image needs.']) }
new File(none.rootDir, 'cvmfs-derived-images.json').text = '[]'

folder.createProject(WorkflowJob, 'pipeline')
def view = new ListView('Images', folder)
view.includeRegex = '.*'
view.columns.add(new DerivedImageColumn())
folder.addView(view)
folder.save()
println 'made'
