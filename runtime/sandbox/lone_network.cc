// What a process without privileges can leave in a network namespace is of two kinds: what lives as
// long as a socket, and what came of something that was sent, if only to itself (connections in
// TIME_WAIT, routes, metrics of a peer, counters). The kernel counts sockets, and by protocol all
// that was sent or refused; flow labels of IPv6, which alone may stay behind a socket, it lists. So
// a namespace where these are what they were is what it was.
#include "runtime/sandbox/lone_network.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "runtime/base/strings.h"
#include "runtime/base/sys.h"

namespace tare::sandbox {
namespace {

// proc_pid_net(5). A kernel without IPv6 has not all of them.
constexpr const char* kTraces[] = {"sockstat", "dev", "snmp"};
constexpr const char* kTraces6[] = {"sockstat6", "snmp6", "ip6_flowlabel"};

// What sockstat says of orphans and memory is of the whole host, and comes last in its line but for
// what was sent.
std::string own_part(const std::string& sockstat) {
  std::string own;
  for (std::string_view line : split(sockstat, '\n')) {
    own.append(line.substr(0, std::min(line.find(" orphan "), line.find(" mem "))));
  }
  return own;
}

std::optional<std::string> read_whole(const Fd& file) {
  std::string text;
  std::array<char, 8192> block{};
  ssize_t size = 0;
  while ((size = ::pread(file.get(), block.data(), block.size(), static_cast<off_t>(text.size()))) >
         0)
    text.append(block.data(), static_cast<size_t>(size));
  return size < 0 ? std::nullopt : std::optional(text);
}

}  // namespace

std::optional<LoneNetwork> LoneNetwork::of(pid_t pid) {
  auto process = sys::try_openat(AT_FDCWD, "/proc/" + std::to_string(pid), O_PATH | O_DIRECTORY);
  if (!process) return std::nullopt;
  LoneNetwork network;
  network.ns_ = Fd(::openat(process->get(), "ns/net", O_RDONLY | O_CLOEXEC));
  if (!network.ns_) return std::nullopt;
  auto trace = [&](const char* name) {
    auto file = sys::try_openat(process->get(), std::string("net/") + name, O_RDONLY);
    if (file) network.traces_.push_back(std::move(*file));
    return file.has_value();
  };
  if (!std::ranges::all_of(kTraces, trace)) return std::nullopt;
  std::ranges::for_each(kTraces6, trace);
  auto seen = network.look();
  if (!seen) return std::nullopt;
  network.as_new_ = std::move(*seen);
  return network;
}

std::string LoneNetwork::path() const {
  return "/proc/self/fd/" + std::to_string(ns_.get());
}

std::optional<std::string> LoneNetwork::look() const {
  std::string seen;
  for (const Fd& file : traces_) {
    auto text = read_whole(file);
    if (!text) return std::nullopt;
    seen += &file == &traces_.front() ? own_part(*text) : *text;
  }
  return seen;
}

bool LoneNetwork::is_as_new() const {
  return look() == as_new_;
}

std::optional<LoneNetwork> LoneNetworks::take() {
  if (spare_.empty()) return std::nullopt;
  LoneNetwork network = std::move(spare_.back());
  spare_.pop_back();
  return network;
}

void LoneNetworks::give_back(LoneNetwork network) {
  if (network.is_as_new()) spare_.push_back(std::move(network));
}

}  // namespace tare::sandbox
