// Namespaces: can they be made here, are those to be joined what they are taken for.
#include <cerrno>

#include "namespaces/namespace_set.h"
#include "runtime/base/error.h"
#include "runtime/base/strings.h"
#include "runtime/check/requirement.h"

namespace tare::check {
namespace {

bool has_namespaces(const Subject& subject) {
  return !subject.linux_section().namespaces.empty();
}

Obstacle obstacle(const std::string& type, int error) {
  if (error == EINVAL || error == ENOSYS) {
    return {"this kernel has no " + type + " namespaces",
            "leave it out, or use a kernel that is built with them"};
  }
  if (error == ENOSPC) {
    return {"the limit of " + type + " namespaces is reached",
            "raise it: sysctl user.max_" +
                std::string(type == "network" ? "net"
                            : type == "mount" ? "mnt"
                                              : type) +
                "_namespaces=65536"};
  }
  return {"we may not make a " + type + " namespace: " + errno_text(error),
          "run as root, or add a user namespace"};
}

void types_can_be_made(const Subject& subject, Findings& findings) {
  const auto& wanted = subject.linux_section().namespaces;
  for (size_t i = 0; i < wanted.size(); ++i) {
    if (!wanted[i].path.empty()) continue;
    auto attempt = subject.host.namespaces.attempts.find(wanted[i].type);
    bool known = attempt != subject.host.namespaces.attempts.end();
    if (!known || attempt->second == 0) continue;
    Obstacle found = wanted[i].type == "user" || !subject.host.user.is_root()
                         ? user_namespace_obstacle(subject.host)
                         : Obstacle{};
    if (found.what.empty()) found = obstacle(wanted[i].type, attempt->second);
    findings.error(oci::pointer("linux", "namespaces", i), found.what, found.remedy);
  }
}

void paths_are_namespaces(const Subject& subject, Findings& findings) {
  const auto& wanted = subject.linux_section().namespaces;
  for (size_t i = 0; i < wanted.size(); ++i) {
    if (wanted[i].path.empty()) continue;
    try {
      namespaces::NamespaceSet::open({wanted[i]});
    } catch (const Error& error) {
      findings.error(oci::pointer("linux", "namespaces", i, "path"), error.text(),
                     "name the namespace of a living process (/proc/PID/ns/" + wanted[i].type +
                         ") or one that is bound to a file; without a path a new one is made");
    }
  }
}

bool is_ordinary(const Subject& subject) {
  return !subject.host.user.is_root();
}

void ordinary_user_has_one(const Subject& subject, Findings& findings) {
  if (subject.has("user")) return;
  findings.error("/linux/namespaces", "without being root a container needs a user namespace",
                 "add one with mappings, as `tare spec --rootless` writes it, or run as root");
}

constexpr Requirement<Subject> kRequirements[] = {
    {"namespace", has_namespaces, types_can_be_made},
    {"namespace-path", has_namespaces, paths_are_namespaces},
    {"user-namespace", is_ordinary, ordinary_user_has_one},
};

}  // namespace

Requirements<Subject> namespace_requirements() {
  return kRequirements;
}

Obstacle user_namespace_obstacle(const Host& host) {
  const Namespaces& facts = host.namespaces;
  if (facts.powers == 0) return {};
  if (facts.max_user == 0) {
    return {"user namespaces are turned off", "sysctl user.max_user_namespaces=65536"};
  }
  if (facts.unprivileged_clone == false && !host.user.is_root()) {
    return {"user namespaces are for root alone here", "sysctl kernel.unprivileged_userns_clone=1"};
  }
  if (facts.restricted_by_apparmor && !host.user.is_root()) {
    return {"AppArmor takes away what a user namespace gives to programs without a profile",
            "load a profile with \"userns,\" for tare, or "
            "sysctl kernel.apparmor_restrict_unprivileged_userns=0"};
  }
  if (facts.powers == ENOSPC) {
    return {"the limit of user namespaces is reached", "sysctl user.max_user_namespaces=65536"};
  }
  if (facts.powers == EINVAL || facts.powers == ENOSYS) {
    return {"this kernel has no user namespaces", "use one that is built with CONFIG_USER_NS"};
  }
  if (host.user.filtered) {
    return {"a user namespace is refused (" + errno_text(facts.powers) +
                "), and there is a seccomp filter on us, as in a container",
            "run that container with --security-opt seccomp=unconfined, or with a filter that "
            "allows clone3, unshare, mount and pivot_root"};
  }
  return {"a user namespace is refused: " + errno_text(facts.powers),
          "look for a seccomp filter, a security module or a container around us that forbids it"};
}

}  // namespace tare::check
