package io.jenkins.plugins.cvmfs.engine.record;

import io.jenkins.plugins.cvmfs.engine.record.BuildInputs.LeftOut;
import io.jenkins.plugins.cvmfs.engine.spec.BuildOptions;
import io.jenkins.plugins.cvmfs.engine.spec.CvmfsClient;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import io.jenkins.plugins.cvmfs.engine.spec.SecretNames;
import io.jenkins.plugins.cvmfs.engine.spec.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Takes from a description what a record tells of it, without what looks like a secret. */
final class InputsReader {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,10}");
    private static final Pattern LOGIN = Pattern.compile("https?://[^/@\\s]*@.*", Pattern.DOTALL);
    private static final Pattern PARAMETER = Pattern.compile("[?&]([^=&#]+)=");
    private static final Pattern SECRET_ID = Pattern.compile("(?:^|.*,)id=([^,]*).*", Pattern.DOTALL);

    private final ImageSpec spec;
    private final List<String> noted;
    private final List<LeftOut> leftOut = new ArrayList<>();

    /** @param noted what the script noted: the source's sha256, the user and group it ran as */
    InputsReader(ImageSpec spec, String noted) {
        this.spec = spec;
        this.noted = noted.lines().map(line -> line.split(" ", 2)[0]).toList();
    }

    BuildInputs read() {
        BuildOptions options = spec.options();
        CvmfsClient client = spec.client();
        Source.Dockerfile dockerfile = spec.source() instanceof Source.Dockerfile source ? source : null;
        Source.Setup setup = spec.source() instanceof Source.Setup source ? source : null;
        Source.Script script = setup == null ? null : setup.script();
        if (script instanceof Source.Script.Inline) {
            leftOut.add(new LeftOut("setup", null));
        }
        String context = dockerfile == null ? null : dockerfile.context();
        if (context != null && isSecret("", context)) {
            leftOut.add(new LeftOut("context", null));
            context = null;
        }
        String url = script instanceof Source.Script.Url fetched ? fetched.url() : null;
        if (url != null && isSecret("", url)) {
            leftOut.add(new LeftOut("setup", null));
            url = null;
        }
        Map<String, String> buildArgs = shown("buildArgs", options.buildArgs());
        Map<String, String> labels = shown("labels", options.labels());
        List<String> annotations = annotations(options.annotations());
        Map<String, String> buildContexts = shown("buildContexts", options.buildContexts());
        Map<String, String> parameters = shown("cvmfsParameters", client.parameters());
        options.secrets()
                .forEach(secret -> leftOut.add(
                        new LeftOut("secrets", SECRET_ID.matcher(secret).replaceFirst("$1"))));
        options.ssh().forEach(ssh -> leftOut.add(new LeftOut("ssh", ssh.split("=", 2)[0])));
        return new BuildInputs(
                source(script),
                script instanceof Source.Script.Url fetched ? fetched.sha256() : noted(0, SHA256),
                dockerfile == null ? null : dockerfile.dockerfile(),
                context,
                dockerfile == null ? null : dockerfile.target(),
                script instanceof Source.Script.File file ? file.path() : null,
                url,
                setup == null ? null : setup.baseImage(),
                buildArgs,
                labels,
                annotations,
                options.platforms(),
                buildContexts,
                client.httpProxy(),
                client.quotaLimit(),
                client.profile(),
                client.useCdn(),
                client.cacheBase(),
                parameters,
                spec.uid() == null ? noted(1, NUMBER) : spec.uid(),
                spec.gid() == null ? noted(2, NUMBER) : spec.gid(),
                spec.insecure(),
                spec.wipeCache(),
                List.copyOf(leftOut));
    }

    private static String source(Source.Script script) {
        if (script == null) {
            return "dockerfile";
        }
        return script instanceof Source.Script.Inline
                ? "setup"
                : script instanceof Source.Script.File ? "setupFile" : "setupUrl";
    }

    private String noted(int line, Pattern form) {
        return noted.size() > line && form.matcher(noted.get(line)).matches() ? noted.get(line) : null;
    }

    private Map<String, String> shown(String option, Map<String, String> values) {
        Map<String, String> shown = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            if (isSecret(name, value)) {
                leftOut.add(new LeftOut(option, name));
            } else {
                shown.put(name, value);
            }
        });
        return shown;
    }

    private List<String> annotations(List<String> annotations) {
        List<String> shown = new ArrayList<>();
        for (String annotation : annotations) {
            String[] pair = annotation.split("=", 2);
            if (isSecret(pair[0], pair[1])) {
                leftOut.add(new LeftOut("annotations", pair[0]));
            } else {
                shown.add(annotation);
            }
        }
        return shown;
    }

    private static boolean isSecret(String name, String value) {
        boolean itself = SecretNames.isSecret(name)
                || SecretNames.isSecretValue(value)
                || LOGIN.matcher(value).matches();
        boolean inUrl = value.contains("://")
                && PARAMETER.matcher(value).results().anyMatch(found -> SecretNames.isSecret(found.group(1)));
        return !value.isEmpty() && (itself || inUrl);
    }
}
