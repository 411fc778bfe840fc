package io.jenkins.plugins.cvmfs.engine.diagnosis;

import io.jenkins.plugins.cvmfs.engine.options.Driver;
import io.jenkins.plugins.cvmfs.engine.plan.Phase;
import java.util.ArrayList;
import java.util.List;

/** Checks what driver kubernetes needs of a cluster, with kubectl. Creates nothing. */
final class ClusterChecks {
    /** Like the deployment that buildx creates, but only as a dry run on the server. */
    private static final String DEPLOYMENT = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: cvmfs-derived-image-doctor}
            spec:
              selector: {matchLabels: {app: cvmfs-derived-image-doctor}}
              template:
                metadata: {labels: {app: cvmfs-derived-image-doctor}}
                spec:
                  containers: [{name: buildkitd, image: moby/buildkit, securityContext: {privileged: true}}]
            """;

    /** A deployment is accepted whatever its namespace's quota; only its pods are refused. */
    private static final String POD = """
            apiVersion: v1
            kind: Pod
            metadata: {name: cvmfs-derived-image-doctor}
            spec:
              containers: [{name: buildkitd, image: moby/buildkit, securityContext: {privileged: true}}]
            """;

    private static final List<List<String>> NEEDED = List.of(
            List.of("get", "deployments.apps"),
            List.of("create", "deployments.apps"),
            List.of("delete", "deployments.apps"),
            List.of("create", "configmaps"),
            List.of("delete", "configmaps"),
            List.of("list", "pods"),
            List.of("create", "pods", "--subresource=exec"));

    private static final List<String> TO_REAP = List.of("list", "deployments.apps");
    private static final String ROLE = "Give the build's identity the rights of examples/agents/kubernetes-role.yaml";

    private final Probe probe;
    private final FrontEnd frontEnd;
    private final String namespace;

    /** @param namespace of the builder's pods, or an empty text for the kubeconfig's */
    ClusterChecks(Probe probe, FrontEnd frontEnd, String namespace) {
        this.probe = probe;
        this.frontEnd = frontEnd;
        this.namespace = namespace;
    }

    List<Check> checks() {
        if (!probe.run("", "kubectl", "version", "--client").ok()) {
            return List.of(Check.warning(
                    "kubectl",
                    "no kubectl, so the cluster cannot be asked; builds work without it",
                    "Install kubectl for these checks, and for what the log of a build says of its pods"));
        }
        List<Check> checks = new ArrayList<>();
        Probe.Answer made = created(DEPLOYMENT);
        String where = "namespace" + (namespace.isEmpty() ? " of the kubeconfig" : " " + namespace);
        if (!made.ok()) {
            checks.add(refused(where, made));
        } else if (made.output().contains("would violate PodSecurity")) {
            checks.add(Check.lacking(
                    where,
                    "its pod security does not allow the builder's privileged pod",
                    "Use a namespace with the label pod-security.kubernetes.io/enforce=privileged"));
        } else {
            checks.add(Check.ok(where, "takes a deployment with a privileged pod"));
            checks.add(quota());
        }
        if (made.ok() || made.output().contains("orbidden")) {
            checks.add(rights());
            checks.add(
                    may(TO_REAP)
                            ? Check.ok("what killed builds left", "is found in the cluster")
                            : Check.warning(
                                    "what killed builds left", "is not found: no right to list deployments", ROLE));
        }
        return checks;
    }

    /** What the namespace says of a pod without requests and limits; builds may set them. */
    private Check quota() {
        String what = "quota";
        Probe.Answer made = created(POD);
        if (made.ok()) {
            return Check.ok(what, "allows the builder's pod");
        }
        if (made.output().contains("cannot create resource")) {
            return Check.warning(
                    what,
                    "not checked: no right to create pods, which builds do not need",
                    "Run this check with an identity that may create pods, or see 'kubectl describe quota,limits'");
        }
        Check refused = refused(what, made);
        return made.output().contains("failed quota")
                ? Check.warning(what, "without requests and limits: " + refused.found(), refused.fix())
                : refused;
    }

    private Probe.Answer created(String text) {
        return kubectl(text, "create", "--dry-run=server", "--validate=false", "--output=name", "--filename=-");
    }

    private Check refused(String where, Probe.Answer answer) {
        String errors = "ERROR: " + answer.lastLine();
        Finding finding = EngineChecks.explain(
                Phase.BUILDER, new Probe.Answer(answer.exitCode(), errors), Driver.KUBERNETES, frontEnd);
        return finding.cause().equals("unknown")
                ? Check.lacking(where, answer.lastLine(), "'kubectl get pods' must work")
                : Check.lacking(where, finding.why(), finding.fix());
    }

    private Check rights() {
        List<String> lacking = NEEDED.stream()
                .filter(right -> !may(right))
                .map(right -> String.join(" ", right).replace(" --subresource=", "/"))
                .toList();
        return lacking.isEmpty()
                ? Check.ok("rights", "all that builds need")
                : Check.lacking("rights", "no right to " + String.join(", ", lacking), ROLE);
    }

    private boolean may(List<String> right) {
        List<String> words = new ArrayList<>(List.of("auth", "can-i"));
        words.addAll(right);
        return kubectl("", words.toArray(String[]::new)).ok();
    }

    private Probe.Answer kubectl(String input, String... words) {
        // With --request-timeout, kubectl would not use the service account of its pod.
        List<String> command = new ArrayList<>(List.of("kubectl"));
        if (!namespace.isEmpty()) {
            command.add("--namespace=" + namespace);
        }
        command.addAll(List.of(words));
        return probe.run(input, command.toArray(String[]::new));
    }
}
