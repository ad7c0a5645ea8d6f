#!/usr/bin/python3
"""Plays criu for the tests of checkpoint and restore: called "criu", it serves one request as `criu swrk FD`.

$FAKE_CRIU is a folder. `requests` there gets a line of JSON for each request (options by their names in
images/rpc.proto), `environment` what criu was started with; the first word of `mode` says how it behaves:
ok fail die crash garbage huge foreign refused silent; `version` is a version (default 4.1.1).
"""
import ctypes
import json
import os
import signal
import socket
import sys
import time

OPTIONS = {
    1: "images_dir_fd", 2: "pid", 3: "leave_running", 4: "ext_unix_sk", 5: "tcp_established", 6: "evasive_devices",
    7: "shell_job", 8: "file_locks", 9: "log_level", 10: "log_file", 11: "ps", 12: "notify_scripts", 13: "root",
    14: "parent_img", 15: "track_mem", 16: "auto_dedup", 17: "work_dir_fd", 18: "link_remap", 23: "ext_mnt",
    24: "manage_cgroups", 25: "cg_root", 26: "rst_sibling", 27: "inherit_fd", 34: "manage_cgroups_mode",
    37: "external", 38: "empty_ns", 39: "join_ns", 44: "freeze_cgroup", 46: "tcp_skip_in_flight",
    48: "lazy_pages", 50: "orphan_pts_master", 51: "config_file", 52: "tcp_close", 53: "lsm_profile",
    60: "cgroup_yard", 63: "lsm_mount_context"}
PAIRS = ("ext_mnt", "cg_root", "inherit_fd", "join_ns", "ps")
DUMP, RESTORE, PRE_DUMP, NOTIFY, FEATURE_CHECK, VERSION = 1, 2, 4, 6, 9, 10
CLONE_PARENT = 0x8000

folder = os.environ["FAKE_CRIU"]
sock = socket.socket(fileno=int(sys.argv[2]))


def setting(name, otherwise):
    try:
        return open(f"{folder}/{name}").read().split()[0]
    except FileNotFoundError:
        return otherwise


def varint(value):
    out = b""
    while value > 127:
        out += bytes([value & 127 | 128])
        value >>= 7
    return out + bytes([value])


def number(field, value):
    return varint(field << 3) + varint(value)


def text(field, value):
    value = value.encode() if isinstance(value, str) else value
    return varint(field << 3 | 2) + varint(len(value)) + value


def fields(message):
    """(number, int or bytes) of each field."""
    at = 0

    def take():
        nonlocal at
        value = shift = 0
        while True:
            byte = message[at]
            at += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    while at < len(message):
        tag = take()
        value = take()
        if tag & 7 == 2:
            value, at = message[at:at + value], at + value
        yield tag >> 3, value


def readable(value):
    return value.decode() if isinstance(value, bytes) else value


def options(message):
    result = {}
    for field, value in fields(message):
        name = OPTIONS[field]  # an unknown one is a defect
        if name in PAIRS:
            pair = dict(fields(value))
            result.setdefault(name, []).append([readable(pair.get(1)), readable(pair.get(2))])
        elif name == "external":
            result.setdefault(name, []).append(readable(value))
        else:
            result[name] = readable(value)
    return result


def reply(kind, success=True, rest=b"", fds=()):
    message = number(1, kind) + number(2, int(success)) + rest
    socket.send_fds(sock, [message], list(fds))


def notify(script, pid=0, fds=()):
    reply(NOTIFY, True, text(5, text(1, script) + (number(2, pid) if pid else b"")), fds)
    answer = dict(fields(sock.recv(65536)))
    return answer.get(3) == 1


def log(opts, line):
    work = opts.get("work_dir_fd", opts["images_dir_fd"])
    with open(f"/proc/{os.getppid()}/fd/{work}/{opts['log_file']}", "a") as file:
        file.write(line + "\n")


def fail(kind, opts):
    log(opts, "(00.1) Error (criu/fake.c:1): it is broken")
    reply(kind, False, number(7, 22))
    sys.exit(1)


def misbehave(mode, kind, opts):
    if mode == "die":
        sys.exit(3)
    if mode == "crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    if mode == "garbage":
        sock.send(b"\xff" * 20)
    if mode == "huge":
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 20)
        sock.send(b"\x08\x01" * 50000)
    if mode == "fail":
        fail(kind, opts)


def dump(opts):
    notify("pre-dump")
    notify("network-lock")
    if opts.get("lazy_pages"):
        notify("status-ready")
    if opts.get("leave_running") or kind == PRE_DUMP:
        return
    os.kill(opts["pid"], signal.SIGKILL)
    while os.path.exists(f"/proc/{opts['pid']}/stat") and " Z " not in open(f"/proc/{opts['pid']}/stat").read():
        time.sleep(0.01)


def restore(mode, opts):
    pid = ctypes.CDLL(None).syscall(56, CLONE_PARENT | signal.SIGCHLD, 0, 0, 0, 0)
    if pid == 0:
        os.close(sock.fileno())
        os.execv("/bin/sleep", ["sleep", "1000"])
    if mode == "foreign":
        return notify("setup-namespaces", 1) and notify("post-restore", 1)
    if mode == "silent":
        os.kill(pid, signal.SIGKILL)
        return True
    if not notify("setup-namespaces", pid):
        return False
    if mode == "terminal":
        master, slave = os.openpty()
        os.write(slave, b"from the terminal\n")
        notify("orphan-pts-master", 0, [master])
    return notify("post-restore", pid) and notify("post-resume")


request = dict(fields(sock.recv(65536)))
kind, mode = request[1], setting("mode", "ok")
opts = options(request.get(2, b""))
with open(f"{folder}/requests", "a") as file:
    file.write(json.dumps({"type": kind, "opts": opts}) + "\n")
with open(f"{folder}/environment", "w") as file:
    file.write("".join(f"{name}={value}\n" for name, value in os.environ.items()) + f"cwd={os.getcwd()}\n")
if kind == VERSION:
    major, minor, sub = (int(part) for part in setting("version", "4.1.1").split("."))
    reply(kind, True, text(10, number(1, major) + number(2, minor) + number(4, sub)))
elif kind == FEATURE_CHECK:
    wanted = dict(fields(request[5]))
    reply(kind, True, text(8, b"".join(number(field, int(mode != "refused")) for field in wanted)))
else:
    misbehave(mode, kind, opts)
    if kind == RESTORE:
        if not restore(mode, opts):
            fail(kind, opts)
    else:
        dump(opts)
    if mode not in ("garbage", "huge"):
        reply(kind)
