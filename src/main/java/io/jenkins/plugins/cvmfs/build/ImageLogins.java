package io.jenkins.plugins.cvmfs.build;

import hudson.AbortException;
import io.jenkins.plugins.cvmfs.config.RegistryCredentials;
import io.jenkins.plugins.cvmfs.engine.login.ImagesUsed;
import io.jenkins.plugins.cvmfs.engine.login.LoginChoice;
import io.jenkins.plugins.cvmfs.engine.options.ImageReference;
import io.jenkins.plugins.cvmfs.engine.plan.ImagesPlan;
import io.jenkins.plugins.cvmfs.options.ImageEntry;
import io.jenkins.plugins.cvmfs.options.ImageOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Chooses the registry credentials of the images of a call. */
final class ImageLogins {
    private ImageLogins() {}

    /** @throws AbortException if docker cannot use the credentials that the images need together */
    static LoginChoice of(ImagesPlan plan, ImageOptions options) throws AbortException {
        List<ImageReference> tags = new ArrayList<>();
        List<ImageReference> read = new ArrayList<>();
        Map<String, List<ImageReference>> named = new LinkedHashMap<>();
        for (ImagesPlan.PlannedImage image : plan.images()) {
            List<ImageReference> pushed = image.plan().spec().tags();
            tags.addAll(pushed);
            read.addAll(ImagesUsed.of(image.plan().spec(), image.plan().dockerfile()));
            id(image.name(), options)
                    .ifPresent(id ->
                            named.computeIfAbsent(id, any -> new ArrayList<>()).addAll(pushed));
        }
        return RegistryCredentials.choice(tags, read, named);
    }

    private static Optional<String> id(String image, ImageOptions options) {
        return options.image(image)
                .map(ImageEntry::getCredentialsId)
                .or(() -> Optional.ofNullable(options.getCredentialsId()));
    }
}
