// A user namespace has to be made by a process that enters it, and its maps may be written only by
// one that is inside it or in the namespace around it (user_namespaces(7)). These processes are
// copies of ours which end with us: each waits for the end of its socket.
#include "namespaces/mapping_namespace.h"

#include <fcntl.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <string>

#include "runtime/base/error.h"
#include "runtime/base/sys.h"

namespace tare::namespaces {
namespace {

// A child that is in the namespace, or has a child that is; ends when it is destroyed.
class Holder {
 public:
  // Starts a child that calls `make` for an object whose pid() is of the process in the namespace,
  // and keeps it.
  template <typename Make>
  Holder(uint64_t clone_flags, Make make) {
    Fd theirs;
    sys::socketpair_seqpacket(lifeline_, theirs);
    if (sys::clone3(clone_flags, &child_, -1) == 0) {
      lifeline_.reset();
      serve(theirs, make);
      ::_exit(0);
    }
    theirs.reset();
    Message message;
    if (!receive(lifeline_, message)) message = {};
    pid_ = message.pid;
    if (message.error == 0) return;
    end();
    throw Error(message.error, "make a user namespace", "");
  }
  Holder(Holder&&) noexcept = default;
  ~Holder() { end(); }

  pid_t pid() const { return pid_; }
  const Fd& pidfd() const { return child_; }

 private:
  struct Message {
    pid_t pid = -1;
    int error = ECHILD;  // died without a word
  };

  // False at the end of the other side.
  static bool receive(const Fd& socket, Message& message) {
    ssize_t size = 0;
    do {
      size = ::read(socket.get(), &message, sizeof message);
    } while (size < 0 && errno == EINTR);
    return size == sizeof message;
  }

  template <typename Make>
  static void serve(const Fd& socket, Make& make) {
    try {
      auto kept = make();
      Message message{kept.pid(), 0};
      [[maybe_unused]] ssize_t sent = ::write(socket.get(), &message, sizeof message);
      while (receive(socket, message)) {
      }
    } catch (const Error& error) {  // the trail is the parent's
      Message message{-1, error.error() != 0 ? error.error() : ECHILD};
      [[maybe_unused]] ssize_t sent = ::write(socket.get(), &message, sizeof message);
    }
  }

  void end() noexcept {
    lifeline_.reset();
    if (!child_) return;
    siginfo_t info;
    while (::waitid(P_PIDFD, static_cast<id_t>(child_.get()), &info, WEXITED) != 0 &&
           errno == EINTR) {
    }
  }

  Fd lifeline_;
  Fd child_;
  pid_t pid_ = -1;
};

struct Self {
  pid_t pid() const { return ::getpid(); }
};

void check(int result, const char* call) {
  if (result != 0) throw Error(errno, call, "");
}

bool holds_us(const IdMaps& maps) {
  return line_of_host(maps.uids, ::geteuid()) != nullptr &&
         line_of_host(maps.gids, ::getegid()) != nullptr;
}

Fd open_namespace(pid_t pid) {
  return sys::openat(AT_FDCWD, "/proc/" + std::to_string(pid) + "/ns/user", O_RDONLY);
}

}  // namespace

Fd make_mapping_namespace(const IdMaps& maps) {
  Holder holder(CLONE_NEWUSER, [] { return Self(); });
  write_id_maps(holder.pid(), holder.pidfd(), maps, map_writer(maps));
  return open_namespace(holder.pid());
}

Fd make_mapping_namespace_in(pid_t pid, const IdMaps& maps) {
  IdMaps outer = read_id_maps(pid);
  const IdMaps& wanted = maps.uids.empty() ? outer : maps;
  IdMaps inner{seen_from(wanted.uids, outer.uids), seen_from(wanted.gids, outer.gids)};
  Fd around = open_namespace(pid);
  // The maker's own ids have to be mapped around the new one. Where they are they stay: a process
  // that has changed its ids is out of an ordinary user's reach.
  bool keep_ids = holds_us(outer);
  auto enter = [keep_ids] {
    if (!keep_ids) check(::setresgid(0, 0, 0), "setresgid");
    if (!keep_ids) check(::setresuid(0, 0, 0), "setresuid");
    check(::unshare(CLONE_NEWUSER), "unshare");
    return Self();
  };
  bool privileged = ::geteuid() == 0;
  Holder writer(0, [&] {
    // Whoever is root in that namespace must not get at these copies of ours. An ordinary user
    // would not either, and has to be alone there.
    if (privileged) check(::prctl(PR_SET_DUMPABLE, 0), "prctl");
    sys::setns(around, CLONE_NEWUSER, "user namespace of the container");
    Holder holder(0, enter);
    write_id_maps(holder.pid(), holder.pidfd(), inner, MapWriter::Ourselves);
    return holder;
  });
  return open_namespace(writer.pid());
}

}  // namespace tare::namespaces
