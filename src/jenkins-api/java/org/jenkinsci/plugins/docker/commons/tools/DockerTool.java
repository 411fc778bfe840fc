package org.jenkinsci.plugins.docker.commons.tools;

import hudson.model.Node;
import hudson.model.TaskListener;
import hudson.tools.ToolDescriptor;
import hudson.tools.ToolInstallation;
import java.io.IOException;

/** Of org.jenkins-ci.plugins:docker-commons. */
public class DockerTool extends ToolInstallation {
    @SuppressWarnings("deprecation")
    private DockerTool() {
        super(null, null);
    }

    public DockerTool forNode(Node node, TaskListener taskListener) throws IOException, InterruptedException {
        throw new UnsupportedOperationException();
    }

    public static class DescriptorImpl extends ToolDescriptor<DockerTool> {
        public DockerTool[] getInstallations() {
            throw new UnsupportedOperationException();
        }
    }
}
