package hudson.model;

import org.springframework.security.core.Authentication;

/** Of org.jenkins-ci.main:jenkins-core. */
public class Queue extends ResourceController {
    public Queue(LoadBalancer loadBalancer) {}

    public interface Task {
        default Authentication getDefaultAuthentication2() {
            throw new UnsupportedOperationException();
        }
    }
}
