// One D-Bus message: its header, and its body as it came (D-Bus specification, "Message Format").
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "cgroups/dbus_value.h"

namespace tare::dbus {

enum class MessageType : uint8_t { Call = 1, Return = 2, Error = 3, Signal = 4 };

struct Message {
  MessageType type = MessageType::Call;
  uint32_t serial = 0;
  uint32_t reply_serial = 0;
  std::string path, interface, member, error, destination, sender;
  std::string signature;  // of the body
  std::string body;

  Values arguments() const { return Reader(body).read_all(signature); }
};

// Longest message that is read: what systemd answers to the calls made here is far below.
constexpr size_t kLongestMessage = 1 << 20;
// As much of a message as tells how long it is.
constexpr size_t kFixedHeader = 16;

std::string encode(const Message& message, const Values& arguments);

// Whole length of the message that begins with these kFixedHeader bytes; throws for one that is too
// long or of another protocol or byte order.
size_t message_length(std::string_view begin);

// Throws where anything is not as the specification says. The body is read by arguments().
Message decode(std::string_view message);

}  // namespace tare::dbus
