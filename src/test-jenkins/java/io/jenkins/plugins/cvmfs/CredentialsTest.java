package io.jenkins.plugins.cvmfs;

import io.jenkins.plugins.cvmfs.secrets.BuildSecret;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.CredentialsStore;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.Launcher;
import hudson.LauncherDecorator;
import hudson.Proc;
import hudson.model.FreeStyleProject;
import hudson.model.Node;
import hudson.model.Result;
import hudson.model.queue.QueueTaskFuture;
import hudson.slaves.EnvironmentVariablesNodeProperty;
import hudson.util.Secret;
import io.jenkins.plugins.cvmfs.config.DerivedImageConfiguration;
import io.jenkins.plugins.cvmfs.config.InsecurePolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jenkinsci.plugins.docker.commons.credentials.DockerServerCredentials;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Which credentials a build gets, and what a build that is refused runs. A script stands for docker. */
@WithJenkins
class CredentialsTest {
    private static final String DIGEST = "sha256:" + "d".repeat(64);
    private static final String STUB =
            """
            #!/bin/sh
            echo "$@" >>'%s/calls'
            for word do
                case $word in
                    --metadata-file=*) echo '{"containerimage.digest":"DIGEST"}' >"${word#*=}" ;;
                    --iidfile=*) echo DIGEST >"${word#*=}" ;;
                    --driver-opt=*=/*) cat "${word##*=}" >&2 ;;
                    --secret=*) cat "$(echo "$word" | sed 's/.*src=\\([^"]*\\).*/\\1/')" ;;
                esac
            done
            case $1 in image) echo '{"Id":"DIGEST"}' ;; esac
            if [ "$2" = build ]; then
                [ ! -e '%s/slow' ] || sleep 2
                cp "$(dirname "$DOCKER_CONFIG")/build.sh" '%s/script'
                cat "$DOCKER_CONFIG/config.json"
            fi
            """;

    @TempDir
    private Path root;

    private JenkinsRule jenkins;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        Path docker = Files.writeString(root.resolve("docker"), STUB.formatted(root, root, root).replace("DIGEST", DIGEST));
        Files.setPosixFilePermissions(docker, PosixFilePermissions.fromString("rwxr-xr-x"));
        InsecurePolicy policy = new InsecurePolicy();
        policy.setAllowed(true);
        policy.setBuiltInNode(true);
        DerivedImageConfiguration.get().setPolicy(policy);
        Processes.STARTED.clear();
    }

    private static Credentials login(CredentialsScope scope, String id, String password) throws Exception {
        return new UsernamePasswordCredentialsImpl(scope, id, "", "robot", password);
    }

    private Folder folder(String name, Credentials credentials) throws Exception {
        Folder folder = jenkins.createProject(Folder.class, name);
        for (CredentialsStore store : CredentialsProvider.lookupStores(folder)) {
            if (store.getContext() == folder) {
                store.addCredentials(Domain.global(), credentials);
            }
        }
        return folder;
    }

    private WorkflowJob job(Folder folder, String step) throws Exception {
        WorkflowJob job = folder == null ? jenkins.createProject(WorkflowJob.class, "job") : folder.createProject(WorkflowJob.class, "job");
        job.setDefinition(new CpsFlowDefinition(
                "node { writeFile file: 'Dockerfile', text: 'FROM scratch'\n withEnv(['PATH+STUB=" + root + "', 'XDG_STATE_HOME=" + root + "/state']) { " + step + " } }", true));
        return job;
    }

    private String refused(WorkflowJob job) throws Exception {
        WorkflowRun run = jenkins.buildAndAssertStatus(Result.FAILURE, job);
        assertThat(root.resolve("calls")).doesNotExist();
        assertThat(Processes.STARTED).isEmpty();
        return JenkinsRule.getLog(run);
    }

    private String built(WorkflowJob job) throws Exception {
        WorkflowRun run = jenkins.buildAndAssertSuccess(job);
        assertThat(root.resolve("calls")).isNotEmptyFile();
        assertThat(Processes.STARTED).isNotEmpty();
        return JenkinsRule.getLog(run);
    }

    @Test
    void aJobUsesTheCredentialsOfItsFolderAndOfNoOther() throws Exception {
        String push = "cvmfsDerivedImage tags: ['registry.example.org/a:1'], push: true, credentialsId: 'of-b'";
        Folder a = folder("a", login(CredentialsScope.GLOBAL, "of-a", "password-a"));
        Folder b = folder("b", login(CredentialsScope.GLOBAL, "of-b", "password-b"));

        assertThat(refused(job(a, push))).contains("There are no credentials with the ID 'of-b' for the registry "
                + "registry.example.org");
        assertThat(built(job(b, push))).doesNotContain("password-b").contains("\"registry.example.org\":{\"auth\":\"****\"}");
    }

    @Test
    void aBuildSecretMayComeFromTheJobsFolder() throws Exception {
        String build = "cvmfsDerivedImage tags: ['a'], secrets: [[id: 'x', credentialsId: 'of-b']]";
        Folder a = folder("a", new StringCredentialsImpl(CredentialsScope.GLOBAL, "of-a", "", Secret.fromString("text-a")));
        Folder b = folder("b", new StringCredentialsImpl(CredentialsScope.GLOBAL, "of-b", "", Secret.fromString("text-b")));

        assertThat(refused(job(a, build))).contains("There are no credentials with the ID 'of-b' for the build "
                + "secret 'x'");
        assertThat(built(job(b, build))).contains("****").doesNotContain("text-b");
    }

    @Test
    void aSystemScopedCredentialIsForNoJob() throws Exception {
        SystemCredentialsProvider.getInstance().getCredentials().add(login(CredentialsScope.SYSTEM, "system", "password"));
        SystemCredentialsProvider.getInstance().save();

        assertThat(refused(job(null, "cvmfsDerivedImage tags: ['registry.example.org/a:1'], push: true, "
                + "credentialsId: 'system'")))
                .contains("There are no credentials with the ID 'system'", "not those of scope System");
    }

    @Test
    void everyPartOfALoginIsASecret() throws Exception {
        SystemCredentialsProvider.getInstance().getCredentials().add(login(CredentialsScope.GLOBAL, "login", "correct-horse"));
        SystemCredentialsProvider.getInstance().save();

        String log = built(job(null, "cvmfsDerivedImage tags: ['a'], secrets: [[id: 'x', credentialsId: 'login']]"));
        assertThat(Files.readString(root.resolve("calls"))).contains("--secret=id=x,", "--secret=id=x.username,", "--secret=id=x.password,");
        assertThat(log).doesNotContain("correct-horse");
    }

    /** It is a secret of the build for one host; what a RUN would print of it, the log hides. */
    @Test
    void theLoginOfAGitContextIsSeenNowhere() throws Exception {
        SystemCredentialsProvider.getInstance().getCredentials().add(login(CredentialsScope.GLOBAL, "login", "correct-horse"));
        SystemCredentialsProvider.getInstance().save();
        WorkflowJob job = job(null, "cvmfsDerivedImage tags: ['a'], insecure: false, buildRecord: true, "
                + "context: 'https://git.example.org/cms/a.git#main', gitCredentialsId: 'login'");

        String log = built(job);
        String header = Base64.getEncoder().encodeToString("robot:correct-horse".getBytes(StandardCharsets.UTF_8));
        String calls = Files.readString(root.resolve("calls"));
        assertThat(calls).contains("--secret=id=GIT_AUTH_HEADER.git.example.org,", " -- https://git.example.org/cms/a.git#main");
        assertThat(log).as("what the stub printed of the secret").contains("****");
        assertThat(log + calls + Files.readString(root.resolve("script"))).doesNotContain("correct-horse", header);
        assertThat(filesWith(job.getRootDir().toPath(), "correct-horse", header)).isEmpty();
        assertThat(filesWith(jenkins.jenkins.getRootDir().toPath().resolve("workspace"), "correct-horse", header)).isEmpty();
    }

    @Test
    void aGitContextWithAPasswordIsRefusedAndNotShown() throws Exception {
        assertThat(refused(job(null, "cvmfsDerivedImage tags: ['a'], insecure: false, context: 'https://robot:correct-horse@git.example.org/a.git'")))
                .contains("'https://****@git.example.org/a.git'", "gitCredentialsId")
                .doesNotContain("correct-horse");
    }

    private static void allowBuilders() {
        InsecurePolicy policy = DerivedImageConfiguration.get().getPolicy();
        policy.setBuilderSettings(true);
        DerivedImageConfiguration.get().setPolicy(policy);
    }

    private void executable(String name, String script) throws Exception {
        Files.setPosixFilePermissions(
                Files.writeString(root.resolve(name), script), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** With one endpoint or several, docker and what asks for an answer get the same files. */
    @ParameterizedTest
    @ValueSource(strings = {"'tcp://a:1'", "['tcp://a:1', 'tcp://b:1']"})
    void theClientCertificateOfABuilderIsThereForOneBuild(String endpoint) throws Exception {
        allowBuilders();
        executable("curl", "#!/bin/sh\necho \"$@\" >>'" + root + "/asked'\n");
        SystemCredentialsProvider.getInstance().getCredentials().add(new DockerServerCredentials(
                CredentialsScope.GLOBAL, "tls", "", Secret.fromString("the key itself"), "the certificate itself", "the authority itself"));
        SystemCredentialsProvider.getInstance().save();

        String log = built(job(null, "cvmfsDerivedImage tags: ['a'], builder: [driver: 'remote', endpoint: "
                + endpoint + ", credentialsId: 'tls']"));
        assertThat(Files.readAllLines(root.resolve("calls")))
                .anyMatch(call -> call.matches(
                        "buildx create .*--driver=remote --driver-opt=cacert=.+ --driver-opt=cert=.+ "
                                + "--driver-opt=key=.+ -- tcp://[ab]:1"))
                .anyMatch(call -> call.matches("buildx rm --force cvmfs-derived-image-\\S+"));
        assertThat(Files.readAllLines(root.resolve("asked")))
                .singleElement()
                .asString()
                .matches(".* https://[ab]:1 --cacert .+ --cert .+ --key .+")
                .doesNotContain("the key itself");
        assertThat(Files.readString(root.resolve("script"))).doesNotContain("the key itself");
        assertThat(log).contains("the authority itself", "the certificate itself", "****").doesNotContain("the key itself");
        assertThat(filesWith(jenkins.jenkins.getRootDir().toPath().resolve("workspace"), "the key itself")).isEmpty();
    }

    @Test
    void aClientCertificateHasItsOwnCredentialsType() throws Exception {
        allowBuilders();
        SystemCredentialsProvider.getInstance().getCredentials().add(login(CredentialsScope.GLOBAL, "login", "correct-horse"));
        SystemCredentialsProvider.getInstance().save();

        assertThat(refused(job(null, "cvmfsDerivedImage tags: ['a'], builder: [driver: 'remote', endpoint: "
                + "'tcp://a:1', credentialsId: 'login']")))
                .contains("The credentials 'login' of the builder's client certificate are of another type; "
                        + "expected an X.509 client certificate.");
    }

    @Test
    void theLogOfAFreestyleJobHidesThemToo() throws Exception {
        SystemCredentialsProvider.getInstance().getCredentials().add(login(CredentialsScope.GLOBAL, "login", "correct-horse"));
        SystemCredentialsProvider.getInstance().save();
        jenkins.jenkins.getGlobalNodeProperties().add(
                new EnvironmentVariablesNodeProperty(new EnvironmentVariablesNodeProperty.Entry("PATH+STUB", root.toString()),
                        new EnvironmentVariablesNodeProperty.Entry("XDG_STATE_HOME", root + "/state")));
        CvmfsDerivedImageStep step = new CvmfsDerivedImageStep(List.of("registry.example.org/a:1"));
        step.setSetup("true");
        step.setPush(true);
        step.setCredentialsId("login");
        step.setSecrets(List.of(new BuildSecret("x", "login")));
        FreeStyleProject project = jenkins.createFreeStyleProject();
        project.getBuildersList().add(new CvmfsDerivedImageBuilder(step));

        String log = JenkinsRule.getLog(jenkins.buildAndAssertSuccess(project));
        assertThat(log).contains("\"registry.example.org\":{\"auth\":\"****\"}").doesNotContain("correct-horse");
        assertThat(filesWith(project.getRootDir().toPath(), "correct-horse")).isEmpty();
    }

    @Test
    void aBuildThatIsRefusedRunsNothing() throws Exception {
        DerivedImageConfiguration.get().setPolicy(new InsecurePolicy());

        assertThat(refused(job(null, "cvmfsDerivedImage tags: ['a']")))
                .contains("Insecure builds are not allowed on this Jenkins (insecure policy: allowed). An "
                        + "administrator can change this");
    }

    @Test
    void aForeignFrontendIsRefused() throws Exception {
        WorkflowJob job = job(null, "writeFile file: 'Dockerfile', text: '# syntax=evil/front\\nFROM a'; "
                + "cvmfsDerivedImage tags: ['a']");
        assertThat(refused(job)).contains("The Dockerfile is read with the frontend 'evil/front'", "insecure policy: frontends");
    }

    @Test
    void nothingOfASecretIsSavedOrArchived() throws Exception {
        SystemCredentialsProvider.getInstance().getCredentials().add(login(CredentialsScope.GLOBAL, "login", "correct-horse"));
        SystemCredentialsProvider.getInstance().save();
        WorkflowJob job = job(null, "cvmfsDerivedImage tags: ['registry.example.org/a:1'], push: true, "
                + "credentialsId: 'login', "
                + "secrets: [[id: 'x', credentialsId: 'login']]");
        built(job);

        String auth = Base64.getEncoder().encodeToString("robot:correct-horse".getBytes(StandardCharsets.UTF_8));
        assertThat(filesWith(job.getRootDir().toPath(), "correct-horse", auth)).isEmpty();
        assertThat(filesWith(jenkins.jenkins.getRootDir().toPath().resolve("workspace"), "correct-horse", auth)).isEmpty();
        assertThat(filesWith(job.getRootDir().toPath(), "registry.example.org")).as("the search finds what is there").isNotEmpty();
    }

    /** What processes of the machine show of a password and a build secret while a build has them. */
    private List<String> shown(String more) throws Exception {
        String password = "password-" + UUID.randomUUID();
        String text = "text-" + UUID.randomUUID();
        SystemCredentialsProvider.getInstance().getCredentials().add(login(CredentialsScope.GLOBAL, "login", password));
        SystemCredentialsProvider.getInstance().getCredentials().add(new StringCredentialsImpl(CredentialsScope.GLOBAL, "text", "", Secret.fromString(text)));
        SystemCredentialsProvider.getInstance().save();
        Files.createFile(root.resolve("slow"));
        WorkflowJob job = job(null, "cvmfsDerivedImage tags: ['registry.example.org/a:1'], push: true, "
                + "credentialsId: 'login', "
                + "secrets: [[id: 'x', credentialsId: 'text']]" + more.replace("SECRET", text));
        List<String> secrets = List.of(password, text, Base64.getEncoder().encodeToString(("robot:" + password).getBytes(StandardCharsets.UTF_8)));
        Set<String> shown = new TreeSet<>();
        Set<String> seen = new TreeSet<>();
        QueueTaskFuture<WorkflowRun> run = job.scheduleBuild2(0);
        while (!run.isDone()) {
            try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
                for (Path process : processes) {
                    String command = words(process.resolve("cmdline"));
                    seen.add(command);
                    if (secrets.stream().anyMatch((command + words(process.resolve("environ")))::contains)) {
                        shown.add(command);
                    }
                }
            }
            Thread.sleep(2);
        }
        jenkins.assertBuildStatusSuccess(run.get());
        assertThat(seen).as("the build was seen").anyMatch(command -> command.contains("docker buildx build"));
        return List.copyOf(shown);
    }

    private static String words(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).replace('\0', ' ');
        } catch (IOException e) {
            // The process has ended.
            return "";
        }
    }

    @Test
    void noProcessShowsASecret() throws Exception {
        assertThat(shown("")).isEmpty();
    }

    @Test
    void aSecretOnACommandLineIsFound() throws Exception {
        assertThat(shown(", buildArgs: ['TOKEN=SECRET']")).anyMatch(command -> command.contains("docker buildx build"));
    }

    private static List<Path> filesWith(Path directory, String... texts) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> {
                        try {
                            String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                            return Stream.of(texts).anyMatch(content::contains);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    })
                    .toList();
        }
    }

    /** Counts what is started on any node. */
    @TestExtension
    public static final class Processes extends LauncherDecorator {
        static final List<List<String>> STARTED = new CopyOnWriteArrayList<>();

        @Override
        public Launcher decorate(Launcher launcher, Node node) {
            return new Launcher.DecoratedLauncher(launcher) {
                @Override
                public Proc launch(ProcStarter starter) throws IOException {
                    STARTED.add(starter.cmds());
                    return super.launch(starter);
                }
            };
        }
    }
}
