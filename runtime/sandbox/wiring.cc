// A stream passes through us only where its bytes are counted or kept; else the command has the
// file, or the caller's stream, itself.
#include "runtime/sandbox/wiring.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string>
#include <utility>

#include "runtime/base/error.h"
#include "runtime/base/sys.h"
#include "runtime/container/held_signals.h"

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

Wiring::Wiring(const Policy& policy) : allowance_(policy.limits.output) {
  Scope scope("standard streams");
  check_terminal(policy);
  const Streams& streams = policy.streams;
  constexpr int kTruncate = O_WRONLY | O_CREAT | O_TRUNC;
  in_ = open_stream(streams.in, O_RDONLY);
  out_ = open_stream(streams.out, kTruncate);
  err_ = open_stream(streams.err, kTruncate);
  passages_ = {passage(out_, STDOUT_FILENO, streams), passage(err_, STDERR_FILENO, streams)};
}

// In between where bytes are counted, or kept because there is no file.
std::unique_ptr<Wiring::Passage> Wiring::passage(Fd& stream, int ours,
                                                 const Streams& streams) const {
  bool kept = streams.capture && !stream;
  if (!allowance_ && !kept) return nullptr;
  Sink sink{ours};
  if (stream) sink = {stream.get()};
  if (kept) sink = {-1, *streams.capture};
  sys::Pipe pipe = sys::pipe();
  Fd file = std::exchange(stream, std::move(pipe.writer));
  return std::make_unique<Passage>(Passage{std::move(file), Relay(std::move(pipe.reader), sink)});
}

void Wiring::let_go() {
  in_.reset();
  out_.reset();
  err_.reset();
}

void Wiring::add(PollSet& poll) {
  for (auto& passage : passages_) {
    if (passage) passage->relay.add(poll);
  }
  if (!terminal_) return;
  std::array<pollfd, TerminalProxy::kEntries> entries{};
  terminal_->prepare(entries);
  terminal_place_ = poll.add(entries);
}

bool Wiring::transfer(const PollSet& poll) {
  bool within = true;
  for (auto& passage : passages_) {
    if (passage) within = passage->relay.transfer(poll, allowance_) && within;
  }
  if (terminal_) {
    constexpr size_t kCount = TerminalProxy::kEntries;
    terminal_->transfer(poll.entries(terminal_place_, kCount).first<kCount>());
  }
  return within;
}

bool Wiring::finish() {
  bool within = true;
  for (auto& passage : passages_) {
    if (passage) within = passage->relay.finish(allowance_) && within;
  }
  if (terminal_) {
    terminal_->finish(open_end_signals());
    terminal_.reset();
  }
  return within;
}

bool Wiring::open() const {
  return std::any_of(passages_.begin(), passages_.end(),
                     [](const auto& passage) { return passage && passage->relay.open(); });
}

void Wiring::measure(Result& result) {
  auto take = [&](const std::unique_ptr<Passage>& passage, OutputOfOne& output) {
    if (!passage) return;
    output.bytes = passage->relay.bytes();
    result.truncated = result.truncated || passage->relay.cut();
    if (passage->relay.keeps()) output.text = std::move(passage->relay.text());
  };
  take(passages_[0], result.standard_output);
  take(passages_[1], result.standard_error);
}

}  // namespace tare::sandbox
