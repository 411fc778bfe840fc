package io.jenkins.plugins.cvmfs.harness;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.Descriptor;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.cvmfs.config.DerivedImageConfiguration;
import io.jenkins.plugins.cvmfs.config.InsecurePolicy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import jenkins.util.VirtualFile;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.JenkinsRule;

/** What several tests set up and look at. */
public final class Setting {
    private Setting() {}

    /** Lets every agent build insecurely. */
    public static void allowInsecure() {
        InsecurePolicy policy = new InsecurePolicy();
        policy.setAllowed(true);
        DerivedImageConfiguration.get().setPolicy(policy);
    }

    /** A user name and password. */
    public static void login(String id, String user, String password) throws IOException, Descriptor.FormException {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, id, null, user, password));
        SystemCredentialsProvider.getInstance().save();
    }

    /** A Pipeline that runs in the sandbox. */
    public static WorkflowJob pipeline(JenkinsRule jenkins, String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(definition(script));
        return job;
    }

    /** What such a Pipeline does. */
    public static CpsFlowDefinition definition(String script) throws Descriptor.FormException {
        return new CpsFlowDefinition(script, true);
    }

    /** Runs such a Pipeline to an end. */
    public static WorkflowRun run(JenkinsRule jenkins, Result result, String script) throws Exception {
        return jenkins.buildAndAssertStatus(result, pipeline(jenkins, script));
    }

    /** The text of the run's one artifact of that name. */
    public static String artifact(Run<?, ?> run, String name) throws IOException {
        VirtualFile root = run.getArtifactManager().root();
        String path = root.list("**/" + name, null, true).iterator().next();
        try (InputStream stream = root.child(path).open()) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
