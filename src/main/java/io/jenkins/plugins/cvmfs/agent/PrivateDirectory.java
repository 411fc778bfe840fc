package io.jenkins.plugins.cvmfs.agent;

import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.cvmfs.engine.plan.PlannedFile;
import io.jenkins.plugins.cvmfs.engine.plan.ResultFile;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jenkins.agents.ControllerToAgentFileCallable;

/** A build's private directory on the agent: what fills it and what reads it, one call over the channel each. */
final class PrivateDirectory {
    private static final String DOCKER = "docker";

    private PrivateDirectory() {}

    private static FileAttribute<Set<PosixFilePermission>> mode(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }

    /**
     * Makes the directory with the plan's files, the secrets and the docker configuration.
     *
     * @param files the plan's files
     * @param secrets contents by path, for the user alone
     * @param auths Base64 of {@code user:password} by registry
     * @param variables the environment in which the build's commands run
     */
    record Fill(
            ArrayList<PlannedFile> files,
            HashMap<String, byte[]> secrets,
            HashMap<String, String> auths,
            HashMap<String, String> variables)
            implements ControllerToAgentFileCallable<HashMap<String, String>> {
        @Override
        public HashMap<String, String> invoke(File directory, VirtualChannel channel) throws IOException {
            Path root = directory.toPath();
            Files.createDirectories(root.getParent());
            Files.createDirectory(root, mode("rwx------"));
            for (PlannedFile file : files) {
                Path path = root.resolve(file.path());
                Files.createDirectories(path.getParent());
                Files.createFile(path, mode("rw-------"));
                Files.writeString(path, file.content(), StandardCharsets.UTF_8);
                Files.setPosixFilePermissions(
                        path, PosixFilePermissions.fromString(file.executable() ? "rwxr-xr-x" : "rw-r--r--"));
            }
            for (Map.Entry<String, byte[]> secret : secrets.entrySet()) {
                Path path = root.resolve(secret.getKey());
                Files.createDirectories(path.getParent());
                Files.createFile(path, mode("rw-------"));
                Files.write(path, secret.getValue());
            }
            return new HashMap<>(new DockerConfig(variables).write(root.resolve(DOCKER), auths));
        }
    }

    /** Reads what the script has left. */
    record Results() implements ControllerToAgentFileCallable<EnumMap<ResultFile, String>> {
        @Override
        public EnumMap<ResultFile, String> invoke(File directory, VirtualChannel channel) throws IOException {
            EnumMap<ResultFile, String> results = new EnumMap<>(ResultFile.class);
            for (ResultFile file : List.of(ResultFile.values())) {
                Path path = directory.toPath().resolve(file.path());
                if (Files.isRegularFile(path)) {
                    results.put(file, Files.readString(path, StandardCharsets.UTF_8));
                }
            }
            return results;
        }
    }
}
