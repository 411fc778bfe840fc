package io.jenkins.plugins.cvmfs.docker;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives each test a {@link Rig}, or skips it and tells why; afterwards nothing of the test may be left. */
final class RealEngine implements BeforeEachCallback, AfterEachCallback, ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(RealEngine.class);

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        String reason = System.getenv("TESTS_WITHOUT_ENGINE");
        assumeTrue(reason == null, reason);
        assumeTrue(System.getenv("REGISTRY_PLAIN") != null, "no engine was given; bin/test starts one");
        context.getStore(NAMESPACE).put(Rig.class, new Rig());
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        Rig rig = context.getStore(NAMESPACE).remove(Rig.class, Rig.class);
        if (rig != null) {
            rig.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Rig.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getStore(NAMESPACE).get(Rig.class);
    }
}
