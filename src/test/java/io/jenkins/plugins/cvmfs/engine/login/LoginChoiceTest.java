package io.jenkins.plugins.cvmfs.engine.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.cvmfs.engine.options.ImageReference;
import io.jenkins.plugins.cvmfs.engine.spec.InvalidSpecException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoginChoiceTest {
    private static final List<ConfiguredLogin> LOGINS = Stream.of(
                    "registry.example.org=all",
                    "https://registry.example.org/cms=cms",
                    "registry.example.org/cms/private/=private",
                    "registry.example.org/atlas=atlas",
                    "https://registry.hub.docker.com=hub",
                    "r.example.org:5000/v2/=port",
                    "only.example.org/cms=only",
                    "registry.example.org/cms=second")
            .map(each -> each.split("="))
            .map(each -> ConfiguredLogin.of(each[0], each[1]).orElseThrow())
            .toList();

    private static List<ImageReference> images(String... names) {
        return Stream.of(names)
                .map(name -> ImageReference.parse(name).orElseThrow())
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "registry.example.org/other:1, registry.example.org, all",
        "registry.example.org/cms:1, registry.example.org, cms",
        "registry.example.org/cms/a:1, registry.example.org, cms",
        "registry.example.org/cmsother/a:1, registry.example.org, all",
        "registry.example.org/cms/private/a/b:1, registry.example.org, private",
        "registry.example.org/atlas/a, registry.example.org, atlas",
        "cms/a:1, docker.io, hub",
        "debian, docker.io, hub",
        "index.docker.io/cms/a:1, docker.io, hub",
        "docker.io/cms/a:1, docker.io, hub",
        "registry.hub.docker.com/cms/a:1, docker.io, hub",
        "r.example.org:5000/a, r.example.org:5000, port",
        "only.example.org/cms/a, only.example.org, only",
        "only.example.org/atlas/a, only.example.org,",
        "r.example.org/a, r.example.org,"
    })
    void theLongestPathThatMatchesCounts(String tag, String registry, String id) throws InvalidSpecException {
        Map<String, String> expected = id == null ? Map.of() : Map.of(registry, id);

        assertThat(LoginChoice.of(LOGINS, images(tag), List.of()).ids()).isEqualTo(expected);
        assertThat(LoginChoice.of(LOGINS, List.of(), images(tag)).ids()).isEqualTo(expected);
    }

    @Test
    void tagsThatNeedDifferentLoginsOfOneRegistryAreRefused() throws InvalidSpecException {
        assertThatThrownBy(() -> LoginChoice.of(
                        LOGINS,
                        images("registry.example.org/cms/a", "cms/a", "registry.example.org/atlas/a"),
                        List.of()))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("registry.example.org/cms/a uses the credentials 'cms', this tag 'atlas'. Fix: ");
        assertThat(LoginChoice.of(LOGINS, images("registry.example.org/cms/a", "registry.example.org/cms/b"), List.of())
                        .ids())
                .isEqualTo(Map.of("registry.example.org", "cms"));
    }

    @Test
    void imagesReadGetTheLoginOfTheTagsAndAWarning() throws InvalidSpecException {
        LoginChoice choice = LoginChoice.of(
                LOGINS,
                images("registry.example.org/cms/a"),
                images("registry.example.org/atlas/base", "registry.example.org/cms/base", "debian"));

        assertThat(choice.ids()).isEqualTo(Map.of("registry.example.org", "cms", "docker.io", "hub"));
        assertThat(choice.warnings())
                .containsExactly(
                        "Warning: registry.example.org/atlas/base is read with the credentials 'cms', not with "
                                + "'atlas': docker has one login for each registry.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "https://", "registry example", "cms", "registry.example.org/CMS", "ftp://a.example.org"})
    void invalidRegistries(String url) {
        assertThat(ConfiguredLogin.of(url, "id")).isEmpty();
    }
}
