// A stream passes through us only where its bytes are counted or kept; else the command has the
// file, or the caller's stream, itself.
#include "runtime/sandbox/wiring.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string>

#include "runtime/base/error.h"
#include "runtime/base/sys.h"
#include "runtime/sandbox/held_signals.h"

namespace tare::sandbox {
namespace {

Fd open_stream(const std::string& path, int flags) {
  if (path.empty()) return {};
  return sys::openat(AT_FDCWD, path, flags | O_NOCTTY, 0644);
}

void check_terminal(const Policy& policy) {
  const Streams& streams = policy.streams;
  if (!streams.terminal) return;
  if (policy.limits.output) throw Error("a terminal's output cannot be limited");
  if (!streams.in.empty() || !streams.out.empty() || !streams.err.empty() || streams.capture) {
    throw Error("standard streams are the terminal, and cannot be files");
  }
}

}  // namespace

Wiring::Wiring(const Policy& policy)
    : allowance_(policy.limits.output), captured_(policy.streams.capture.has_value()) {
  Scope scope("standard streams");
  check_terminal(policy);
  const Streams& streams = policy.streams;
  constexpr int kTruncate = O_WRONLY | O_CREAT | O_TRUNC;
  in_ = open_stream(streams.in, O_RDONLY);
  out_ = open_stream(streams.out, kTruncate);
  err_ = open_stream(streams.err, kTruncate);
  if (!allowance_ && !captured_) return;
  relays_.reserve(2);
  Sink kept{-1, streams.capture.value_or(0)};
  relay(out_, captured_ ? kept : Sink{STDOUT_FILENO});
  relay(err_, captured_ ? kept : Sink{STDERR_FILENO});
}

// A file that was named comes before `sink`.
void Wiring::relay(Fd& stream, Sink sink) {
  if (stream) {
    files_.push_back(std::move(stream));
    sink = {files_.back().get()};
  }
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) throw Error(errno, "pipe2", "");
  stream = Fd(ends[1]);
  relays_.emplace_back(Fd(ends[0]), sink);
}

void Wiring::let_go() {
  in_.reset();
  out_.reset();
  err_.reset();
}

void Wiring::add(PollSet& poll) {
  for (Relay& relay : relays_) relay.add(poll);
  if (!terminal_) return;
  std::array<pollfd, TerminalProxy::kEntries> entries{};
  terminal_->prepare(entries);
  terminal_place_ = poll.add(entries);
}

bool Wiring::transfer(const PollSet& poll) {
  bool within = true;
  for (Relay& relay : relays_) within = relay.transfer(poll, allowance_) && within;
  if (terminal_) {
    constexpr size_t kCount = TerminalProxy::kEntries;
    terminal_->transfer(poll.entries(terminal_place_, kCount).first<kCount>());
  }
  return within;
}

bool Wiring::finish() {
  bool within = true;
  for (Relay& relay : relays_) within = relay.finish(allowance_) && within;
  if (terminal_) {
    terminal_->finish(open_end_signals());
    terminal_.reset();
  }
  return within;
}

bool Wiring::open() const {
  return std::any_of(relays_.begin(), relays_.end(),
                     [](const Relay& relay) { return relay.open(); });
}

void Wiring::measure(Result& result) {
  if (relays_.empty()) return;
  Relay& out = relays_[0];
  Relay& err = relays_[1];
  result.stdout_bytes = out.bytes();
  result.stderr_bytes = err.bytes();
  result.truncated = result.truncated || out.cut() || err.cut();
  if (!captured_) return;
  result.stdout_text = std::move(out.text());
  result.stderr_text = std::move(err.text());
}

}  // namespace tare::sandbox
