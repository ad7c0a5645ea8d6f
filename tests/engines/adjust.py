#!/usr/bin/python3
"""Makes a captured configuration fit for this host: adjust.py CAPTURED WORK TAG [OPTION...]

Reads CAPTURED, writes WORK/bundle/config.json and what it refers to (bind sources, hooks, the program)
below WORK, and prints a line "note: ..." for each thing it changed. Nothing else is changed. Options:
rootless (the user namespace around is somebody else's), namespace:TYPE=PATH (stand-ins for paths),
owner=UID (the host's number of the container's root). Integers stay exact to 64 bits, which jq's do not.
"""
import json
import os
import resource
import shutil
import sys

captured, work, tag, *options = sys.argv[1:]
rootless = "rootless" in options
stand_ins = dict(o.removeprefix("namespace:").split("=", 1) for o in options if o.startswith("namespace:"))
owner = next((int(o.removeprefix("owner=")) for o in options if o.startswith("owner=")), None)

bundle = f"{work}/bundle"
rootfs = f"{bundle}/rootfs"
with open(captured) as file:
    config = json.load(file)
process = config["process"]
linux = config["linux"]
mounts = config["mounts"]


def note(text):
    print("note:", text)


def write(path, text, mode=0o644):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    if os.path.islink(path):
        os.unlink(path)
    with open(path, "w") as file:
        file.write(text)
    os.chmod(path, mode)


def capability(number):
    with open("/proc/self/status") as file:
        mask = next(line.split()[1] for line in file if line.startswith("CapEff"))
    return bool(int(mask, 16) >> number & 1)


may_raise = capability(24)  # CAP_SYS_RESOURCE


def root_file_system():
    config["root"]["path"] = "rootfs"
    note("root.path is the test's own")


# A real kind is not to be seen in the file: these destinations are files, all others directories.
FILES = {"/etc/resolv.conf", "/etc/hostname", "/etc/hosts", "/dev/termination-log", "/run/.containerenv",
         "/run/secrets/tok", "/run/xtables.lock", "/sbin/docker-init", "/run/podman-init"}


def bind_sources():
    changed = 0
    for number, mount in enumerate(list(mounts)):
        if mount.get("type") != "bind":
            continue
        source, destination = mount["source"], mount["destination"]
        if source in ("/proc", "/sys"):
            continue
        if destination.startswith("/dev/") and destination not in FILES | {"/dev/shm"}:
            if not os.path.exists(source):
                mounts.remove(mount)
                note(f"{source} is not on this host: no bind mount of it")
            continue
        mount["source"] = f"{work}/sources/{number}"
        changed += 1
        if destination in FILES:
            write(mount["source"], destination)
        else:
            write(mount["source"] + "/content", destination)
    note(f"{changed} bind mounts have sources of the test's own")


def overlay_directories():
    for number, mount in enumerate(mounts):
        if mount.get("type") != "overlay":
            continue
        for i, option in enumerate(mount["options"]):
            key, _, path = option.partition("=")
            if path:
                path = f"{work}/sources/overlay{number}/{key}"
                os.makedirs(path)
                mount["options"][i] = f"{key}={path}"
        write(f"{work}/sources/overlay{number}/lowerdir/content", mount["destination"])
        note(f"overlay at {mount['destination']} has directories of the test's own")


# Where the program named in args is looked for, a script that reports is put.
def program():
    name = process["args"][0]
    with open(os.path.join(os.path.dirname(os.path.realpath(__file__)), "report.sh")) as file:
        script = file.read()
    if "/" not in name:
        path = next(v for v in process["env"] if v.startswith("PATH="))[5:].split(":")[0]
        name = f"{path}/{name}"
    for mount in mounts:
        if mount["destination"] == name:
            write(mount["source"], script, 0o755)
            break
    else:
        write(rootfs + name, script, 0o755)
    note(f"{name} reports")
    process.setdefault("env", []).append(f"TARE_TEST={tag}")
    note("one more environment variable marks the test's processes")


def namespace_paths():
    for namespace in linux["namespaces"]:
        if "path" in namespace:
            note(f"{namespace['path']} is a namespace made for the test")
            namespace["path"] = stand_ins[namespace["type"]]


def hooks():
    for kind, entries in config.get("hooks", {}).items():
        for number, hook in enumerate(entries):
            hook["path"] = f"{work}/hooks/{kind}-{number}"
            write(hook["path"], f"#!/bin/sh\nexec cat > {hook['path']}.state\n", 0o755)
            note(f"hook {kind} {number} stores its standard input")


def labels():
    try:
        with open("/sys/kernel/security/apparmor/profiles") as file:
            profiles = {line.split(" (")[0] for line in file}
    except OSError:
        profiles = set()
    profile = process.get("apparmorProfile")
    if profile and profile not in profiles | {"unconfined" if profiles else None}:
        del process["apparmorProfile"]
        note(f"AppArmor profile {profile} is not on this host")
    for place, name in ((process, "selinuxLabel"), (linux, "mountLabel")):
        if place.get(name) and not os.path.exists("/sys/fs/selinux/enforce"):
            note(f"no SELinux on this host: no {name}")
            del place[name]


# One controller or none on this host's cgroup2: limits for those it has stay.
CONTROLLERS = {"memory": "memory", "cpu": "cpu", "pids": "pids", "blockIO": "io", "hugepageLimits": "hugetlb"}


def limits():
    with open("/proc/self/mountinfo") as file:
        root = next((l.split()[4] for l in file if " - cgroup2 " in l), None)
    available = set()
    if root and not rootless:
        with open(root + "/cgroup.controllers") as file:
            available = set(file.read().split())
    resources = linux.get("resources", {})
    for name, controller in CONTROLLERS.items():
        needed = {controller}
        if name == "cpu" and {"cpus", "mems"} & set(resources.get(name, {})):
            needed.add("cpuset")
        if resources.get(name) and not needed <= available:
            del resources[name]
            note(f"no {' or '.join(sorted(needed))} controller for us: no resources.{name}")
    for key in list(resources.get("unified", {})):
        if key.split(".")[0] not in available:
            del resources["unified"][key]
            note(f"no {key.split('.')[0]} controller for us: no {key}")
    for key, value in list(resources.get("blockIO", {}).items()):
        if isinstance(value, list) and not all(
                os.path.exists(f"/sys/dev/block/{e['major']}:{e['minor']}") for e in value):
            del resources["blockIO"][key]
            note(f"no such block device on this host: no {key}")


def cgroup_path():
    path = linux.get("cgroupsPath")
    if path and not rootless:
        linux["cgroupsPath"] = f"/{tag}/" + path.replace("/", ":").rsplit(":", 1)[-1]
        note(f"cgroupsPath {path.replace(path[-52:], '...') if len(path) > 60 else path} is below the test's own, by cgroupfs")


def rlimits():
    for limit in process.get("rlimits", []):
        hard = resource.getrlimit(getattr(resource, limit["type"]))[1]
        if not may_raise or rootless:
            hard = hard if hard != resource.RLIM_INFINITY else 2**64 - 1
            if limit["hard"] > hard:
                note(f"{limit['type']} {limit['hard']} is more than we may set: {hard}")
                limit.update(hard=hard, soft=min(limit["soft"], hard))


def oom_score():
    with open("/proc/self/oom_score_adj") as file:
        own = int(file.read())
    wanted = process.get("oomScoreAdj")
    if wanted is not None and wanted < own and (not may_raise or rootless):
        note(f"oomScoreAdj {wanted} is less than we may set: {own}")
        process["oomScoreAdj"] = own


def kernel_parameters():
    for name in list(linux.get("sysctl", {})):
        if not os.path.exists("/proc/sys/" + name.replace(".", "/")):
            del linux["sysctl"][name]
            note(f"no {name} on this host")


# What the report looks at, as lists the script can read.
def questions():
    asked = {
        "masked": linux.get("maskedPaths", []),
        "readonly": linux.get("readonlyPaths", []),
        "sysctls": [name.replace(".", "/") for name in linux.get("sysctl", {})],
        "devices": [device["path"] for device in linux.get("devices", [])],
        "binds": [m["destination"] for m in mounts if m.get("source", "").startswith(work + "/sources")
                  and m["destination"] not in ("/sbin/docker-init", "/run/podman-init") or m["type"] == "overlay"],
    }
    for name, lines in asked.items():
        write(f"{rootfs}/.report/{name}", "".join(line + "\n" for line in lines))


def ownership():
    if owner is None:
        return
    for place in (rootfs, f"{work}/sources"):
        for directory, _, files in os.walk(place):
            for path in [directory] + [os.path.join(directory, f) for f in files]:
                os.chown(path, owner, owner, follow_symlinks=False)
    note(f"the root file system belongs to the container's root, {owner}")


shutil.rmtree(f"{work}/sources", ignore_errors=True)
os.makedirs(f"{work}/sources")
for rule in (root_file_system, bind_sources, overlay_directories, program, namespace_paths, hooks, labels,
             limits, cgroup_path, rlimits, oom_score, kernel_parameters, questions, ownership):
    rule()
write(f"{bundle}/config.json", json.dumps(config, ensure_ascii=False))
