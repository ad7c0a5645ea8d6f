// A hook is trusted as config.json is, but it may be slow, silent, chatty or leave a daemon behind
// that keeps its pipes open. So one poll loop feeds it, listens to it and watches its pidfd: the
// end of the hook itself is what counts, never the end of its output.
#include "runtime/container/hooks.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <optional>

#include "runtime/base/error.h"
#include "runtime/base/log.h"
#include "runtime/base/strings.h"
#include "runtime/base/sys.h"
#include "runtime/container/hook_process.h"

namespace tare {
namespace {

constexpr size_t kMaxOutput = 4096;
constexpr int64_t kMillisecond = 1'000'000;  // nanoseconds

int64_t now_ms() {
  timespec now{};
  ::clock_gettime(CLOCK_BOOTTIME, &now);
  return static_cast<int64_t>(now.tv_sec) * 1000 + now.tv_nsec / kMillisecond;
}

// The last bytes of a stream.
class Output {
 public:
  explicit Output(Fd pipe) : pipe_(std::move(pipe)) {}

  int fd() const { return pipe_ ? pipe_.get() : -1; }
  const std::string& tail() const { return tail_; }

  // Takes what is there. False when there is nothing more for now; closes the pipe at its end.
  bool read_some() {
    std::array<char, kMaxOutput> chunk;
    ssize_t n = ::read(pipe_.get(), chunk.data(), chunk.size());
    if (n < 0 && (errno == EAGAIN || errno == EINTR)) return false;
    if (n <= 0) {
      pipe_.reset();
      return false;
    }
    tail_.append(chunk.data(), static_cast<size_t>(n));
    if (tail_.size() > kMaxOutput) tail_.erase(0, tail_.size() - kMaxOutput);
    return true;
  }

  // What is left after the hook's end: at most a pipe's capacity, since others may still write.
  void drain() {
    constexpr int kChunks = 16;
    for (int i = 0; i < kChunks && pipe_ && read_some(); ++i) {
    }
  }

 private:
  Fd pipe_;
  std::string tail_;
};

// The state document on its way to the hook.
class Input {
 public:
  Input(Fd pipe, std::string_view text) : pipe_(std::move(pipe)), rest_(text) { write_some(); }

  int fd() const { return pipe_ ? pipe_.get() : -1; }

  void write_some() {
    ssize_t n = ::write(pipe_.get(), rest_.data(), rest_.size());
    if (n > 0) rest_.remove_prefix(static_cast<size_t>(n));
    bool later = n < 0 && (errno == EAGAIN || errno == EINTR);
    if (rest_.empty() || (n < 0 && !later)) pipe_.reset();
  }

 private:
  Fd pipe_;
  std::string_view rest_;
};

// Milliseconds until `deadline` for poll(2), at most a day at a time; -1 without one.
int poll_timeout(std::optional<int64_t> deadline) {
  constexpr int64_t kDay = 24 * 60 * 60 * 1000;
  if (!deadline) return -1;
  int64_t left = *deadline - now_ms();
  return static_cast<int>(left < 0 ? 0 : left < kDay ? left : kDay);
}

std::optional<int64_t> deadline_of(const oci::Hook& hook) {
  constexpr int64_t kForEver = INT64_MAX / 4000;  // seconds
  if (!hook.timeout || *hook.timeout > kForEver) return std::nullopt;
  return now_ms() + *hook.timeout * 1000;
}

// Waits for the end of the hook; false when its deadline came first and it was killed.
bool attend(const HookProcess& process, Input& input, std::array<Output, 2>& outputs,
            std::optional<int64_t> deadline) {
  for (;;) {
    std::array<pollfd, 4> entries{{{process.pidfd.get(), POLLIN, 0},
                                   {input.fd(), POLLOUT, 0},
                                   {outputs[0].fd(), POLLIN, 0},
                                   {outputs[1].fd(), POLLIN, 0}}};
    int ready = ::poll(entries.data(), entries.size(), poll_timeout(deadline));
    if (ready < 0 && errno != EINTR) throw Error(errno, "poll", "hook");
    if (ready > 0 && entries[0].revents != 0) return true;
    if (deadline && now_ms() >= *deadline) {
      process.kill_group();
      return false;
    }
    if (ready <= 0) continue;
    if (entries[1].revents != 0) input.write_some();
    if (entries[2].revents != 0) outputs[0].read_some();
    if (entries[3].revents != 0) outputs[1].read_some();
  }
}

std::string status_text(const siginfo_t& info) {
  if (info.si_code == CLD_EXITED) return "exit status " + std::to_string(info.si_status);
  return "killed by " + signal_text(info.si_status);
}

// What went wrong with the hook; nothing when it succeeded.
std::optional<std::string> failure_of(const oci::Hook& hook, const std::string& state_json,
                                      const std::string& cwd) {
  HookProcess process = HookProcess::spawn(hook, cwd);
  Input input(std::move(process.input), state_json);
  std::array<Output, 2> outputs{Output(std::move(process.output)),
                                Output(std::move(process.error))};
  bool in_time = attend(process, input, outputs, deadline_of(hook));
  siginfo_t info = process.reap();
  if (auto failure = process.launch_failure()) return failure;
  if (!in_time) {
    return "hook ran past specified timeout of " + std::to_string(*hook.timeout) + ".0s";
  }
  if (info.si_code == CLD_EXITED && info.si_status == 0) return std::nullopt;
  for (Output& output : outputs) output.drain();
  return status_text(info) + ", stdout: " + std::string(trim(outputs[0].tail())) +
         ", stderr: " + std::string(trim(outputs[1].tail()));
}

}  // namespace

std::string hook_failed(std::string_view kind, size_t place) {
  return "error running " + std::string(kind) + " hook #" + std::to_string(place);
}

void run_hooks(std::string_view kind, const std::vector<oci::Hook>& hooks, const HookInput& input,
               HookFailure policy) {
  for (size_t i = 0; i < hooks.size(); ++i) {
    log_debug(std::string(kind) + " hook #" + std::to_string(i) + ": " + hooks[i].path);
    auto failure = failure_of(hooks[i], input.state_json, input.cwd);
    if (!failure) continue;
    Error error(hook_failed(kind, i) + ": " + *failure);
    if (policy == HookFailure::Throw) throw error;
    log_warning(error.what());
  }
}

}  // namespace tare
