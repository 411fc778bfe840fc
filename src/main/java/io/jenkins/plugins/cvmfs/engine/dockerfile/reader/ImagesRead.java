package io.jenkins.plugins.cvmfs.engine.dockerfile.reader;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The images that a build reads. */
final class ImagesRead {
    private static final String NOTHING = "scratch";

    /** Limit of images; no real build reads more. */
    private static final int MOST = 1000;

    /** The variables that BuildKit defines for every file. */
    private static final Map<String, String> PLATFORM = Map.ofEntries(
            Map.entry("TARGETPLATFORM", "linux/amd64"),
            Map.entry("TARGETOS", "linux"),
            Map.entry("TARGETOSVERSION", ""),
            Map.entry("TARGETARCH", "amd64"),
            Map.entry("TARGETVARIANT", ""),
            Map.entry("BUILDPLATFORM", "linux/amd64"),
            Map.entry("BUILDOS", "linux"),
            Map.entry("BUILDOSVERSION", ""),
            Map.entry("BUILDARCH", "amd64"),
            Map.entry("BUILDVARIANT", ""));

    private final Dockerfile file;
    private final Map<String, String> buildArgs;

    ImagesRead(Dockerfile file, Map<String, String> buildArgs) {
        this.file = file;
        this.buildArgs = buildArgs;
    }

    Map<String, String> globals() {
        Map<String, String> values = new HashMap<>(PLATFORM);
        values.replaceAll(buildArgs::getOrDefault);
        Map<String, String> globals = new HashMap<>();
        for (Instruction in : file.instructions()) {
            if (in.name().equals("from")) {
                break;
            }
            if (in.name().equals("arg")) {
                in.pairs().forEach((name, written) -> {
                    Optional<String> value = Optional.ofNullable(buildArgs.get(name))
                            .or(() -> written == null ? Optional.empty() : Variables.replaced(written, values))
                            .or(() -> Optional.ofNullable(values.get(name)));
                    globals.put(name, value.orElse(""));
                    values.put(name, value.orElse(""));
                });
            }
        }
        return globals;
    }

    Set<String> without(Set<String> contexts) {
        Map<String, String> values = new HashMap<>(PLATFORM);
        values.replaceAll(buildArgs::getOrDefault);
        values.putAll(globals());
        Set<String> images = new LinkedHashSet<>();
        String argument = buildArgs.getOrDefault(SyntaxDirective.ARGUMENT, "");
        Optional<String> frontend = argument.isBlank() ? file.frontend() : Optional.of(SyntaxDirective.image(argument));
        frontend.ifPresent(images::add);
        List<BuildStage> stages = file.stages();
        StageGraph graph = new StageGraph(stages);
        for (BuildStage stage : stages) {
            if (images.size() > MOST) {
                break;
            }
            if (graph.parent(stage.number()) < 0) {
                Variables.replaced(stage.base(), values).ifPresent(images::add);
            }
            for (Instruction in : stage.instructions()) {
                in.performed().sources().stream()
                        .filter(source -> graph.find(source) < 0 && !source.contains("$"))
                        .forEach(images::add);
            }
        }
        images.removeIf(image -> image.isBlank() || image.equals(NOTHING) || contexts.contains(image));
        return images;
    }
}
