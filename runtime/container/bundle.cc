// The bundle is the caller's and trusted, but nothing in it may hold us up or fill our memory.
#include "runtime/container/bundle.h"

#include <fcntl.h>
#include <sys/mount.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <memory>

#include "oci/reader.h"
#include "oci/validate.h"
#include "runtime/base/error.h"
#include "runtime/base/log.h"
#include "runtime/base/paths.h"
#include "runtime/base/strings.h"
#include "runtime/base/sys.h"
#include "runtime/container/console.h"

namespace tare {
namespace {

constexpr size_t kMaxConfig = 64 << 20;

struct Free {
  void operator()(char* text) const { std::free(text); }
};

std::string read_config_file(const std::string& path) {
  auto file = sys::try_openat(AT_FDCWD, path, O_RDONLY | O_NONBLOCK | O_NOCTTY);
  if (!file) {
    throw Error("JSON specification file " + quote(path) + " not found: " + errno_text(ENOENT));
  }
  if (!S_ISREG(sys::fstat(*file, path).st_mode))
    throw Error(quote(path) + " is not a regular file");
  return sys::read_all(*file, kMaxConfig, path);
}

bool related(std::string_view a, std::string_view b) {
  return a.empty() || b.empty() || is_within(a, b) || is_within(b, a);
}

bool about_unreadable(const oci::Violation& violation,
                      const std::vector<oci::Violation>& unreadable) {
  return std::any_of(unreadable.begin(), unreadable.end(), [&](const oci::Violation& known) {
    return related(violation.pointer, known.pointer);
  });
}

}  // namespace

std::string find_bundle(const std::string& path) {
  auto status = sys::try_fstatat(AT_FDCWD, path);
  if (!status) throw Error(ENOENT, "bundle", quote(path));
  if (!S_ISDIR(status->st_mode)) throw Error(ENOTDIR, "bundle", quote(path));
  // An absolute path is kept as it was given: engines compare it with their own.
  if (!path.starts_with('/')) {
    std::unique_ptr<char, Free> real(::realpath(path.c_str(), nullptr));
    if (!real) throw Error(errno, "bundle", quote(path));
    return real.get();
  }
  std::string kept = path;
  while (kept.size() > 1 && kept.back() == '/') kept.pop_back();
  return kept;
}

oci::Config read_configuration(const std::string& bundle, const std::string& file,
                               std::vector<oci::Violation>& violations) {
  oci::Config config = oci::read_config(read_config_file(absolute_from(bundle, file)), violations);
  std::vector<oci::Violation> broken_rules;
  oci::validate(config, broken_rules);
  add_broken_rules(violations, std::move(broken_rules));
  return config;
}

void add_broken_rules(std::vector<oci::Violation>& unreadable,
                      std::vector<oci::Violation> broken_rules) {
  std::erase_if(broken_rules, [&](const oci::Violation& violation) {
    return about_unreadable(violation, unreadable);
  });
  for (oci::Violation& violation : broken_rules) unreadable.push_back(std::move(violation));
}

oci::Config load_config(const std::string& bundle, const std::string& file) {
  std::vector<oci::Violation> violations;
  oci::Config config = read_configuration(bundle, file, violations);
  std::string name(base_name(file));
  if (!violations.empty()) throw Error(oci::describe(name, violations));
  for (const oci::Violation& doubt : oci::doubts(config)) {
    log_warning(oci::describe(name, {doubt}));
  }
  return config;
}

void check_terminal(bool terminal, Detach detach, const std::string& console_socket) {
  bool detached = detach == Detach::Yes;
  if (terminal && detached && console_socket.empty()) {
    throw Error("cannot allocate tty if the runtime will detach without setting console socket");
  }
  if (!console_socket.empty() && !(terminal && detached)) {
    throw Error("cannot use console socket if the runtime will not detach or allocate tty");
  }
}

void check_terminal(const CreateRequest& request, const oci::Config& config) {
  check_terminal(config.process && config.process->terminal,
                 request.detach ? Detach::Yes : Detach::No, request.console_socket);
}

CallerSockets connect_caller(const std::string& console_socket, const std::string& pidfd_socket) {
  CallerSockets sockets;
  if (!console_socket.empty()) {
    sockets.console = connect_caller_socket("--console-socket", console_socket);
  }
  if (!pidfd_socket.empty()) {
    sockets.pidfd = connect_caller_socket("--pidfd-socket", pidfd_socket);
  }
  return sockets;
}

SeccompAgent connect_agent(const oci::Config& config, const std::string& bundle) {
  if (!config.process || !config.linux_ || !config.linux_->seccomp) return {};
  return SeccompAgent::connect(*config.linux_->seccomp, bundle);
}

Fd open_seccomp_cache(const Store& store, const oci::Config& config) {
  if (!config.linux_ || !config.linux_->seccomp) return {};
  sys::try_mkdirat(store.fd().get(), ".cache", 0700);
  sys::try_mkdirat(store.fd().get(), ".cache/seccomp", 0700);
  return sys::openat(store.fd().get(), ".cache/seccomp", O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
}

}  // namespace tare
