// What the bundle points at: the root file system, the program in it, the hooks on the host. The
// root file system is walked as tare-init will walk it, by openat2 inside of it, so a link in it
// leads nowhere else.
#include <fcntl.h>
#include <linux/openat2.h>
#include <unistd.h>

#include <algorithm>
#include <climits>

#include "runtime/base/error.h"
#include "runtime/base/paths.h"
#include "runtime/base/strings.h"
#include "runtime/base/sys.h"
#include "runtime/check/host_file.h"
#include "runtime/check/requirement.h"

namespace tare::check {
namespace {

constexpr mode_t kExecutable = 0111;

std::string rootfs_of(const Subject& subject) {
  return absolute_from(subject.bundle, subject.config.root->path);
}

bool has_root(const Subject& subject) {
  return subject.config.root.has_value();
}

void root_is_there(const Subject& subject, Findings& findings) {
  std::string rootfs = rootfs_of(subject);
  auto status = status_of(rootfs);
  if (!status) {
    findings.error("/root/path", "there is no " + quote(rootfs),
                   "unpack a root file system there, or correct root.path");
  } else if (!S_ISDIR(status->st_mode)) {
    findings.error("/root/path", quote(rootfs) + " is no directory",
                   "name the directory that a root file system is unpacked in");
  } else if (!may(X_OK, rootfs)) {
    findings.error("/root/path", quote(rootfs) + " may not be entered",
                   "give uid " + std::to_string(subject.host.user.uid) + " the right to search it");
  }
}

// --- programs inside ---

enum class Found { Yes, No, NotExecutable, Unknown };

// Where the kernel finds an open file; empty when it has no name.
std::string name_of(const Fd& file) {
  char name[PATH_MAX];
  std::string link = "/proc/self/fd/" + std::to_string(file.get());
  ssize_t size = ::readlinkat(AT_FDCWD, link.c_str(), name, sizeof name);
  return size < 0 ? "" : std::string(name, static_cast<size_t>(size));
}

bool is_covered(const oci::Config& config, const std::string& path) {
  return std::any_of(config.mounts.begin(), config.mounts.end(), [&](const oci::Mount& mount) {
    std::string destination = clean_absolute(mount.destination);
    return destination != "/" && is_within(path, destination);
  });
}

// Follows the links of the root file system as far as it goes: what lies behind may be on a mount,
// and so may be there although it is not here. A link that leads nowhere can lead to one.
Found look_below(const Subject& subject, const Fd& rootfs, const std::string& path) {
  std::string known = path, rest;
  auto file = sys::try_openat2(rootfs.get(), known, O_PATH | O_CLOEXEC, RESOLVE_IN_ROOT);
  while (!file) {
    std::string name(base_name(known));
    known = parent_path(known);
    rest.insert(0, "/" + name);
    file = sys::try_openat2(rootfs.get(), known, O_PATH | O_CLOEXEC, RESOLVE_IN_ROOT);
    if (file && sys::try_fstatat(file->get(), name, AT_SYMLINK_NOFOLLOW)) return Found::Unknown;
  }
  std::string root = name_of(rootfs), real = name_of(*file);
  if (root.empty() || !is_within(real, root)) return Found::Unknown;
  std::string inside = clean_absolute("/" + real.substr(root.size()) + rest);
  if (is_covered(subject.config, inside)) return Found::Unknown;
  if (!rest.empty()) return Found::No;
  struct stat status = sys::fstat(*file, path);
  bool fits = S_ISREG(status.st_mode) && (status.st_mode & kExecutable) != 0;
  return fits ? Found::Yes : Found::NotExecutable;
}

// What we are not allowed to look at is not known.
Found look_inside(const Subject& subject, const Fd& rootfs, const std::string& path) {
  try {
    return look_below(subject, rootfs, path);
  } catch (const Error&) {
    return Found::Unknown;
  }
}

oci::Strings candidates(const oci::Process& process) {
  const std::string& program = process.args[0];
  if (program.find('/') != std::string::npos) {
    return {clean_absolute(absolute_from(process.cwd, program))};
  }
  oci::Strings paths;
  for (const std::string& entry : process.env) {
    if (!entry.starts_with("PATH=")) continue;
    paths.clear();  // the last one counts
    for (std::string_view part : split(std::string_view(entry).substr(5), ':')) {
      if (part.starts_with('/')) paths.push_back(clean_absolute(std::string(part) + "/" + program));
    }
  }
  return paths;
}

std::optional<Fd> open_rootfs(const Subject& subject) {
  try {
    return sys::try_openat(AT_FDCWD, rootfs_of(subject), O_PATH | O_DIRECTORY);
  } catch (const Error&) {
    return std::nullopt;
  }
}

bool has_program(const Subject& subject) {
  return has_root(subject) && subject.config.process && !subject.config.process->args.empty();
}

void program_is_there(const Subject& subject, Findings& findings) {
  auto rootfs = open_rootfs(subject);
  if (!rootfs) return;  // said by another requirement
  const std::string& program = subject.config.process->args[0];
  bool denied = false;
  for (const std::string& path : candidates(*subject.config.process)) {
    Found found = look_inside(subject, *rootfs, path);
    if (found == Found::Yes || found == Found::Unknown) return;
    denied = denied || found == Found::NotExecutable;
  }
  if (denied) {
    findings.error("/process/args/0",
                   quote(program) + " is not an executable file in the root file system",
                   "chmod +x it, or name another program");
  } else {
    findings.error("/process/args/0", quote(program) + " is not in the root file system",
                   "install it there, or correct process.args or PATH in process.env");
  }
}

// --- hooks ---

bool has_hooks(const Subject& subject) {
  return subject.config.hooks.has_value();
}

void host_hook(const oci::Hook& hook, const std::string& pointer, bool fatal, Findings& findings) {
  std::string what, remedy;
  auto status = status_of(hook.path);
  if (!status) {
    what = "there is no " + quote(hook.path);
    remedy = "install the hook's program, or remove the hook";
  } else if (!S_ISREG(status->st_mode) || !may(X_OK, hook.path)) {
    what = quote(hook.path) + " may not be executed";
    remedy = "chmod +x it, or correct the path";
  } else {
    return;
  }
  if (fatal) {
    findings.error(pointer, what, remedy);
  } else {
    findings.warning(pointer, what + "; the container is deleted nevertheless", remedy);
  }
}

void hooks_are_there(const Subject& subject, Findings& findings) {
  struct Kind {
    const char* name;
    const std::vector<oci::Hook>& hooks;
  };
  const oci::Hooks& hooks = *subject.config.hooks;
  const Kind kinds[] = {{"prestart", hooks.prestart},
                        {"createRuntime", hooks.create_runtime},
                        {"createContainer", hooks.create_container},
                        {"poststart", hooks.poststart},
                        {"poststop", hooks.poststop}};
  for (const Kind& kind : kinds) {
    for (size_t i = 0; i < kind.hooks.size(); ++i) {
      bool fatal = std::string_view(kind.name) != "poststop";
      host_hook(kind.hooks[i], oci::pointer("hooks", kind.name, i, "path"), fatal, findings);
    }
  }
}

bool has_start_hooks(const Subject& subject) {
  return has_root(subject) && has_hooks(subject) && !subject.config.hooks->start_container.empty();
}

void start_hooks_are_inside(const Subject& subject, Findings& findings) {
  auto rootfs = open_rootfs(subject);
  if (!rootfs) return;
  const std::vector<oci::Hook>& hooks = subject.config.hooks->start_container;
  for (size_t i = 0; i < hooks.size(); ++i) {
    Found found = look_inside(subject, *rootfs, clean_absolute(hooks[i].path));
    if (found == Found::Yes || found == Found::Unknown) continue;
    findings.error(oci::pointer("hooks", "startContainer", i, "path"),
                   quote(hooks[i].path) +
                       " is no executable file in the root file system, where "
                       "startContainer hooks are looked for",
                   "install it in the root file system, or use another kind of hook");
  }
}

constexpr Requirement<Subject> kRequirements[] = {
    {"rootfs", has_root, root_is_there},
    {"program", has_program, program_is_there},
    {"hook", has_hooks, hooks_are_there},
    {"start-hook", has_start_hooks, start_hooks_are_inside},
};

}  // namespace

Requirements<Subject> file_requirements() {
  return kRequirements;
}

}  // namespace tare::check
