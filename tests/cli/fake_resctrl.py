#!/usr/bin/env python3
"""A resctrl file system for machines without one: fake_resctrl.py DIRECTORY LOG

Speaks the kernel's FUSE protocol on /dev/fuse. Directories and files behave as resctrl's do (kernel:
filesystems/resctrl.rst): mkdir in the root or in mon_groups makes a group with its files, rmdir removes it,
schemata takes whole lines of known resources, tasks takes processes that exist. Whatever changes is
a line of LOG: "mkdir PATH", "rmdir PATH", "write PATH TEXT".
"""
import ctypes
import errno
import os
import stat
import struct
import sys

DOMAINS = (0, 1)
FULL = {"L3": 0xFFFFF, "MB": 100}
GRANULARITY = 10


class Node:
    def __init__(self, path, content=None, write=None):
        self.path, self.content, self.write = path, content, write
        self.children = {} if content is None else None  # a directory has no content

    def add(self, name, content=None, write=None):
        self.children[name] = Node(f"{self.path}/{name}", content, write)
        return self.children[name]


class Resctrl:
    def __init__(self, log):
        self.log = open(log, "a", buffering=1)
        self.status = "ok"
        self.root = self.group("", None)
        info = self.root.add("info")
        info.add("last_cmd_status", lambda: self.status + "\n")
        for resource in FULL:
            info.add(resource).add("num_closids", lambda: "16\n")
        info.children["MB"].add("bandwidth_gran", lambda: f"{GRANULARITY}\n")
        info.children["MB"].add("min_bandwidth", lambda: f"{GRANULARITY}\n")
        info.children["MB"].add("delay_linear", lambda: "1\n")
        info.children["L3"].add("cbm_mask", lambda: f"{FULL['L3']:x}\n")
        info.children["L3"].add("min_cbm_bits", lambda: "2\n")
        self.nodes = {1: self.root}

    def group(self, path, parent):
        node = Node(path)
        node.tasks, node.parent = set(), parent
        node.add("tasks", lambda: "".join(f"{pid}\n" for pid in sorted(node.tasks) if os.path.exists(f"/proc/{pid}")),
                 lambda text: self.assign(node, text))
        data = node.add("mon_data")
        for domain in DOMAINS:
            counters = data.add(f"mon_L3_{domain:02}")
            counters.add("llc_occupancy", lambda domain=domain: f"{4096 * domain}\n")
            counters.add("mbm_total_bytes", lambda: f"{len(node.tasks) * 1000}\n")
            counters.add("mbm_local_bytes", lambda: "Unavailable\n")
        if parent is None:
            node.shares = {resource: {d: full for d in DOMAINS} for resource, full in FULL.items()}
            node.add("schemata", lambda: self.schemata(node), lambda text: self.set_schemata(node, text))
            node.add("mon_groups").parent = node
        return node

    def fail(self, number, words):
        self.status = words
        raise OSError(number, words)

    def assign(self, group, text):
        pid = int(text)
        if not os.path.exists(f"/proc/{pid}"):
            self.fail(errno.ESRCH, f"No task {pid}")
        control = group.parent or group
        if group.parent and pid not in control.tasks:
            self.fail(errno.EINVAL, "Can't move task to different control group")
        if not group.parent:
            for other in self.groups():
                other.tasks.discard(pid)
        group.tasks.add(pid)

    def groups(self):
        controls = [self.root] + [node for node in self.root.children.values() if hasattr(node, "tasks")]
        return controls + [node for c in controls for node in c.children["mon_groups"].children.values()]

    def schemata(self, node):
        line = {"L3": lambda share: f"{share:05x}", "MB": lambda share: f"{share:4d}"}
        return "".join(f"{resource:>6}:" + ";".join(f"{d}={line[resource](s)}" for d, s in shares.items()) + "\n"
                       for resource, shares in node.shares.items())

    def set_schemata(self, node, text):
        if not text.endswith("\n"):
            self.fail(errno.EINVAL, "no newline")
        for line in text.splitlines():
            resource, _, shares = line.strip().partition(":")
            if resource not in FULL:
                self.fail(errno.EINVAL, f"Unknown or unsupported resource name '{resource}'")
            for share in shares.split(";"):
                domain, _, value = share.partition("=")
                number = int(value, 16 if resource == "L3" else 10)
                if int(domain) not in DOMAINS or not 0 < number <= FULL[resource]:
                    self.fail(errno.EINVAL, f"Invalid share {share}")
                if resource == "MB":
                    number = -(-number // GRANULARITY) * GRANULARITY
                node.shares[resource][int(domain)] = number

    def mkdir(self, parent, name):
        if parent is not self.root and not parent.path.endswith("/mon_groups"):
            raise OSError(errno.EPERM, "")
        if len(self.groups()) > 6:
            self.fail(errno.ENOSPC, "Out of CLOSIDs")
        path = f"{parent.path}/{name}"
        parent.children[name] = self.group(path, getattr(parent, "parent", None))
        self.log.write(f"mkdir {path}\n")
        return parent.children[name]

    def rmdir(self, parent, name):
        node = parent.children[name]
        if not hasattr(node, "tasks"):
            raise OSError(errno.EPERM, "")
        del parent.children[name]
        self.log.write(f"rmdir {node.path}\n")

    # --- FUSE

    def number(self, node):
        self.nodes[id(node)] = node
        return 1 if node is self.root else id(node)

    def attributes(self, node):
        mode = stat.S_IFDIR | 0o755 if node.children is not None else stat.S_IFREG | 0o644
        return struct.pack("<6Q10I", self.number(node), 0, 0, 0, 0, 0, 0, 0, 0, mode, 2, 0, 0, 0, 4096, 0)

    def entry(self, node):
        return struct.pack("<4Q2I", self.number(node), 0, 0, 0, 0, 0) + self.attributes(node)

    def listing(self, node):
        out = b""
        for i, (name, child) in enumerate(node.children.items()):
            kind = 4 if child.children is not None else 8
            record = struct.pack("<2Q2I", self.number(child), i + 1, len(name), kind) + name.encode()
            out += record + bytes(-len(record) % 8)
        return out

    def handle(self, opcode, node, body):
        name = body.split(b"\0")[0].decode(errors="replace")
        if opcode == 26:  # INIT
            return struct.pack("<4I2H2I2H8I", 7, 31, 65536, 0, 16, 12, 65536, 1, 0, 0, *[0] * 8)
        if opcode == 1:  # LOOKUP
            if name not in (node.children or {}):
                raise OSError(errno.ENOENT, "")
            return self.entry(node.children[name])
        if opcode in (3, 4):  # GETATTR, SETATTR (of O_TRUNC)
            return struct.pack("<Q2I", 0, 0, 0) + self.attributes(node)
        if opcode in (14, 27):  # OPEN, OPENDIR; direct I/O, the size is nothing
            return struct.pack("<Q2I", 0, 1 if opcode == 14 else 0, 0)
        if opcode in (15, 28):  # READ, READDIR
            offset, size = struct.unpack_from("<QI", body, 8)
            if opcode == 28:
                return self.listing(node) if offset == 0 else b""
            return node.content().encode()[offset:offset + size]
        if opcode == 16:  # WRITE
            size, = struct.unpack_from("<I", body, 16)
            text = body[40:40 + size].decode()
            node.write(text)
            self.status = "ok"
            self.log.write(f"write {node.path} " + text.strip().replace("\n", "|") + "\n")
            return struct.pack("<2I", size, 0)
        if opcode == 9:  # MKDIR
            name = body[8:].split(b"\0")[0].decode()
            return self.entry(self.mkdir(node, name))
        if opcode == 11:  # RMDIR
            self.rmdir(node, name)
            return b""
        if opcode in (18, 25, 29, 34):  # RELEASE, FLUSH, RELEASEDIR, ACCESS
            return b""
        raise OSError(errno.ENOSYS, "")

    def serve(self, fd):
        while True:
            try:
                request = os.read(fd, 1 << 17)
            except OSError as error:
                if error.errno == errno.ENODEV:  # unmounted
                    return
                raise
            _, opcode, unique, nodeid = struct.unpack_from("<2I2Q", request)
            if opcode in (2, 42):  # FORGET, BATCH_FORGET
                continue
            try:
                answer, number = self.handle(opcode, self.nodes.get(nodeid), request[40:]), 0
            except OSError as error:
                answer, number = b"", -error.errno
            os.write(fd, struct.pack("<IiQ", 16 + len(answer), number, unique) + answer)


def main():
    directory, log = sys.argv[1:]
    fd = os.open("/dev/fuse", os.O_RDWR)
    libc = ctypes.CDLL(None, use_errno=True)
    options = f"fd={fd},rootmode=40000,user_id=0,group_id=0,allow_other,default_permissions"
    if libc.mount(b"resctrl", directory.encode(), b"fuse", 0, options.encode()) != 0:
        sys.exit(f"mount: {os.strerror(ctypes.get_errno())}")
    Resctrl(log).serve(fd)


main()
