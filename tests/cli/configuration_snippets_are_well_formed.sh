#!/bin/bash
# The files of examples/engines and examples/kubernetes that no test installs, and those too that one does: each is
# parsed as its engine would, and says where tare is.
. "$(dirname "$0")/lib.sh"

python3 - "$here/../../examples" > "$work/said" <<'END'
import json, sys, tomllib, yaml

examples = sys.argv[1]
BINARY = "/usr/local/bin/tare"


def toml(name):
    with open(f"{examples}/engines/{name}", "rb") as file:
        return tomllib.load(file)


def kubernetes(name):
    with open(f"{examples}/kubernetes/{name}") as file:
        return list(yaml.safe_load_all(file))


for name, version, plugin in (("containerd-1.toml", 2, "io.containerd.grpc.v1.cri"),
                              ("containerd-2.toml", 3, "io.containerd.cri.v1.runtime")):
    config = toml(name)
    runtime = config["plugins"][plugin]["containerd"]["runtimes"]["tare"]
    assert config["version"] == version and runtime["runtime_type"] == "io.containerd.runc.v2"
    assert runtime["options"] == {"BinaryName": BINARY, "SystemdCgroup": True}
with open(f"{examples}/engines/docker-daemon.json") as file:
    docker = json.load(file)
assert docker["runtimes"][docker["default-runtime"]]["path"] == BINARY
engine = toml("containers.conf")["engine"]
assert BINARY in engine["runtimes"][engine["runtime"]]
assert engine["runtime_supports_json"][0] == engine["runtime_supports_nocgroup"][0] == "tare"
crio = toml("crio.conf")["crio"]["runtime"]
assert crio["runtimes"][crio["default_runtime"]]["runtime_path"] == BINARY
buildkit = toml("buildkitd.toml")["worker"]
assert buildkit["oci"]["binary"] == buildkit["containerd"]["runtime"]["options"]["BinaryName"] == BINARY

(runtime_class,) = kubernetes("runtimeclass.yaml")
assert (runtime_class["kind"], runtime_class["handler"]) == ("RuntimeClass", "tare")
config_map, daemon_set = kubernetes("installer.yaml")
pod = daemon_set["spec"]["template"]["spec"]
(init,) = pod["initContainers"]
assert pod["hostPID"] and init["securityContext"]["privileged"]
volumes = {volume["name"]: volume for volume in pod["volumes"]}
assert {mount["name"] for mount in init["volumeMounts"]} == set(volumes)
assert volumes["scripts"]["configMap"]["name"] == config_map["metadata"]["name"]
print(config_map["data"]["install.sh"], end="")
END
sh -n "$work/said"
has "$(cat "$work/said")" '^binary=/usr/local/bin/tare$'
