package io.jenkins.plugins.cvmfs.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.cvmfs.engine.plan.BuildPlan;
import io.jenkins.plugins.cvmfs.engine.plan.ImagesPlan;
import io.jenkins.plugins.cvmfs.engine.plan.PlannedFile;
import io.jenkins.plugins.cvmfs.engine.plan.Step;
import io.jenkins.plugins.cvmfs.engine.shell.ShellWord;
import java.util.List;

/**
 * A plan as a JSON document: {@code steps}, each with {@code phase}, {@code purpose} and {@code command}, and
 * {@code files}, each with {@code path}, {@code executable} and {@code content}. Each of several images has its name
 * and its {@code steps} in {@code images} instead.
 *
 * <p>A word of a command is a text, or {@code {"shell": TEXT}} where the shell makes the word of a text with variables.
 */
final class PlanJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private PlanJson() {}

    /** @param library whether with the content of files that are the same for every build */
    static String of(ImagesPlan plan, boolean library) {
        ObjectNode document = JSON.createObjectNode();
        if (plan.isSeveral()) {
            ArrayNode images = document.putArray("images");
            plan.images()
                    .forEach(image -> steps(
                            images.addObject().put("name", image.name()),
                            image.plan().steps()));
        } else {
            steps(document, plan.images().get(0).plan().steps());
        }
        files(document, plan, library);
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a document of texts cannot be written", e);
        }
    }

    private static void steps(ObjectNode owner, List<Step> all) {
        ArrayNode steps = owner.putArray("steps");
        for (Step step : all) {
            ObjectNode node = steps.addObject();
            node.put("phase", step.phase().text());
            node.put("purpose", step.purpose());
            ArrayNode command = node.putArray("command");
            step.command().forEach(word -> add(command, word));
        }
    }

    private static void files(ObjectNode document, ImagesPlan plan, boolean library) {
        ArrayNode files = document.putArray("files");
        for (PlannedFile file : plan.files()) {
            ObjectNode node = files.addObject();
            node.put("path", file.path());
            node.put("executable", file.executable());
            if (library || !BuildPlan.isLibrary(file)) {
                node.put("content", file.content());
            }
        }
    }

    private static void add(ArrayNode command, ShellWord word) {
        if (word.isExpanded()) {
            command.addObject().put("shell", word.plain());
        } else {
            command.add(word.plain());
        }
    }
}
