// criu is a program of the host, started as `criu swrk FD` for one request each: messages over a
// SEQPACKET socket, its log in a file. While it works it notifies us and waits for our answer; our
// death is an end of file to it, upon which it undoes what it did.
//
// It is told nothing by the environment that a bundle could say: it starts in "/", and entries of
// LD_LIBRARY_PATH that are not absolute, which engines leave there, are taken out.
#include "runtime/checkpoint/criu.h"

#include <fcntl.h>
#include <linux/keyctl.h>
#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <span>
#include <utility>

#include "runtime/base/error.h"
#include "runtime/base/log.h"
#include "runtime/base/strings.h"
#include "runtime/base/sys.h"
#include "runtime/container/host_program.h"
#include "runtime/process/keyring.h"

namespace tare {
namespace {

constexpr size_t kMaxMessage = 64 << 10;
constexpr int kSocket = 3;
constexpr int kExitLaunchFailed = 127;

// --- the environment

std::string absolute_entries(std::string_view list) {
  std::vector<std::string> kept;
  for (std::string_view entry : split(list, ':')) {
    if (entry.starts_with('/')) kept.emplace_back(entry);
  }
  return join(kept, ":");
}

// criu looks for iptables and tar by itself, so it needs a PATH in any case.
std::vector<std::string> environment() {
  std::vector<std::string> result;
  for (char** entry = ::environ; *entry != nullptr; ++entry) {
    std::string_view text(*entry);
    if (text.starts_with("PATH=") || text.starts_with("LD_LIBRARY_PATH=")) continue;
    result.emplace_back(text);
  }
  for (const char* name : {"PATH", "LD_LIBRARY_PATH"}) {
    const char* value = ::getenv(name);
    std::string entries = value == nullptr ? "" : absolute_entries(value);
    if (entries.empty() && std::strcmp(name, "PATH") == 0) entries = kDefaultPath;
    if (!entries.empty()) result.push_back(std::string(name) + "=" + entries);
  }
  return result;
}

// --- the child. Only system calls: it is a copy of us, and an exception would go on in our code.

struct Launch {
  const CriuPlace& place;
  std::vector<int> fds;  // the socket first; becomes kSocket and following
  char* const* environment;
};

bool enter(const CriuPlace& place) {
  const Fd& processes = place.entrance.processes;
  if (processes && ::write(processes.get(), "0", 1) != 1) return false;
  return place.mount_ns == nullptr || ::setns(place.mount_ns->get(), CLONE_NEWNS) == 0;
}

// What is restored inherits it: the caller's is not the container's (keyrings(7)).
bool join_keyring(const CriuPlace& place) {
  if (!place.keyring) return true;
  long key = ::syscall(SYS_keyctl, KEYCTL_JOIN_SESSION_KEYRING, place.keyring->c_str());
  if (key < 0) return errno == ENOSYS;  // a kernel without keyrings has none to leak
  unsigned long rights = process::keyring_rights(place.keyring_searchable);
  return ::syscall(SYS_keyctl, KEYCTL_SETPERM, key, rights) == 0;
}

// Moved out of each other's way first.
bool set_descriptors(std::vector<int>& fds) {
  int free = kSocket + static_cast<int>(fds.size());
  for (int& fd : fds) {
    fd = ::fcntl(fd, F_DUPFD_CLOEXEC, free);
    if (fd < 0) return false;
  }
  int target = kSocket;
  for (int fd : fds) {
    if (::dup2(fd, target++) < 0) return false;
  }
  return true;
}

[[noreturn]] void become_criu(Launch& launch) {
  sys::reset_signals();
  char name[] = "criu", command[] = "swrk", socket[] = "3";
  char* const arguments[] = {name, command, socket, nullptr};
  if (enter(launch.place) && join_keyring(launch.place) && set_descriptors(launch.fds) &&
      ::chdir("/") == 0) {
    ::execve(launch.place.program.c_str(), arguments, launch.environment);
  }
  ::_exit(kExitLaunchFailed);
}

// --- replies

Error failure(const CriuReply& reply) {
  std::string text =
      "criu failed: type " + criu_type_name(reply.type) + " errno " + std::to_string(reply.error);
  if (!reply.message.empty()) text += ": " + quote(trim(reply.message));
  return Error(text);
}

}  // namespace

Criu::Criu(const CriuPlace& place) {
  Fd theirs;
  sys::socketpair_seqpacket(socket_, theirs);
  Launch launch{place, {theirs.get()}, nullptr};
  launch.fds.insert(launch.fds.end(), place.fds.begin(), place.fds.end());
  std::vector<std::string> texts = environment();
  std::vector<char*> entries = pointers(texts);
  launch.environment = entries.data();
  Fd pidfd;
  pid_t pid = sys::clone3(0, &pidfd, place.entrance.birthplace.get());
  if (pid == 0) become_criu(launch);
  child_ = namespaces::Child(pid, std::move(pidfd));
}

// Nothing at the end of file.
std::optional<CriuReply> Criu::receive(Fd& fd) {
  std::string buffer(kMaxMessage, '\0');
  sys::Message message =
      sys::receive_with_fds(socket_, std::as_writable_bytes(std::span(buffer)), "criu");
  if (message.size == 0) return std::nullopt;
  if (message.truncated) throw Error("criu sent more than a reply can be");
  if (!message.fds.empty()) fd = std::move(message.fds.front());
  return read_criu_reply({buffer.data(), message.size});
}

void Criu::died() {
  auto end = sys::waitid(child_.pidfd(), WEXITED);
  child_.keep();
  if (end && end->si_code != CLD_EXITED) {
    throw Error("criu was killed by signal " + std::to_string(end->si_status));
  }
  int status = end ? end->si_status : 0;
  if (status == kExitLaunchFailed) throw Error("criu could not be executed");
  throw Error("criu ended without an answer: exit status " + std::to_string(status));
}

// The listener's failure is kept until criu, told of it, has undone its work.
CriuReply Criu::converse(CriuType type, const CriuListener& listener) {
  std::exception_ptr refusal;
  for (;;) {
    Fd fd;
    auto reply = receive(fd);
    if (refusal && (!reply || reply->type != CriuType::Notify)) std::rethrow_exception(refusal);
    if (!reply) died();
    if (reply->type != CriuType::Notify) {
      if (!reply->success) throw failure(*reply);
      if (reply->type != type) throw Error("criu sent an unexpected reply");
      return std::move(*reply);
    }
    log_debug("criu: " + reply->script);
    bool heard = false;
    try {
      if (listener && !refusal) listener({reply->script, reply->pid, std::move(fd)});
      heard = true;
    } catch (const Error&) {
      refusal = std::current_exception();
    }
    std::string answer = criu_notify_answer(heard);
    sys::send_with_fds(socket_, std::as_bytes(std::span(answer)), {});
  }
}

CriuReply Criu::ask(CriuType type, const std::string& request, const CriuListener& listener) {
  log_debug("criu: " + criu_type_name(type));
  try {
    sys::send_with_fds(socket_, std::as_bytes(std::span(request)), {});
  } catch (const Error& error) {
    if (error.error() != EPIPE) throw;
    died();
  }
  CriuReply reply = converse(type, listener);
  // After a pre-dump criu waits for another one, or for the end of file.
  socket_.reset();
  auto end = sys::waitid(child_.pidfd(), WEXITED);
  child_.keep();
  bool succeeded = end && end->si_code == CLD_EXITED && end->si_status == 0;
  if (!succeeded && type != CriuType::PreDump) {
    throw Error("criu failed after it said it was done: status " +
                std::to_string(end ? end->si_status : 0));
  }
  return reply;
}

std::string find_criu() {
  if (auto program = find_program("criu")) return *program;
  throw Error("exec: \"criu\": executable file not found in $PATH")
      .with_hint("checkpoint and restore need the program criu; its package is called criu, too");
}

int criu_version(const std::string& program, int least) {
  Scope scope("criu version check");
  CriuPlace place;
  place.program = program;
  CriuReply reply = Criu(place).ask(CriuType::Version, criu_version_request());
  if (!reply.version) throw Error("criu sent no version");
  if (*reply.version < least) {
    throw Error("CRIU version " + std::to_string(*reply.version) + " must be " +
                std::to_string(least) + " or higher");
  }
  return *reply.version;
}

void require_criu_features(const std::string& program, const CriuFeatures& wanted) {
  Scope scope("criu feature check");
  CriuPlace place;
  place.program = program;
  CriuFeatures there =
      Criu(place).ask(CriuType::FeatureCheck, criu_feature_request(wanted)).features;
  std::vector<std::string> missing;
  if (wanted.memory_tracking && !there.memory_tracking) missing.emplace_back("MemTrack");
  if (wanted.lazy_pages && !there.lazy_pages) missing.emplace_back("LazyPages");
  if (!missing.empty()) throw Error("criu is missing features: " + join(missing, ", "));
}

}  // namespace tare
