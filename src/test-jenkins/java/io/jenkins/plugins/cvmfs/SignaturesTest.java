package io.jenkins.plugins.cvmfs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.Lists;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import jakarta.servlet.http.HttpServletRequest;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import net.java.sezpoz.Indexable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.localizer.Localizable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;
import org.springframework.security.core.GrantedAuthority;

/** Holds the signatures that the plugin is compiled against everywhere against the types of Jenkins itself. */
class SignaturesTest {
    /** What the root's pom takes from Maven Central: a type of each jar. */
    private static final List<Class<?>> OF_CENTRAL = List.of(
            JsonCreator.class, JsonFactory.class, ObjectMapper.class, Lists.class, Indexable.class, Localizable.class, GrantedAuthority.class,
            HttpServletRequest.class, CheckForNull.class);

    /** The command line is no part of the plugin. */
    private static final Path CLI = Path.of("src/main/java/io/jenkins/plugins/cvmfs/cli");

    private static final int KIND = Opcodes.ACC_INTERFACE | Opcodes.ACC_ANNOTATION | Opcodes.ACC_ENUM | Opcodes.ACC_ABSTRACT | Opcodes.ACC_FINAL
            | Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED;
    private static final int MEMBER = Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED | Opcodes.ACC_STATIC | Opcodes.ACC_FINAL | Opcodes.ACC_ABSTRACT;
    private static final int METHOD = MEMBER | Opcodes.ACC_VARARGS;

    /** An enum with a constant that has a body is abstract by that. */
    private static final int OF_BODIES = Opcodes.ACC_ABSTRACT | Opcodes.ACC_FINAL;

    /** Annotations that a compiler, an annotation processor or Jenkins acts upon when it meets the annotated type. */
    private static final Set<String> ACTED_UPON = Set.of(
            "Ljava/lang/Deprecated;", "Ljava/lang/annotation/Retention;", "Ljava/lang/annotation/Target;", "Ljava/lang/annotation/Inherited;",
            "Ljava/lang/annotation/Repeatable;", "Lnet/java/sezpoz/Indexable;", "Lorg/jvnet/hudson/annotation_indexer/Indexed;");

    @TempDir
    private static Path directory;

    private static Path signatures;
    private static Path main;

    @BeforeAll
    static void compile() throws Exception {
        signatures = Files.createDirectory(directory.resolve("signatures"));
        main = Files.createDirectory(directory.resolve("main"));
        String central = OF_CENTRAL.stream()
                .map(type -> type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .collect(Collectors.joining(File.pathSeparator));
        javac(signatures, central, find(Path.of("src/jenkins-api/java"), ".java"));
        List<Path> sources = new ArrayList<>(find(Path.of("src/main/java"), ".java"));
        sources.removeIf(file -> file.startsWith(CLI));
        sources.addAll(find(Path.of(System.getProperty("generated.sources")), ".java"));
        javac(main, signatures + File.pathSeparator + central, sources);
    }

    private static void javac(Path output, String classPath, List<Path> sources) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            boolean done = compiler.getTask(
                            messages, files, null,
                            List.of("--release", "17", "-g", "-parameters", "-XDstringConcat=inline", "-proc:none", "-nowarn", "-d", output.toString(), "-cp", classPath),
                            null, files.getJavaFileObjectsFromPaths(sources))
                    .call();
            assertThat(done).as(messages.toString()).isTrue();
        }
    }

    @Test
    void bothPomsBuildTheSamePlugin() throws Exception {
        Map<String, byte[]> built = classes(Path.of(System.getProperty("main.classes")));
        Map<String, byte[]> againstSignatures = classes(main);

        assertThat(againstSignatures.keySet()).isNotEmpty().isEqualTo(built.keySet());
        assertThat(built.keySet().stream().filter(name -> !Arrays.equals(built.get(name), againstSignatures.get(name))))
                .as("classes that differ when they are compiled against the signatures")
                .isEmpty();
    }

    @Test
    void everySignatureIsAsInJenkins() throws Exception {
        List<String> wrong = new ArrayList<>();
        for (byte[] bytes : classes(signatures).values()) {
            ClassNode signature = node(bytes);
            if ((signature.access & (Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED)) != 0) {
                compare(signature, wrong);
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static void compare(ClassNode signature, List<String> wrong) {
        ClassNode real = real(signature.name);
        if (real == null) {
            wrong.add(signature.name + ": Jenkins has no such type");
            return;
        }
        List<ClassNode> ancestors = ancestors(real);
        Set<String> above = ancestors.stream().map(type -> type.name).collect(Collectors.toSet());
        int kind = (real.access & Opcodes.ACC_ENUM) == 0 ? KIND : KIND & ~OF_BODIES;
        expect(wrong, signature.name, "kind", signature.access & kind, real.access & kind);
        if (!above.contains(signature.superName) || !above.containsAll(signature.interfaces)) {
            wrong.add(signature.name + ": it extends " + signature.superName + " and " + signature.interfaces + ", in Jenkins " + above);
        }
        expect(wrong, signature.name, "type parameters", typeParameters(signature.signature), typeParameters(real.signature));
        compare(wrong, signature.name, annotations(signature.visibleAnnotations, signature.invisibleAnnotations),
                annotations(real.visibleAnnotations, real.invisibleAnnotations));
        for (FieldNode field : signature.fields) {
            if (visible(field.access)) {
                compare(signature.name + "." + field.name, field, ancestors, wrong);
            }
        }
        for (MethodNode method : signature.methods) {
            if (visible(method.access)) {
                compare(signature.name + "." + method.name + method.desc, method, ancestors, wrong);
            }
        }
    }

    private static void compare(String name, FieldNode field, List<ClassNode> ancestors, List<String> wrong) {
        FieldNode real = ancestors.get(0).fields.stream().filter(each -> each.name.equals(field.name)).findFirst().orElse(null);
        if (real == null) {
            wrong.add(name + ": Jenkins has no such field");
            return;
        }
        expect(wrong, name, "type", field.desc, real.desc);
        expect(wrong, name, "generic type", field.signature, real.signature);
        expect(wrong, name, "modifiers", field.access & MEMBER, real.access & MEMBER);
        expect(wrong, name, "value", field.value, real.value);
        compare(wrong, name, annotations(field.visibleAnnotations, field.invisibleAnnotations),
                annotations(real.visibleAnnotations, real.invisibleAnnotations));
    }

    private static void compare(String name, MethodNode method, List<ClassNode> ancestors, List<String> wrong) {
        MethodNode real = ancestors.stream()
                .flatMap(type -> type.methods.stream())
                .filter(each -> each.name.equals(method.name) && each.desc.equals(method.desc) && visible(each.access))
                .findFirst()
                .orElse(null);
        if (real == null || (method.name.equals("<init>") && !ancestors.get(0).methods.contains(real))) {
            wrong.add(name + ": Jenkins has no such method");
            return;
        }
        expect(wrong, name, "generic type", method.signature, real.signature);
        expect(wrong, name, "modifiers", method.access & METHOD, real.access & METHOD);
        expect(wrong, name, "exceptions", new HashSet<>(method.exceptions), new HashSet<>(real.exceptions));
        expect(wrong, name, "default", value(method.annotationDefault), value(real.annotationDefault));
        compare(wrong, name, annotations(method.visibleAnnotations, method.invisibleAnnotations),
                annotations(real.visibleAnnotations, real.invisibleAnnotations));
    }

    private static void expect(List<String> wrong, String name, String what, Object signature, Object real) {
        if (!Objects.equals(signature, real)) {
            wrong.add(name + ": " + what + " is " + signature + ", in Jenkins " + real);
        }
    }

    private static boolean visible(int access) {
        return (access & (Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED)) != 0 && (access & Opcodes.ACC_SYNTHETIC) == 0;
    }

    /** The part of a class's generic signature in angle brackets, before its superclass. */
    private static String typeParameters(String signature) {
        if (signature == null || !signature.startsWith("<")) {
            return "";
        }
        int depth = 0;
        for (int i = 0; i < signature.length(); i++) {
            depth += signature.charAt(i) == '<' ? 1 : signature.charAt(i) == '>' ? -1 : 0;
            if (depth == 0) {
                return signature.substring(0, i + 1);
            }
        }
        return signature;
    }

    /** A signature has no annotation that Jenkins has not, and all that anybody acts upon. */
    private static void compare(List<String> wrong, String name, Map<String, String> signature, Map<String, String> real) {
        signature.forEach((annotation, values) -> expect(wrong, name, annotation, values, real.get(annotation)));
        ACTED_UPON.stream()
                .filter(annotation -> !signature.containsKey(annotation))
                .forEach(annotation -> expect(wrong, name, annotation, null, real.get(annotation)));
    }

    private static Map<String, String> annotations(List<AnnotationNode> visible, List<AnnotationNode> invisible) {
        return Stream.of(visible, invisible)
                .filter(Objects::nonNull)
                .flatMap(List::stream)
                .collect(Collectors.toMap(annotation -> annotation.desc, SignaturesTest::values));
    }

    private static String values(AnnotationNode annotation) {
        return annotation.values == null
                ? ""
                : annotation.values.stream().map(SignaturesTest::value).sorted().collect(Collectors.joining(" "));
    }

    private static String value(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(SignaturesTest::value).sorted().toList().toString();
        }
        if (value instanceof AnnotationNode annotation) {
            return annotation.desc + "(" + values(annotation) + ")";
        }
        return value instanceof String[] strings ? String.join(".", strings) : String.valueOf(value);
    }

    /** The type itself, and all that it inherits from. */
    private static List<ClassNode> ancestors(ClassNode type) {
        List<ClassNode> found = new ArrayList<>(List.of(type));
        Set<String> seen = new HashSet<>(Set.of(type.name));
        for (int i = 0; i < found.size(); i++) {
            ClassNode next = found.get(i);
            Stream.concat(Stream.ofNullable(next.superName), next.interfaces.stream())
                    .filter(seen::add)
                    .map(SignaturesTest::real)
                    .filter(Objects::nonNull)
                    .forEach(found::add);
        }
        return found;
    }

    private static ClassNode real(String name) {
        try (var stream = SignaturesTest.class.getClassLoader().getResourceAsStream(name + ".class")) {
            return stream == null ? null : node(stream.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ClassNode node(byte[] bytes) {
        ClassNode node = new ClassNode();
        new ClassReader(bytes).accept(node, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG);
        return node;
    }

    /** All but those of packages, which hold nothing and which a compiler may leave out. */
    private static Map<String, byte[]> classes(Path root) throws IOException {
        Map<String, byte[]> classes = new TreeMap<>();
        for (Path file : find(root, ".class")) {
            if (file.endsWith("package-info.class")) {
                continue;
            }
            classes.put(root.relativize(file).toString(), Files.readAllBytes(file));
        }
        return classes;
    }

    private static List<Path> find(Path root, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
        }
    }
}
