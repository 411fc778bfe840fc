package hudson.security;

/** Of org.jenkins-ci.main:jenkins-core. */
public final class Permission {
    private Permission(PermissionGroup permissionGroup, String string) {}
}
