// The messages of rtnetlink(7) as values: built in order, read with every length checked.
#pragma once

#include <linux/netlink.h>

#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tare::namespaces {

// A request: header, the structure of its type, attributes.
class RouteRequest {
 public:
  // `body` is what messages of `type` begin with: ifinfomsg, ifaddrmsg.
  template <typename Body>
  RouteRequest(uint16_t type, const Body& body) : RouteRequest(type) {
    append(&body, sizeof body);
  }
  RouteRequest& add(uint16_t attribute, std::string_view bytes);
  RouteRequest& add_text(uint16_t attribute, const std::string& text);  // with its NUL
  template <typename Number>
  RouteRequest& add_number(uint16_t attribute, Number number) {
    return add(attribute, {reinterpret_cast<const char*>(&number), sizeof number});
  }

  // The whole message; `flags` are NLM_F_* beside NLM_F_REQUEST.
  std::string bytes(uint16_t flags, uint32_t sequence, uint32_t port) const;

 private:
  explicit RouteRequest(uint16_t type) : type_(type) {}
  void append(const void* data, size_t size);

  uint16_t type_;
  std::string payload_;
};

// One attribute, a view into its message.
struct RouteAttribute {
  uint16_t type = 0;
  std::string_view bytes;
};

// The attributes that `bytes` consists of; what does not fit its length ends them.
std::vector<RouteAttribute> route_attributes(std::string_view bytes);

// One message of an answer.
struct RouteReply {
  uint16_t type = 0;
  uint16_t flags = 0;
  uint32_t sequence = 0;
  uint32_t port = 0;
  std::string payload;

  // The structure it begins with; zeroes when it is shorter than that.
  template <typename Body>
  Body body() const {
    Body body{};
    if (payload.size() >= sizeof body) std::memcpy(&body, payload.data(), sizeof body);
    return body;
  }
  // The attributes behind a structure of `size` bytes.
  std::vector<RouteAttribute> attributes(size_t size) const;
  // The text of an attribute without its NUL, empty when there is none.
  std::string text(size_t size, uint16_t attribute) const;
};

// The messages in a datagram; a length that does not fit ends them.
std::vector<RouteReply> route_replies(std::string_view datagram);

// What an NLMSG_ERROR says: the errno, 0 for an acknowledgement, and the kernel's own words for it
// (NLMSGERR_ATTR_MSG; Linux 4.12), empty where it has none.
struct RouteVerdict {
  int error = 0;
  std::string words;
};
RouteVerdict route_verdict(const RouteReply& reply);

}  // namespace tare::namespaces
