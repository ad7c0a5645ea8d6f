#!/usr/bin/python3
"""Compares what the program in a container reported with its configuration: check.py CONFIG REPORT [rootless]

Prints a line for each thing that differs and exits with 1 if there is one. The expectations come from the
runtime specification and the man pages capabilities(7), proc(5), mount(8).
"""
import base64
import json
import re
import sys

with open(sys.argv[1]) as file:
    config = json.load(file)
with open(sys.argv[2], errors="replace") as file:
    text = file.read().replace("\r", "")
process, linux = config["process"], config["linux"]
wrong = []

if "== begin\n" not in text or "== end\n" not in text:
    sys.exit(f"no whole report: {text[:300]!r}")
sections = dict(s.split("\n", 1) for s in text.split("== begin\n")[1].split("== end\n")[0].split("== ")[1:])
status = dict(re.findall(r"^(\w+):[ \t]*(.*?)[ \t]*$", sections["status"], re.M))
facts = [line.partition(" ")[::2] for line in sections["facts"].splitlines()]
fact = dict(facts)
with open("/proc/self/status") as file:
    own = dict(re.findall(r"^(\w+):[ \t]*(.*?)[ \t]*$", file.read(), re.M))


def same(what, seen, expected):
    if seen != expected:
        wrong.append(f"{what}: {seen!r} instead of {expected!r}")


def listed(prefix):
    return [(name[len(prefix):], value) for name, value in facts if name.startswith(prefix)]


def identity():
    user = process["user"]
    same("uids", status["Uid"].split(), [str(user["uid"])] * 4)
    same("gids", status["Gid"].split(), [str(user["gid"])] * 4)
    if "run.oci.keep_original_groups" not in config.get("annotations", {}):
        expected = sorted(set(user.get("additionalGids", [])))
        same("groups", sorted(set(map(int, status["Groups"].split()))), expected)
    same("umask", int(status["Umask"], 8), user.get("umask", 0o022))


CAPABILITIES = """CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID KILL SETGID SETUID SETPCAP LINUX_IMMUTABLE
NET_BIND_SERVICE NET_BROADCAST NET_ADMIN NET_RAW IPC_LOCK IPC_OWNER SYS_MODULE SYS_RAWIO SYS_CHROOT SYS_PTRACE
SYS_PACCT SYS_ADMIN SYS_BOOT SYS_NICE SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG MKNOD LEASE AUDIT_WRITE AUDIT_CONTROL
SETFCAP MAC_OVERRIDE MAC_ADMIN SYSLOG WAKE_ALARM BLOCK_SUSPEND AUDIT_READ PERFMON BPF CHECKPOINT_RESTORE""".split()


# What execve(2) makes of the configured sets: "Transformation of capabilities" in capabilities(7).
def capabilities():
    def mask(name):
        numbers = (CAPABILITIES.index(c.removeprefix("CAP_")) for c in process.get("capabilities", {}).get(name, []))
        return sum(1 << n for n in numbers)

    new_user_namespace = "rootless" in sys.argv or any(n["type"] == "user" for n in linux["namespaces"])
    available = 2**len(CAPABILITIES) - 1 if new_user_namespace else int(own["CapBnd"], 16)
    bounding, inheritable, ambient = (mask(n) & available for n in ("bounding", "inheritable", "ambient"))
    permitted = ambient
    if process["user"]["uid"] == 0:
        permitted = inheritable | bounding
        if process.get("noNewPrivileges"):
            permitted &= mask("permitted")
    for name, expected in (("CapBnd", bounding), ("CapInh", inheritable), ("CapAmb", ambient),
                           ("CapPrm", permitted), ("CapEff", permitted)):
        same(name, f"{int(status[name], 16):011x}", f"{expected:011x}")


def confinement():
    same("NoNewPrivs", status["NoNewPrivs"], str(int(process.get("noNewPrivileges", False))))
    same("Seccomp", status["Seccomp"], "2" if linux.get("seccomp") else own["Seccomp"])
    if "oomScoreAdj" in process:
        same("oom_score_adj", fact["oom_score_adj"], str(process["oomScoreAdj"]))
    script = base64.b64decode(sections["cmdline"]).decode().split("\0")[2]  # which the shell reads
    links = re.findall(r" (\d+) -> (.*)", sections["descriptors"])
    same("descriptors", [fd for fd, path in links if path != script], ["0", "1", "2"])
    for fd in "012":
        same(f"terminal at {fd}", fact["terminal:" + fd], "yes" if process.get("terminal") else "no")


def surroundings():
    variables = base64.b64decode(sections["environ"]).decode().split("\0")[:-1]
    missing_home = [] if any(v.startswith("HOME=") for v in process["env"]) else \
        [v for v in variables if v.startswith("HOME=")][:1]
    same("environment", sorted(variables), sorted(process["env"] + missing_home))
    arguments = base64.b64decode(sections["cmdline"]).decode().split("\0")[:-1]
    same("arguments", arguments[3:], process["args"][1:])
    same("cwd", fact["cwd"], process["cwd"])
    kinds = {n["type"]: n.get("path") for n in linux["namespaces"]}
    if "hostname" in config and "uts" in kinds:
        same("hostname", fact["hostname"], config["hostname"])
    if "domainname" in config:
        same("domainname", fact["domainname"], config["domainname"])
    for name, value in linux.get("sysctl", {}).items():
        same(name, fact["sysctl:" + name.replace(".", "/")].split(), value.split())


LIMITS = {"Max open files": "NOFILE", "Max processes": "NPROC", "Max core file size": "CORE",
          "Max locked memory": "MEMLOCK"}


def limits():
    seen = {}
    for line in sections["limits"].splitlines()[1:]:
        name, soft, hard = re.match(r"(.*?)\s{2,}(\S+)\s+(\S+)", line).groups()
        seen["RLIMIT_" + LIMITS.get(name, name)] = (soft, hard)
    for limit in process.get("rlimits", []):
        expected = tuple("unlimited" if v >= 2**64 - 1 else str(v) for v in (limit["soft"], limit["hard"]))
        same(limit["type"], seen[limit["type"]], expected)


FILE_SYSTEMS = {"cgroup": "cgroup2", "bind": None}
DEFAULT_DEVICES = {"/dev/" + name for name in ("null", "zero", "full", "random", "urandom", "tty")}
NEGATION = {"rw": "ro", "suid": "nosuid", "dev": "nodev", "exec": "noexec"}


def mounts():
    table = {}  # the topmost mount of each place
    for line in sections["mounts"].splitlines():
        left, right = line.split(" - ")
        table[left.split()[4]] = (set(left.split()[5].split(",")), right.split()[0])
    last = {mount["destination"]: mount for mount in config["mounts"]}
    for place, mount in last.items():
        if place not in table:
            wrong.append(f"mount at {place}: missing")
            continue
        flags, kind = table[place]
        expected = FILE_SYSTEMS.get(mount["type"], mount["type"])
        if expected:
            same(f"file system at {place}", kind, expected)
        wanted = {}
        for option in mount.get("options", []):
            option = {"rro": "ro"}.get(option, option)
            if option in ("ro", "nosuid", "nodev", "noexec"):
                wanted[option] = True
            elif option in NEGATION:
                wanted[NEGATION[option]] = False
        if mount["type"] == "bind":  # what locks it outside stays, and its source has flags of its own
            wanted = {o: w for o, w in wanted.items() if w}
        if place in DEFAULT_DEVICES:  # in a user namespace the runtime's own lies on top
            wanted = {}
        for option, there in wanted.items():
            same(f"option {option} at {place}", option in flags, there)
    for place, content in listed("bind:"):
        same(f"content of {place}", content, place)
    readonly = config["root"].get("readonly", False)
    same("writable root", fact["root-writable"] == "yes", not readonly and process["user"]["uid"] == 0)
    return table


def paths(table):
    masked = listed("masked:")
    for place, what in masked:
        same(f"masked {place}", what.split()[1], "0")
        same(f"mount over {place}", place in table, True)
    for place, answer in listed("readonly:"):
        same(f"mount flags of read-only {place}", "ro" in table.get(place, ((), ""))[0], True)
        same(f"answer to a change of {place}", answer.endswith("Read-only file system"), True)
    if linux.get("maskedPaths") and not masked:
        wrong.append("no masked path is there at all")


def devices():
    kinds = {"c": "character special file", "b": "block special file", "p": "fifo"}
    for device in linux.get("devices", []):
        if device["path"] == "/dev/ptmx":  # always that of the container's own /dev/pts
            same("device /dev/ptmx", fact["device:/dev/ptmx"].split(",")[0], "symbolic link")
            continue
        seen = fact["device:" + device["path"]].split(",")
        mode = device.get("fileMode", 0o666) & 0o7777
        expected = [kinds[device["type"]], f"{device.get('major', 0):x}", f"{device.get('minor', 0):x}",
                    f"{mode:o}", str(device.get("uid", 0)), str(device.get("gid", 0))]
        same("device " + device["path"], seen, expected)


identity()
capabilities()
confinement()
surroundings()
limits()
paths(mounts())
devices()
print("\n".join(wrong))
sys.exit(1 if wrong else 0)
