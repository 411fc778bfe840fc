package io.jenkins.plugins.cvmfs.engine.spec;

import io.jenkins.plugins.cvmfs.engine.options.ClientTable;
import io.jenkins.plugins.cvmfs.engine.options.GivenOptions;
import io.jenkins.plugins.cvmfs.engine.options.Mounts;
import io.jenkins.plugins.cvmfs.engine.options.Pin;
import io.jenkins.plugins.cvmfs.engine.options.Problems;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks the settings of the CVMFS client. */
final class ClientRules {
    private final GivenOptions in;
    private final Problems problems;

    ClientRules(GivenOptions in, Problems problems) {
        this.in = in;
        this.problems = problems;
    }

    CvmfsClient apply(Mounts mounts) {
        return new CvmfsClient(
                in.text(ClientTable.HTTP_PROXY),
                in.text(ClientTable.QUOTA_LIMIT),
                in.text(ClientTable.PROFILE),
                in.choice(ClientTable.USE_CDN),
                in.text(ClientTable.CACHE_BASE),
                pins(mounts),
                in.map(ClientTable.PARAMETERS));
    }

    private List<Pin> pins(Mounts mounts) {
        List<Pin> pins = new ArrayList<>();
        Set<String> pinned = new HashSet<>();
        for (String written : in.list(ClientTable.PINS)) {
            Optional<Pin> pin = Pin.parse(written);
            if (pin.isPresent() && !mounts.mayHave(pin.get().repository())) {
                problems.add(ClientTable.PINS, written, "only a repository of {mounts} can be pinned");
            } else if (pin.isPresent() && !pinned.add(pin.get().repository())) {
                problems.add(ClientTable.PINS, written, "expected one pin for each repository");
            }
            pin.ifPresent(pins::add);
        }
        return List.copyOf(pins);
    }
}
