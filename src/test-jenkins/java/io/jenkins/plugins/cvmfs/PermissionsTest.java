package io.jenkins.plugins.cvmfs;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import com.sun.net.httpserver.HttpServer;
import hudson.model.Descriptor;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import io.jenkins.plugins.cvmfs.config.BuilderOptions;
import io.jenkins.plugins.cvmfs.config.ClientOptions;
import io.jenkins.plugins.cvmfs.config.DerivedImageConfiguration;
import io.jenkins.plugins.cvmfs.config.Registry;
import io.jenkins.plugins.cvmfs.engine.options.Kind;
import io.jenkins.plugins.cvmfs.engine.options.OptionTable;
import io.jenkins.plugins.cvmfs.engine.options.Place;
import java.lang.reflect.Method;
import java.net.InetSocketAddress;
import java.net.URL;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.Page;
import org.htmlunit.WebRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Whoever may not configure hears nothing from what answers forms. */
@WithJenkins
class PermissionsTest {
    private static final String SECRET_ID = "robot-of-the-registry";

    private JenkinsRule jenkins;
    private FreeStyleProject project;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        project = rule.createFreeStyleProject("job");
        jenkins.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER).everywhere().to("admin")
                .grant(Jenkins.READ, Item.READ, Item.BUILD).everywhere().to("reader")
                .grant(Jenkins.READ, Item.READ, Item.CONFIGURE, Item.EXTENDED_READ).everywhere().to("writer"));
        SystemCredentialsProvider.getInstance().getCredentials().add(
                new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, SECRET_ID, "a robot", "robot", "correct-horse"));
        SystemCredentialsProvider.getInstance().save();
    }

    /** Addresses of all web methods of this plugin's descriptors, below the job. */
    private Map<String, Method> methods() {
        Map<String, Method> methods = new TreeMap<>();
        for (Descriptor<?> descriptor : jenkins.jenkins.getExtensionList(Descriptor.class)) {
            if (descriptor.getClass().getName().startsWith("io.jenkins.plugins.cvmfs.")) {
                for (Method method : descriptor.getClass().getDeclaredMethods()) {
                    if (method.getName().matches("do[A-Z].*") && !method.isSynthetic()) {
                        String name = method.getName().substring(2, 3).toLowerCase() + method.getName().substring(3);
                        String address = "descriptorByName/" + descriptor.getId() + "/" + name;
                        fields(descriptor, name).forEach(field -> methods.put(address + field, method));
                    }
                }
            }
        }
        return methods;
    }

    /** One method checks all fields of a form, by the rest of its address. */
    private static List<String> fields(Descriptor<?> descriptor, String method) {
        if (!method.equals("checkField")) {
            return List.of("");
        }
        Place place = descriptor.clazz == BuilderOptions.class ? Place.BUILDER : descriptor.clazz == ClientOptions.class ? Place.CLIENT : Place.STEP;
        return OptionTable.all().stream()
                .filter(option -> option.place() == place && option.isInJenkins() && option.isOfImage() && !option.isObjectInJenkins())
                .filter(option -> option.kind() != Kind.FLAG && option.kind() != Kind.SWITCH)
                .map(option -> "/" + option.property())
                .toList();
    }

    private Page ask(JenkinsRule.WebClient client, String path, HttpMethod method) throws Exception {
        client.setThrowExceptionOnFailingStatusCode(false);
        String query = "value=" + encoded("!! <b>") + "&url=127.0.0.1:1&credentialsId=";
        WebRequest request = new WebRequest(new URL(jenkins.getURL() + path + "?" + query), method);
        return method == HttpMethod.POST ? client.getPage(client.addCrumb(request)) : client.getPage(request);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Test
    void aReaderGetsNoAnswerFromAnyWebMethod() throws Exception {
        Map<String, Method> methods = methods();
        assertThat(methods).hasSizeGreaterThan(20);
        List<String> heard = new ArrayList<>();
        JenkinsRule.WebClient client = jenkins.createWebClient().login("reader");
        for (String base : List.of("job/job/", "")) {
            for (String path : methods.keySet()) {
                Page page = ask(client, base + path, HttpMethod.POST);
                int status = page.getWebResponse().getStatusCode();
                String text = page.getWebResponse().getContentAsString();
                // A list of credentials repeats what the form had, which is none.
                boolean empty = text.equals("<div/>") || text.matches("\\{.*\"values\":\\[(\\{\"name\":\"- none -\",\"selected\":false,\"value\":\"\"})?]}");
                if (status != 403 && !(status == 200 && empty)) {
                    heard.add(base + path + " " + status + " " + text);
                }
            }
        }
        assertThat(heard).isEmpty();
    }

    @Test
    void usersWhoMayConfigureGetAnswersFromAll() throws Exception {
        List<String> silent = new ArrayList<>();
        JenkinsRule.WebClient client = jenkins.createWebClient().login("admin");
        for (String path : methods().keySet()) {
            Page page = ask(client, "job/job/" + path, HttpMethod.POST);
            String text = page.getWebResponse().getContentAsString();
            if (page.getWebResponse().getStatusCode() != 200 || text.equals("<div/>") || text.replaceAll("\\s", "").endsWith("\"values\":[]}")) {
                silent.add(path + " " + page.getWebResponse().getStatusCode() + " " + text);
            } else {
                assertThat(text).as(path).doesNotContain("<b>");
            }
        }
        // These have nothing against such a value.
        assertThat(silent).allMatch(line -> line.matches(
                ".*/checkField/(target|dockerfile|context|setup|setupFile|smokeTest|cacheFrom|cacheTo|outputs|nodes|buildkitdConfig) .*"));
    }

    @Test
    void noneIsAskedWithGet() throws Exception {
        JenkinsRule.WebClient client = jenkins.createWebClient().login("admin");
        for (String path : methods().keySet()) {
            int status = ask(client, "job/job/" + path, HttpMethod.GET).getWebResponse().getStatusCode();
            assertThat(status).as(path).isIn(404, 405);
        }
    }

    @Test
    void credentialsAreListedOnlyToWhoMayUseThem() throws Exception {
        String path = "job/job/descriptorByName/" + CvmfsDerivedImageStep.class.getName() + "/fillCredentialsIdItems";
        assertThat(ask(jenkins.createWebClient().login("writer"), path, HttpMethod.POST).getWebResponse().getContentAsString()).contains(SECRET_ID);
        assertThat(ask(jenkins.createWebClient().login("reader"), path, HttpMethod.POST).getWebResponse().getContentAsString()).doesNotContain(SECRET_ID);
        String system = "descriptorByName/" + Registry.class.getName() + "/fillCredentialsIdItems";
        assertThat(ask(jenkins.createWebClient().login("writer"), system, HttpMethod.POST).getWebResponse().getContentAsString()).doesNotContain(SECRET_ID);
    }

    @Test
    void aTestOfTheConnectionSendsNothingToAnUnsavedUrlAndSavesNothing() throws Exception {
        DerivedImageConfiguration.get().setRegistries(List.of(new Registry("registry.example.org", SECRET_ID)));
        List<String> sent = new ArrayList<>();
        HttpServer thief = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        thief.createContext("/", exchange -> {
            sent.add(exchange.getRequestURI() + " " + exchange.getRequestHeaders().getFirst("Authorization"));
            exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"r\"");
            exchange.sendResponseHeaders(401, -1);
            exchange.close();
        });
        thief.start();
        try {
            String url = "127.0.0.1:" + thief.getAddress().getPort();
            String path = "descriptorByName/" + Registry.class.getName() + "/testConnection?url=" + url + "&credentialsId=" + SECRET_ID;
            JenkinsRule.WebClient admin = jenkins.createWebClient().login("admin");
            WebRequest request = new WebRequest(new URL(jenkins.getURL() + path), HttpMethod.POST);
            assertThat(admin.getPage(admin.addCrumb(request)).getWebResponse().getContentAsString())
                    .contains("answers and requires a login. The login was not tested: save");
            assertThat(sent).containsExactly("/v2/ null");
            assertThat(DerivedImageConfiguration.get().getRegistries()).extracting(Registry::getUrl).containsExactly("registry.example.org");

            DerivedImageConfiguration.get().setRegistries(List.of(new Registry(url, SECRET_ID)));
            assertThat(admin.getPage(admin.addCrumb(request)).getWebResponse().getContentAsString())
                    .contains("refuses the login").doesNotContain("correct-horse");
            assertThat(sent).hasSize(3);
            assertThat(sent.get(2)).startsWith("/v2/ Basic ");
        } finally {
            thief.stop(0);
        }
    }
}
