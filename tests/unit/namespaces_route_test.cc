// Netlink messages as bytes, with lengths that lie.
#include <gtest/gtest.h>
#include <linux/rtnetlink.h>

#include "namespaces/route_message.h"

namespace tare::namespaces {
namespace {

std::string request() {
  ifinfomsg body{};
  body.ifi_index = 7;
  RouteRequest request(RTM_GETLINK, body);
  request.add_text(IFLA_IFNAME, "eth0").add_number(IFLA_NET_NS_FD, 3);
  return request.bytes(NLM_F_ACK, 11, 22);
}

void set_length(std::string& bytes, size_t offset, uint32_t length) {
  std::memcpy(bytes.data() + offset, &length, sizeof length);
}

TEST(RouteMessage, ReadsWhatItWrites) {
  std::string bytes = request();
  EXPECT_EQ(bytes.size(), sizeof(nlmsghdr) + sizeof(ifinfomsg) + 4 + 8 + 4 + 4)
      << "five bytes of text are padded to eight";
  auto replies = route_replies(bytes + bytes);
  ASSERT_EQ(replies.size(), 2U);
  const RouteReply& reply = replies[1];
  EXPECT_EQ(reply.type, RTM_GETLINK);
  EXPECT_EQ(reply.flags, NLM_F_REQUEST | NLM_F_ACK);
  EXPECT_EQ(reply.sequence, 11U);
  EXPECT_EQ(reply.port, 22U);
  EXPECT_EQ(reply.body<ifinfomsg>().ifi_index, 7);
  auto attributes = reply.attributes(sizeof(ifinfomsg));
  ASSERT_EQ(attributes.size(), 2U);
  EXPECT_EQ(attributes[0].bytes, std::string_view("eth0\0", 5));
  EXPECT_EQ(attributes[1].type, IFLA_NET_NS_FD);
  EXPECT_EQ(attributes[1].bytes.size(), sizeof(int));
  EXPECT_EQ(reply.text(sizeof(ifinfomsg), IFLA_IFNAME), "eth0");
  EXPECT_EQ(reply.text(sizeof(ifinfomsg), IFLA_QDISC), "");
}

TEST(RouteMessage, NothingIsReadBeyondWhatWasReceived) {
  std::string whole = request();
  for (size_t size = 0; size < whole.size(); ++size) {
    EXPECT_TRUE(route_replies(whole.substr(0, size)).empty()) << size;
  }
  for (uint32_t length : {0U, 1U, 15U, 0xffffffffU}) {
    std::string bytes = whole;
    set_length(bytes, 0, length);
    EXPECT_TRUE(route_replies(bytes).empty()) << length;
  }
  std::string bytes = whole;
  set_length(bytes, 0, sizeof(nlmsghdr) + 2);
  ASSERT_GE(route_replies(bytes).size(), 1U);
  EXPECT_EQ(route_replies(bytes)[0].body<ifinfomsg>().ifi_index, 0) << "shorter than its structure";
  EXPECT_TRUE(route_replies(bytes)[0].attributes(sizeof(ifinfomsg)).empty());
}

TEST(RouteMessage, AnAttributeThatDoesNotFitEndsTheList) {
  std::string bytes = request().substr(sizeof(nlmsghdr) + sizeof(ifinfomsg));
  ASSERT_EQ(route_attributes(bytes).size(), 2U);
  for (int number : {0, 3, 9, 200}) {
    auto length = static_cast<unsigned short>(number);
    std::string changed = bytes;
    std::memcpy(changed.data() + 12, &length, sizeof length);
    EXPECT_EQ(route_attributes(changed).size(), 1U) << length;
  }
  EXPECT_EQ(route_attributes(bytes.substr(0, 15)).size(), 1U);
  EXPECT_TRUE(route_attributes("").empty());
}

TEST(RouteMessage, ARefusalIsGivenInTheKernelsWords) {
  nlmsgerr body{};
  body.error = -EINVAL;
  body.msg.nlmsg_len = sizeof body.msg + 8;
  RouteReply reply;
  reply.type = NLMSG_ERROR;
  reply.flags = NLM_F_ACK_TLVS;
  std::string words("\x09\x00\x01\x00no!!\0\0\0\0", 12);
  reply.payload.assign(reinterpret_cast<const char*>(&body), sizeof body);
  reply.payload += std::string(8, 'x') + words;
  EXPECT_EQ(route_verdict(reply).error, EINVAL);
  EXPECT_EQ(route_verdict(reply).words, "no!!");
  reply.payload.erase(sizeof body, 8);
  reply.flags |= NLM_F_CAPPED;
  EXPECT_EQ(route_verdict(reply).words, "no!!") << "the request was left out";
  reply.flags = 0;
  EXPECT_EQ(route_verdict(reply).words, "");
  reply.payload.resize(2);
  EXPECT_EQ(route_verdict(reply).error, EPROTO) << "never taken for an acknowledgement";
}

}  // namespace
}  // namespace tare::namespaces
