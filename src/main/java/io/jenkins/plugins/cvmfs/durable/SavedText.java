package io.jenkins.plugins.cvmfs.durable;

import hudson.util.Secret;
import io.jenkins.plugins.cvmfs.build.RunningBuild;
import io.jenkins.plugins.cvmfs.engine.plan.ImagesPlan;
import io.jenkins.plugins.cvmfs.engine.record.SpecJson;
import io.jenkins.plugins.cvmfs.engine.record.UnreadableResultException;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import io.jenkins.plugins.cvmfs.options.ImageOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;

/** A saved text that may contain secrets, encrypted with the key of this Jenkins. */
public final class SavedText {
    /**
     * A text with this prefix is never an encrypted text of Jenkins, which Jenkins would decrypt before encrypting it.
     */
    private static final String PLAIN = "=";

    private SavedText() {}

    static String of(ImageOptions options) {
        return Secret.fromString(Jenkins.XSTREAM2.toXML(options)).getEncryptedValue();
    }

    static ImageOptions options(String saved) {
        return (ImageOptions) Jenkins.XSTREAM2.fromXML(Secret.fromString(saved).getPlainText());
    }

    static String of(ImageSpec spec) {
        return Secret.fromString(SpecJson.of(spec)).getEncryptedValue();
    }

    static ImageSpec spec(String saved) throws IOException {
        try {
            return SpecJson.read(Secret.fromString(saved).getPlainText());
        } catch (UnreadableResultException e) {
            throw new IOException(
                    "Cannot resume a build that another version of the plugin started: " + e.getMessage(), e);
        }
    }

    static List<SavedImage> images(ImagesPlan plan) {
        return plan.images().stream()
                .map(image -> new SavedImage(
                        image.name(),
                        of(image.plan().spec()),
                        of(image.plan().dockerfile()).orElse(null)))
                .toList();
    }

    static List<RunningBuild.Image> images(List<SavedImage> saved) throws IOException {
        List<RunningBuild.Image> images = new ArrayList<>();
        for (SavedImage image : saved) {
            images.add(new RunningBuild.Image(image.name(), spec(image.spec()), text(image.dockerfile())));
        }
        return images;
    }

    static Optional<String> of(Optional<String> text) {
        return text.map(plain -> Secret.fromString(PLAIN + plain).getEncryptedValue());
    }

    static Optional<String> text(Optional<String> saved) {
        return saved.map(text -> Secret.fromString(text).getPlainText().substring(PLAIN.length()));
    }

    static ArrayList<String> of(Collection<Secret> secrets) {
        return new ArrayList<>(secrets.stream().map(Secret::getEncryptedValue).toList());
    }

    static List<String> texts(Collection<String> saved) {
        return saved.stream().map(Secret::fromString).map(Secret::getPlainText).toList();
    }
}
