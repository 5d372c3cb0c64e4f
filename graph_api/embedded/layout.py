"""The folders of a private Neo4j below its home, and the text of its configuration. Pure: no file is accessed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Layout:
    """Every path of one private Neo4j. All are below ``home``; nothing is written elsewhere."""

    home: Path

    @property
    def root(self) -> Path:
        """The home folder of Neo4j itself."""
        return self.home / "neo4j"

    @property
    def conf(self) -> Path:
        """The folder of ``neo4j.conf`` and of the arguments for Java."""
        return self.root / "conf"

    def arguments(self, owner: int) -> Path:
        """Return the argument file of the Java that this process starts; its name identifies that Java process."""
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
        """The standard output of the process."""
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
        """The file whose lock marks this home as owned."""
        return self.root / "owner.lock"

    @property
    def state(self) -> Path:
        """The file about the owner of the running server, and its port."""
        return self.root / "state.json"

    @property
    def initialising(self) -> Path:
        """The file that exists while a new graph is initialised: until Neo4j has answered for the first time."""
        return self.root / "first-start"

    @property
    def version(self) -> Path:
        """The file with the newest version of Neo4j that wrote this graph."""
        return self.root / "version"

    @property
    def replacement(self) -> Layout:
        """The home in which a new graph is built before it replaces this one."""
        return Layout(self.root / "replacement")

    @property
    def next_data(self) -> Path:
        """The folder of the graph that replaces this one: the decision is made, and the next start finishes it."""
        return self.root / "data.next"

    @property
    def building(self) -> Path:
        """The file whose lock is that of the process which builds a new graph beside this one."""
        return self.root / "building.lock"

    @property
    def import_files(self) -> Path:
        """The folder of the files from which a new graph is imported."""
        return self.root / "import"

    @property
    def folders(self) -> tuple[Path, ...]:
        """The folders to create before a start."""
        return (self.root, self.conf, self.data, self.logs, self.scratch)


@dataclass(frozen=True, slots=True)
class Memory:
    """Memory limits of the process, in MiB; ``transaction`` is that of one transaction, by default half the heap."""

    heap: int
    page_cache: int
    transaction: int | None = None


def memory_for(machine: int) -> Memory:
    """Return the memory limits for a machine with so many bytes of memory.

    >>> memory_for(16 * 1024 * MIB)
    Memory(heap=1024, page_cache=512, transaction=None)
    >>> memory_for(2 * 1024 * MIB)
    Memory(heap=512, page_cache=128, transaction=None)
    """
    gib = machine / MIB / 1024
    if gib >= 7:
        return Memory(heap=1024, page_cache=512)
    if gib >= 3.5:
        return Memory(heap=768, page_cache=256)
    return Memory(heap=512, page_cache=128)


def neo4j_conf(layout: Layout, *, port: int, memory: Memory) -> str:
    """Return the text of ``neo4j.conf``: one Bolt port on the loopback interface, and no outgoing connections."""
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
        # a keep-alive every 2 s while a statement runs; clients are told to give up after three missing ones
        "server.bolt.connection_keep_alive_for_requests": "ALL",
        "server.bolt.connection_keep_alive": "2s",
        "server.bolt.connection_keep_alive_probes": "3",
        "server.http.enabled": "false",
        "server.https.enabled": "false",
        "dbms.security.auth_enabled": "true",
        "dbms.security.allow_csv_import_from_file_urls": "false",
        # telemetry of this version: usage reports, fleet management, UDP broadcasts
        "dbms.usage_report.enabled": "false",
        "dbms.fleet_manager.enabled": "false",
        "server.fleet_discovery.enabled": "false",
        "client.allow_telemetry": "false",
        "db.logs.query.enabled": "OFF",
        "server.memory.pagecache.size": f"{memory.page_cache}m",
        "db.transaction.monitor.check.interval": "500ms",  # the precision of time limits; 2 s by default
        "dbms.memory.transaction.total.max": f"{memory.heap * 7 // 10}m",
        "db.memory.transaction.max": f"{memory.transaction or memory.heap // 2}m",
        # without these an empty graph takes 500 MB of disk
        "db.tx_log.preallocate": "false",
        "db.tx_log.rotation.size": "32m",
        "db.tx_log.rotation.retention_policy": "2 files",
        # closing the graph takes 0.3 s; without these two settings Bolt then waits for 10 s
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


def temporary_folder_arguments(layout: Layout) -> tuple[str, ...]:
    """Return the arguments that keep temporary files of Java and JNA below the home."""
    return (f"-Djava.io.tmpdir={layout.scratch}", f"-Djna.tmpdir={layout.scratch}")


def server_arguments(layout: Layout, class_path: Sequence[Path], memory: Memory) -> tuple[str, ...]:
    """Return the arguments of ``java`` to run the server."""
    return (
        *("-cp", ":".join(map(str, class_path))),
        f"-Xms{min(256, memory.heap)}m",
        f"-Xmx{memory.heap}m",
        *temporary_folder_arguments(layout),
        *JVM_FLAGS,
        "org.neo4j.server.Neo4jCommunity",
        f"--home-dir={layout.root}",
        f"--config-dir={layout.conf}",
        "--console-mode",
    )


def password_arguments(layout: Layout, class_path: Sequence[Path], password: str) -> tuple[str, ...]:
    """Return the arguments of ``java`` to set the password of a graph that was never started."""
    tool = ("org.neo4j.cli.AdminTool", "dbms", "set-initial-password")
    java = (*temporary_folder_arguments(layout), "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData")
    return ("-cp", ":".join(map(str, class_path)), *java, *tool, password)


def import_arguments(
    layout: Layout, class_path: Sequence[Path], memory: Memory, files: Sequence[str], *, between: str
) -> tuple[str, ...]:
    """Return the arguments of ``java`` to fill an empty database from CSV files; ``between`` separates the elements of lists."""
    return (
        *("-cp", ":".join(map(str, class_path)), f"-Xmx{memory.heap}m"),
        *temporary_folder_arguments(layout),
        *JVM_FLAGS,
        *("org.neo4j.cli.AdminTool", "database", "import", "full", "neo4j"),
        *(f"--array-delimiter=U+{ord(between):04X}", "--overwrite-destination=true", "--path-pattern-style=none"),
        *("--multiline-fields=true", f"--report-file={layout.scratch / 'import-report.txt'}"),
        f"--max-off-heap-memory={memory.heap}m",
        *files,
    )


def argument_file(arguments: Sequence[str]) -> str:
    r"""Return the text of a Java argument file. Arguments in a file do not appear in the process list.

    >>> print(argument_file(["-cp", "/a b/c.jar"]), end="")
    "-cp"
    "/a b/c.jar"
    """
    return "".join('"{}"\n'.format(argument.replace("\\", "\\\\").replace('"', '\\"')) for argument in arguments)
