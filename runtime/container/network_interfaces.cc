// /proc/PID/net/dev shows the network namespace of a process without entering it (proc(5)). The
// names in it are the container's: anything but blanks, '/' and ':' (dev_valid_name in the kernel),
// so a line is read from its first colon.
#include "runtime/container/network_interfaces.h"

#include <fcntl.h>

#include <algorithm>
#include <array>

#include "runtime/base/error.h"
#include "runtime/base/log.h"
#include "runtime/base/strings.h"
#include "runtime/base/sys.h"

namespace tare {
namespace {

constexpr size_t kMostInterfaces = 1000;
constexpr size_t kMostText = 256U << 10U;  // of net/dev: some 130 bytes a line
constexpr size_t kNumbers = 16;            // in a line: eight received, eight sent

enum Column {
  RxBytes,
  RxPackets,
  RxErrors,
  RxDropped,
  TxBytes = 8,
  TxPackets,
  TxErrors,
  TxDropped
};

std::optional<NetworkInterface> parse_line(std::string_view line) {
  size_t colon = line.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  std::array<uint64_t, kNumbers> numbers{};
  size_t count = 0;
  for (std::string_view word : split(line.substr(colon + 1), ' ')) {
    if (word.empty()) continue;
    auto number = parse_number<uint64_t>(word);
    if (!number || count == kNumbers) return std::nullopt;
    numbers[count++] = *number;
  }
  if (count != kNumbers) return std::nullopt;
  return NetworkInterface{.name = std::string(trim(line.substr(0, colon))),
                          .received_bytes = numbers[RxBytes],
                          .received_packets = numbers[RxPackets],
                          .received_errors = numbers[RxErrors],
                          .received_dropped = numbers[RxDropped],
                          .sent_bytes = numbers[TxBytes],
                          .sent_packets = numbers[TxPackets],
                          .sent_errors = numbers[TxErrors],
                          .sent_dropped = numbers[TxDropped]};
}

ino_t network_namespace(const Fd& process) {
  auto status = sys::try_fstatat(process.get(), "ns/net");
  return status ? status->st_ino : 0;
}

std::string read_some(const Fd& file) {
  std::string text(kMostText, '\0');
  size_t length = 0;
  while (length < text.size()) {
    ssize_t got = ::read(file.get(), text.data() + length, text.size() - length);
    if (got <= 0) break;
    length += static_cast<size_t>(got);
  }
  text.resize(length);
  return text;
}

}  // namespace

std::vector<NetworkInterface> parse_net_dev(std::string_view text) {
  std::vector<NetworkInterface> interfaces;
  for (std::string_view line : split(text, '\n')) {
    if (interfaces.size() == kMostInterfaces) break;
    if (auto interface = parse_line(line)) interfaces.push_back(std::move(*interface));
  }
  return interfaces;
}

std::vector<NetworkInterface> network_interfaces(const ProcessIdentity& init) {
  try {
    Fd process = sys::openat(AT_FDCWD, "/proc/" + std::to_string(init.pid), O_PATH | O_DIRECTORY);
    Fd ours = sys::openat(AT_FDCWD, "/proc/self", O_PATH | O_DIRECTORY);
    // Asked in this order: what was opened is init's if it still lives.
    if (!open_process(init) || network_namespace(process) == network_namespace(ours)) return {};
    return parse_net_dev(read_some(sys::openat(process.get(), "net/dev", O_RDONLY)));
  } catch (const Error& error) {
    // The other numbers are worth telling without these.
    log_debug(error.what());
    return {};
  }
}

}  // namespace tare
