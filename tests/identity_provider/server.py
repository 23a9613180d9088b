"""A Keycloak process on a free port of this machine, over TLS, with everything it writes in one directory."""

import os
import shutil
import subprocess
import threading
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
INSTALLED = ROOT / "build" / "keycloak"
START_S_MAX = 240  # a stuck start ends; a good one takes ten seconds or so

# What Keycloak's own script gives the JVM, less what a server that lives for minutes doesn't need: a small heap, one
# collector thread, and only the compiler that is quick to have something to run.
JVM = ["-Xms64m", "-Xmx384m", "-XX:MaxMetaspaceSize=256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
       "-XX:+ExitOnOutOfMemoryError", "-Duser.language=en", "-Duser.country=US", "-Dfile.encoding=UTF-8",
       "-Djava.util.concurrent.ForkJoinPool.common.threadFactory="
       "io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory",
       *(f"--add-opens=java.base/java.{package}=ALL-UNNAMED" for package in ("util", "util.concurrent", "security", "lang"))]


def java() -> str:
    home = os.environ.get("JAVA_HOME")
    return str(Path(home) / "bin" / "java") if home else shutil.which("java") or "java"


def certificate(directory: Path) -> tuple[Path, Path]:
    """A certificate for this machine that signs itself, and its key."""
    cert, key = directory / "server.crt", directory / "server.key"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
                    "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", key, "-out", cert],
                   check=True, capture_output=True)
    return cert, key


class Process:
    """`address` once started; `certificate` is what a client must trust."""

    def __init__(self, directory: Path):
        assert (INSTALLED / "installed.txt").exists(), "Keycloak is not installed: run scripts/setup test"
        directory.mkdir(parents=True, exist_ok=True)
        self.home = directory
        self.log = directory / "keycloak.log"
        self.certificate, self.key = certificate(directory)
        self.admin_password = (INSTALLED / "admin_password").read_text().strip()
        self.address = ""

    def start(self) -> "Process":
        """Returns when it takes requests."""
        for part in ("conf", "lib", "providers", "themes"):
            (self.home / part).symlink_to(INSTALLED / part)
        shutil.copytree(INSTALLED / "data" / "h2", self.home / "data" / "h2")  # the database is ours to change
        self.process = subprocess.Popen(self._command(), env=self._environment(), text=True, errors="replace",
                                        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        deadline = threading.Timer(START_S_MAX, self.process.kill)
        deadline.start()
        self._follow_start()
        deadline.cancel()
        # A pipe that nobody empties would stop the server.
        self._drain = threading.Thread(target=self._keep_log, daemon=True)
        self._drain.start()
        return self

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._drain.join()

    def _command(self) -> list[str]:
        return [java(), *JVM, f"-Dkc.home.dir={self.home}", f"-Djava.io.tmpdir={self.home}",
                "-cp", str(INSTALLED / "lib" / "quarkus-run.jar"), "io.quarkus.bootstrap.runner.QuarkusEntryPoint",
                "start", "--optimized", "--cache=local", "--http-host=127.0.0.1", "--https-port=0",
                "--hostname-strict=false", f"--https-certificate-file={self.certificate}",
                f"--https-certificate-key-file={self.key}"]

    def _environment(self) -> dict:
        """Ours, without what would configure another Keycloak."""
        return {name: value for name, value in os.environ.items() if not name.startswith(("KC_", "QUARKUS_"))}

    def _follow_start(self) -> None:
        """Reads the log until it has named the port and the data is ready, whichever comes last."""
        ready = False
        with self.log.open("w") as log:
            for line in self.process.stdout:
                log.write(line)
                ready = ready or "Bootstrap completed" in line
                if "Listening on: " in line:
                    said = line.split("Listening on: ")[1].split()[0].rstrip(".")
                    self.address = said.replace("127.0.0.1", "localhost")  # providers are known by a name
                if ready and self.address:
                    return
        self.process.wait()
        raise AssertionError(f"Keycloak did not start: {self.log.read_text()[-2000:]}")

    def _keep_log(self) -> None:
        with self.log.open("a") as log:
            for line in self.process.stdout:
                log.write(line)
                log.flush()
