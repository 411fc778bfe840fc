package hudson;

import hudson.model.TaskListener;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;

/** Of org.jenkins-ci.main:jenkins-core. */
public abstract class Launcher {
    protected Launcher(Launcher launcher) {}

    public boolean isUnix() {
        throw new UnsupportedOperationException();
    }

    public final ProcStarter launch() {
        throw new UnsupportedOperationException();
    }

    public final class ProcStarter {
        public ProcStarter() {}

        public ProcStarter cmds(String... strings) {
            throw new UnsupportedOperationException();
        }

        public ProcStarter envs(Map<String, String> map) {
            throw new UnsupportedOperationException();
        }

        public int join() throws IOException, InterruptedException {
            throw new UnsupportedOperationException();
        }

        public ProcStarter pwd(FilePath filePath) {
            throw new UnsupportedOperationException();
        }

        public ProcStarter quiet(boolean value) {
            throw new UnsupportedOperationException();
        }

        public Proc start() throws IOException {
            throw new UnsupportedOperationException();
        }

        public ProcStarter stdin(InputStream inputStream) {
            throw new UnsupportedOperationException();
        }

        public ProcStarter stdout(TaskListener taskListener) {
            throw new UnsupportedOperationException();
        }

        public ProcStarter stdout(OutputStream outputStream) {
            throw new UnsupportedOperationException();
        }
    }
}
