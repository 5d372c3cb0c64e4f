"""The folders of a private Neo4j below its home, and the text of its configuration. Pure: nothing is touched here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Layout:
    """Every path of one private Neo4j. All of it is below ``home``; nothing else on the machine is written."""

    home: Path

    @property
    def root(self) -> Path:
        """The folder that is Neo4j's own home."""
        return self.home / "neo4j"

    @property
    def conf(self) -> Path:
        """The folder of ``neo4j.conf`` and of the arguments for Java."""
        return self.root / "conf"

    def arguments(self, owner: int) -> Path:
        """Return the file with the arguments of the Java that this process starts; by its name such a Java is recognised."""
        return self.conf / f"java-{owner}.args"

    @property
    def data(self) -> Path:
        """The folder of the graph."""
        return self.root / "data"

    @property
    def logs(self) -> Path:
        """The folder of Neo4j's logs."""
        return self.root / "logs"

    @property
    def console(self) -> Path:
        """What the process wrote to its standard output."""
        return self.logs / "console.log"

    @property
    def scratch(self) -> Path:
        """The folder for temporary files; emptied before each start."""
        return self.root / "scratch"

    @property
    def password(self) -> Path:
        """The file with the generated password; only the owner reads it."""
        return self.root / "password"

    @property
    def lock(self) -> Path:
        """The file whose lock says that somebody owns this home."""
        return self.root / "owner.lock"

    @property
    def state(self) -> Path:
        """The file that says who owns the running server, and where it answers."""
        return self.root / "state.json"

    @property
    def initialising(self) -> Path:
        """The file that is there from before the first start until Neo4j has answered for the first time."""
        return self.root / "first-start"

    @property
    def version(self) -> Path:
        """The file with the newest version of Neo4j that wrote this graph."""
        return self.root / "version"

    @property
    def folders(self) -> tuple[Path, ...]:
        """The folders to make before a start."""
        return (self.root, self.conf, self.data, self.logs, self.scratch)


@dataclass(frozen=True, slots=True)
class Memory:
    """How much memory the process may take, in MiB."""

    heap: int
    page_cache: int


def memory_for(machine: int) -> Memory:
    """Return what fits a machine with so many bytes of memory.

    >>> memory_for(16 * 1024 * MIB)
    Memory(heap=1024, page_cache=512)
    >>> memory_for(2 * 1024 * MIB)
    Memory(heap=512, page_cache=128)
    """
    gib = machine / MIB / 1024
    if gib >= 7:
        return Memory(heap=1024, page_cache=512)
    if gib >= 3.5:
        return Memory(heap=768, page_cache=256)
    return Memory(heap=512, page_cache=128)


def neo4j_conf(layout: Layout, *, port: int, memory: Memory) -> str:
    """Return the text of ``neo4j.conf``: one Bolt port for this machine only, and nothing that calls out."""
    settings = {
        "server.directories.data": layout.data,
        "server.directories.logs": layout.logs,
        "server.directories.run": layout.scratch,
        "server.directories.import": layout.scratch,
        "server.directories.plugins": layout.scratch,
        "server.default_listen_address": "127.0.0.1",
        "server.bolt.enabled": "true",
        "server.bolt.listen_address": f"127.0.0.1:{port}",
        "server.bolt.advertised_address": f"127.0.0.1:{port}",
        # a sign of life every 2 s while a statement runs; clients are told to give up after three that did not come
        "server.bolt.connection_keep_alive_for_requests": "ALL",
        "server.bolt.connection_keep_alive": "2s",
        "server.bolt.connection_keep_alive_probes": "3",
        "server.http.enabled": "false",
        "server.https.enabled": "false",
        "dbms.security.auth_enabled": "true",
        "dbms.security.allow_csv_import_from_file_urls": "false",
        # three ways in which this version tells others about itself: pings home, a cloud console, UDP broadcasts
        "dbms.usage_report.enabled": "false",
        "dbms.fleet_manager.enabled": "false",
        "server.fleet_discovery.enabled": "false",
        "client.allow_telemetry": "false",
        "db.logs.query.enabled": "OFF",
        "server.memory.pagecache.size": f"{memory.page_cache}m",
        "db.transaction.monitor.check.interval": "500ms",  # how late a time limit may be kept; 2 s otherwise
        "dbms.memory.transaction.total.max": f"{memory.heap * 7 // 10}m",
        "db.memory.transaction.max": f"{memory.heap // 2}m",
        # without these an empty graph takes 500 MB of disk
        "db.tx_log.preallocate": "false",
        "db.tx_log.rotation.size": "32m",
        "db.tx_log.rotation.retention_policy": "2 files",
        # the graph is written and closed in 0.3 s; without these two Bolt then waits for 10 s
        "db.shutdown_transaction_end_timeout": "2s",
        "internal.dbms.bolt.netty_server_shutdown_quiet_period_duration": "0s",
    }
    return "".join(f"{name}={value}\n" for name, value in settings.items())


JVM_FLAGS = (
    "-XX:+UseG1GC",
    "-XX:-OmitStackTraceInFastThrow",
    "-XX:+ExitOnOutOfMemoryError",
    "-XX:-UsePerfData",
    "-Djdk.nio.maxCachedBufferSize=1024",
    "-Dio.netty.tryReflectionSetAccessible=true",
    "-Dio.netty.leakDetection.level=DISABLED",
    "-Dlog4j2.disable.jmx=true",
    "-Djava.awt.headless=true",
    "-Dfile.encoding=UTF-8",
    "--add-opens=java.base/java.nio=ALL-UNNAMED",
    "--add-opens=java.base/java.io=ALL-UNNAMED",
    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
    "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
    "--enable-native-access=ALL-UNNAMED",
    "--sun-misc-unsafe-memory-access=allow",
)


def own_temporary(layout: Layout) -> tuple[str, ...]:
    """Return what has Java put its temporary files below the home; JNA has a folder of its own else, in the user's cache."""
    return (f"-Djava.io.tmpdir={layout.scratch}", f"-Djna.tmpdir={layout.scratch}")


def server_arguments(layout: Layout, class_path: Sequence[Path], memory: Memory) -> tuple[str, ...]:
    """Return what ``java`` is given to run the server."""
    return (
        *("-cp", ":".join(map(str, class_path))),
        f"-Xms{min(256, memory.heap)}m",
        f"-Xmx{memory.heap}m",
        *own_temporary(layout),
        *JVM_FLAGS,
        "org.neo4j.server.Neo4jCommunity",
        f"--home-dir={layout.root}",
        f"--config-dir={layout.conf}",
        "--console-mode",
    )


def password_arguments(layout: Layout, class_path: Sequence[Path], password: str) -> tuple[str, ...]:
    """Return what ``java`` is given to set the password of a graph that was never started."""
    tool = ("org.neo4j.cli.AdminTool", "dbms", "set-initial-password")
    java = (*own_temporary(layout), "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData")
    return ("-cp", ":".join(map(str, class_path)), *java, *tool, password)


def argument_file(arguments: Sequence[str]) -> str:
    r"""Return the text of a Java argument file. What stands in such a file is not seen in the list of processes.

    >>> print(argument_file(["-cp", "/a b/c.jar"]), end="")
    "-cp"
    "/a b/c.jar"
    """
    return "".join('"{}"\n'.format(argument.replace("\\", "\\\\").replace('"', '\\"')) for argument in arguments)
