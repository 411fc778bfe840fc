package io.jenkins.plugins.cvmfs.pages;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cvmfs.engine.record.MountedRepository;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A mounted CVMFS repository in the remote API. */
@Restricted(NoExternalUse.class)
@ExportedBean(defaultVisibility = 2)
public final class ExportedRepository {
    private final MountedRepository repository;

    ExportedRepository(MountedRepository repository) {
        this.repository = repository;
    }

    /** Its name, such as {@code cms.cern.ch}. */
    @Exported
    public String getName() {
        return repository.name();
    }

    /** Its revision, or null if unknown. */
    @Exported
    @CheckForNull
    public Long getRevision() {
        return repository.revision();
    }

    /** The root hash that identifies its state, or null if unknown. */
    @Exported
    @CheckForNull
    public String getRootHash() {
        return repository.rootHash();
    }
}
