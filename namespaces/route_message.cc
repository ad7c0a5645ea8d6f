// Netlink's framing (netlink(7), rtnetlink(7)): a header with the length of the whole message, then
// attributes of length, type and content, each padded to four bytes. Lengths in an answer are the
// kernel's, and are checked all the same: nothing here reads beyond what was received.
#include "namespaces/route_message.h"

#include <linux/rtnetlink.h>

#include <algorithm>
#include <cerrno>

namespace tare::namespaces {
namespace {

constexpr size_t aligned(size_t size) {
  return (size + NLMSG_ALIGNTO - 1) & ~size_t{NLMSG_ALIGNTO - 1};
}

// Takes `size` bytes and their padding off the front.
std::string_view take(std::string_view& bytes, size_t size) {
  std::string_view front = bytes.substr(0, size);
  bytes.remove_prefix(std::min(aligned(size), bytes.size()));
  return front;
}

template <typename Header>
std::optional<Header> peek(std::string_view bytes) {
  Header header;
  if (bytes.size() < sizeof header) return std::nullopt;
  std::memcpy(&header, bytes.data(), sizeof header);
  return header;
}

}  // namespace

void RouteRequest::append(const void* data, size_t size) {
  payload_.append(static_cast<const char*>(data), size);
  payload_.resize(aligned(payload_.size()));
}

RouteRequest& RouteRequest::add(uint16_t attribute, std::string_view bytes) {
  rtattr header{};
  header.rta_len = static_cast<unsigned short>(sizeof header + bytes.size());
  header.rta_type = attribute;
  append(&header, sizeof header);
  append(bytes.data(), bytes.size());
  return *this;
}

RouteRequest& RouteRequest::add_text(uint16_t attribute, const std::string& text) {
  return add(attribute, {text.c_str(), text.size() + 1});
}

std::string RouteRequest::bytes(uint16_t flags, uint32_t sequence, uint32_t port) const {
  nlmsghdr header{};
  header.nlmsg_type = type_;
  header.nlmsg_flags = static_cast<uint16_t>(flags | NLM_F_REQUEST);
  header.nlmsg_len = static_cast<uint32_t>(sizeof header + payload_.size());
  header.nlmsg_seq = sequence;
  header.nlmsg_pid = port;
  return std::string(reinterpret_cast<const char*>(&header), sizeof header) + payload_;
}

std::vector<RouteAttribute> route_attributes(std::string_view bytes) {
  std::vector<RouteAttribute> found;
  while (auto header = peek<rtattr>(bytes)) {
    if (header->rta_len < sizeof *header || header->rta_len > bytes.size()) break;
    uint16_t type = header->rta_type & NLA_TYPE_MASK;
    found.push_back({type, take(bytes, header->rta_len).substr(sizeof *header)});
  }
  return found;
}

std::vector<RouteAttribute> RouteReply::attributes(size_t size) const {
  if (payload.size() <= aligned(size)) return {};
  return route_attributes(std::string_view(payload).substr(aligned(size)));
}

std::string RouteReply::text(size_t size, uint16_t attribute) const {
  for (const RouteAttribute& candidate : attributes(size)) {
    if (candidate.type != attribute) continue;
    return std::string(candidate.bytes.substr(0, candidate.bytes.find('\0')));
  }
  return {};
}

std::vector<RouteReply> route_replies(std::string_view datagram) {
  std::vector<RouteReply> replies;
  while (auto header = peek<nlmsghdr>(datagram)) {
    if (header->nlmsg_len < sizeof *header || header->nlmsg_len > datagram.size()) break;
    std::string payload(take(datagram, header->nlmsg_len).substr(sizeof *header));
    replies.push_back({header->nlmsg_type, header->nlmsg_flags, header->nlmsg_seq,
                       header->nlmsg_pid, std::move(payload)});
  }
  return replies;
}

RouteVerdict route_verdict(const RouteReply& reply) {
  if (reply.payload.size() < sizeof(nlmsgerr)) return {EPROTO, ""};
  auto answer = reply.body<nlmsgerr>();
  RouteVerdict verdict;
  verdict.error = -answer.error;
  if ((reply.flags & NLM_F_ACK_TLVS) == 0) return verdict;
  // Behind the request's header comes the rest of the request, unless it was left out (capped).
  size_t size = sizeof answer;
  if ((reply.flags & NLM_F_CAPPED) == 0 && answer.msg.nlmsg_len > sizeof answer.msg) {
    size += answer.msg.nlmsg_len - sizeof answer.msg;
  }
  verdict.words = reply.text(size, NLMSGERR_ATTR_MSG);
  return verdict;
}

}  // namespace tare::namespaces
