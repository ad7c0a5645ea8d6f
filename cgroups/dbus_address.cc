// D-Bus specification, "Server Addresses": alternatives separated by semicolons, each a transport,
// a colon, and key=value pairs separated by commas, with %xx for bytes that mean something here.
// Only sockets with a path are of interest: both managers of systemd and the buses beside them have
// one.
#include "cgroups/dbus_address.h"

#include <charconv>
#include <optional>

#include "runtime/base/strings.h"

namespace tare::dbus {
namespace {

std::optional<std::string> unescape(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out.push_back(text[i]);
      continue;
    }
    std::string_view digits = text.substr(i + 1, 2);
    unsigned byte = 0;
    auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), byte, 16);
    if (digits.size() != 2 || error != std::errc() || end != digits.data() + 2 || byte == 0) {
      return std::nullopt;
    }
    out.push_back(static_cast<char>(byte));
    i += 2;
  }
  return out;
}

}  // namespace

std::vector<std::string> socket_paths(std::string_view address) {
  constexpr std::string_view kTransport = "unix:";
  constexpr std::string_view kPath = "path=";
  std::vector<std::string> paths;
  for (std::string_view each : split(address, ';')) {
    if (!each.starts_with(kTransport)) continue;
    for (std::string_view pair : split(each.substr(kTransport.size()), ',')) {
      if (!pair.starts_with(kPath)) continue;
      auto path = unescape(pair.substr(kPath.size()));
      if (path && path->starts_with('/')) paths.push_back(std::move(*path));
    }
  }
  return paths;
}

}  // namespace tare::dbus
