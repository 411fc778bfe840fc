package io.jenkins.plugins.cvmfs.packaging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The GitLab template, as a runner reads it. */
public final class GitlabTemplate {
    static final String JOB = ".cvmfs-derived-image";
    static final Path FILE = Path.of("packaging/gitlab/cvmfs-derived-image.yml");

    private static final Pattern VARIABLE = Pattern.compile("\\$(\\w+)");

    private final JsonNode job;

    private GitlabTemplate(JsonNode job) {
        this.job = job;
    }

    /** The job of the template in this repository. */
    public static GitlabTemplate read() throws IOException {
        return new GitlabTemplate(
                new YAMLMapper().readTree(Files.readString(FILE)).path(JOB));
    }

    JsonNode job() {
        return job;
    }

    /** What a job that extends it may change. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        job.path("variables").fieldNames().forEachRemaining(names::add);
        return names;
    }

    /**
     * The variables of a job, each with the others in it.
     *
     * @param given those of GitLab and of the job that extends the template
     */
    public Map<String, String> variables(Map<String, String> given) {
        Map<String, String> all = new LinkedHashMap<>();
        job.path("variables")
                .properties()
                .forEach(variable ->
                        all.put(variable.getKey(), variable.getValue().asText()));
        all.putAll(given);
        all.replaceAll((name, text) -> VARIABLE.matcher(text)
                .replaceAll(use -> Matcher.quoteReplacement(given.getOrDefault(use.group(1), ""))));
        return all;
    }

    /** A runner makes one script of the lines, which ends with the first that fails. */
    public String script() {
        StringBuilder script = new StringBuilder("set -e\n");
        job.path("script").forEach(line -> script.append(line.asText()).append('\n'));
        return script.toString();
    }

    /** The files that GitLab keeps. */
    public List<String> artifacts() {
        List<String> paths = new ArrayList<>();
        job.path("artifacts").path("paths").forEach(path -> paths.add(path.asText()));
        return paths;
    }
}
