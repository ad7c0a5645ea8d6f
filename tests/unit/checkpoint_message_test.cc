// The messages of criu: golden bytes of what we send, as protoc --encode makes them of
// images/rpc.proto, and whatever may come back.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sched.h>

#include "runtime/base/error.h"
#include "runtime/checkpoint/cgroup_yard.h"
#include "runtime/checkpoint/criu_message.h"
#include "runtime/checkpoint/image_folders.h"
#include "runtime/checkpoint/protobuf.h"
#include "runtime/checkpoint/settings.h"

namespace tare {
namespace {

using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string bytes(std::initializer_list<int> values) {
  std::string result;
  for (int value : values) result.push_back(static_cast<char>(value));
  return result;
}

std::string refusal(std::string_view message) {
  try {
    read_criu_reply(message);
  } catch (const Error& error) {
    return error.what();
  }
  return "accepted";
}

TEST(CriuMessage, VersionRequestIsItsTypeAlone) {
  EXPECT_EQ(criu_version_request(), bytes({0x08, 0x0a}));
}

TEST(CriuMessage, FeatureRequestNamesWhatIsWanted) {
  EXPECT_EQ(criu_feature_request({.memory_tracking = true, .lazy_pages = false}),
            bytes({0x08, 0x09, 0x2a, 0x02, 0x08, 0x01}));
  EXPECT_EQ(criu_feature_request({.memory_tracking = false, .lazy_pages = true}),
            bytes({0x08, 0x09, 0x2a, 0x02, 0x10, 0x01}));
}

TEST(CriuMessage, NotificationsAreAnswered) {
  EXPECT_EQ(criu_notify_answer(true), bytes({0x08, 0x06, 0x18, 0x01}));
  EXPECT_EQ(criu_notify_answer(false), bytes({0x08, 0x06, 0x18, 0x00}));
}

TEST(CriuMessage, RequestIsEncodedAsTheSchemaHasIt) {
  CriuOptions options;
  options.images_dir_fd = 7;
  options.pid = 300;
  options.log_file = "l";
  options.external_mounts = {{"k", "v"}};
  options.inherited = {{"p", 1}};
  options.cgroup_mode = CriuCgroupMode::Soft;
  options.empty_namespaces = CLONE_NEWNET;
  EXPECT_EQ(criu_request(CriuType::Dump, options),
            bytes({0x08, 0x01, 0x12, 0x2a}) +  // type, opts of 42 bytes
                bytes({0x08, 0x07}) +          // images_dir_fd
                bytes({0x10, 0xac, 0x02}) +    // pid
                bytes({0x60, 0x01}) +          // notify_scripts
                bytes({0xc0, 0x01, 0x01}) +    // manage_cgroups
                bytes({0x48, 0x04}) +          // log_level
                bytes({0x52, 0x01, 'l'}) +     // log_file
                bytes({0xba, 0x01, 0x06, 0x0a, 0x01, 'k', 0x12, 0x01, 'v'}) +  // ext_mnt
                bytes({0xda, 0x01, 0x05, 0x0a, 0x01, 'p', 0x10, 0x01}) +       // inherit_fd
                bytes({0x90, 0x02, 0x03}) +                          // manage_cgroups_mode
                bytes({0xb0, 0x02, 0x80, 0x80, 0x80, 0x80, 0x04}));  // empty_ns
}

TEST(CriuMessage, NegativeIntegersHaveTenBytes) {
  protobuf::Encoder message;
  message.integer(1, -1);
  EXPECT_EQ(message.bytes(),
            bytes({0x08, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01}));
  protobuf::Decoder decoder(message.bytes());
  EXPECT_EQ(decoder.next()->integer(), -1);
  EXPECT_FALSE(decoder.next());
}

TEST(CriuMessage, RepliesAreRead) {
  CriuReply failed = read_criu_reply(bytes({0x08, 0x01, 0x10, 0x00, 0x38, 0x16, 0x4a, 0x01, 'x'}));
  EXPECT_EQ(failed.type, CriuType::Dump);
  EXPECT_FALSE(failed.success);
  EXPECT_EQ(failed.error, 22);
  EXPECT_EQ(failed.message, "x");

  CriuReply notified = read_criu_reply(
      bytes({0x08, 0x06, 0x10, 0x01, 0x2a, 0x06, 0x0a, 0x01, 's', 0x10, 0xac, 0x02}));
  EXPECT_EQ(notified.type, CriuType::Notify);
  EXPECT_EQ(notified.script, "s");
  EXPECT_EQ(notified.pid, 300);

  CriuReply features = read_criu_reply(bytes({0x08, 0x09, 0x10, 0x01, 0x42, 0x02, 0x10, 0x01}));
  EXPECT_FALSE(features.features.memory_tracking);
  EXPECT_TRUE(features.features.lazy_pages);
}

TEST(CriuMessage, VersionIsOneNumber) {
  std::string head = bytes({0x08, 0x0a, 0x10, 0x01});
  EXPECT_EQ(*read_criu_reply(head + bytes({0x52, 0x06, 0x08, 3, 0x10, 17, 0x20, 1})).version,
            31701);
  EXPECT_EQ(*read_criu_reply(head + bytes({0x52, 0x04, 0x08, 4, 0x10, 0})).version, 40000);
  // Built from git after 3.17: as good as 3.18.
  EXPECT_EQ(
      *read_criu_reply(head + bytes({0x52, 0x07, 0x08, 3, 0x10, 17, 0x1a, 0x01, 'g'})).version,
      31800);
  EXPECT_FALSE(read_criu_reply(head).version);
}

TEST(CriuMessage, UnknownFieldsArePassedOver) {
  std::string unknown = bytes({0xa0, 0x06, 0x01}) +                   // a number
                        bytes({0xaa, 0x06, 0x02, 'x', 'y'}) +         // a text
                        bytes({0xad, 0x06, 1, 2, 3, 4}) +             // four bytes
                        bytes({0xa9, 0x06, 1, 2, 3, 4, 5, 6, 7, 8});  // eight
  EXPECT_TRUE(read_criu_reply(unknown + bytes({0x08, 0x01, 0x10, 0x01})).success);
}

TEST(CriuMessage, WhatIsNoReplyIsRefused) {
  const std::string ok = bytes({0x08, 0x06, 0x10, 0x01});
  EXPECT_EQ(refusal(ok), "accepted");
  EXPECT_THAT(refusal(""), HasSubstr("no reply"));
  EXPECT_THAT(refusal(bytes({0x08, 0x01})), HasSubstr("no reply"));
  EXPECT_THAT(refusal(bytes({0x10, 0x01})), HasSubstr("no reply"));
  for (size_t length = 1; length < ok.size(); ++length) {
    EXPECT_NE(refusal(ok.substr(0, length)), "accepted") << length;
  }
  EXPECT_THAT(refusal(bytes({0x08, 0x06, 0x10, 0x02})), HasSubstr("no boolean"));
  EXPECT_THAT(refusal(ok + bytes({0x2a, 0x05, 0x0a})), HasSubstr("beyond its end"));
  EXPECT_THAT(refusal(ok + bytes({0x2a, 0x02, 0x0a, 0x05})), HasSubstr("beyond its end"));
  EXPECT_THAT(
      refusal(ok + bytes({0x2a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01})),
      HasSubstr("beyond its end"));
  EXPECT_THAT(refusal(ok + bytes({0x28, 0x01})), HasSubstr("no text"));
  EXPECT_THAT(refusal(ok + bytes({0x3a, 0x00})), HasSubstr("no 32-bit integer"));
  EXPECT_THAT(refusal(ok + bytes({0x38, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01})),
              HasSubstr("no 32-bit integer"));
  EXPECT_THAT(refusal(bytes({0x08, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x02})),
              HasSubstr("more than 64 bits"));
  EXPECT_THAT(
      refusal(bytes({0x08, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01})),
      HasSubstr("more than 64 bits"));
  EXPECT_THAT(refusal(bytes({0x0b})), HasSubstr("wire type"));
  EXPECT_THAT(refusal(bytes({0x00, 0x01})), HasSubstr("field number"));
  EXPECT_THAT(refusal(ok + bytes({0x2a, 0x0b, 0x10, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
                                  0xff, 0x01})),
              HasSubstr("process id"));
  EXPECT_THAT(refusal(bytes({0x08, 0x0a, 0x10, 0x01, 0x52, 0x03, 0x10, 0xc8, 0x01})),
              HasSubstr("version"));
}

TEST(CriuSettings, CgroupModesHaveNames) {
  EXPECT_EQ(parse_cgroup_mode(""), CriuCgroupMode::Default);
  EXPECT_EQ(parse_cgroup_mode("soft"), CriuCgroupMode::Soft);
  EXPECT_EQ(parse_cgroup_mode("full"), CriuCgroupMode::Full);
  EXPECT_EQ(parse_cgroup_mode("strict"), CriuCgroupMode::Strict);
  EXPECT_EQ(parse_cgroup_mode("ignore"), CriuCgroupMode::Ignore);
  EXPECT_THROW(parse_cgroup_mode("none"), Error);
}

TEST(CriuSettings, AnnotationNamesTheConfigurationFile) {
  EXPECT_EQ(criu_config_file({{"org.criu.config", "/a/b"}}, "/bundle"), "/a/b");
  EXPECT_EQ(criu_config_file({{"org.criu.config", "b"}}, "/bundle"), "/bundle/b");
  EXPECT_EQ(criu_config_file({{"org.criu.config", ""}}, "/bundle"), "");
  EXPECT_THAT(criu_config_file({}, "/bundle"), HasSubstr("/etc/criu/"));
}

TEST(CriuLog, LastErrorsAreFound) {
  EXPECT_THAT(error_lines(""), IsEmpty());
  EXPECT_THAT(
      error_lines("(00.1) fine\n(00.2) Error (a.c:1): one\nx\n(00.3)   Error (a.c:2): two\r\n"),
      ElementsAre("Error (a.c:1): one", "Error (a.c:2): two"));
  EXPECT_THAT(error_lines("Error 1\nError 2\nError 3\nError 4\nError 5"),
              ElementsAre("Error 2", "Error 3", "Error 4", "Error 5"));
}

TEST(CgroupYard, GroupsOfVersion1AreListedByController) {
  EXPECT_THAT(cgroup_v1_roots("0::/a\n"), IsEmpty());
  auto roots = cgroup_v1_roots("3:cpu,cpuacct:/x\n2:name=systemd:/y:z\n0::/a\nnonsense\n");
  EXPECT_THAT(roots, ElementsAre(Field(&CriuPair::key, "cpu"), Field(&CriuPair::key, "cpuacct"),
                                 Field(&CriuPair::key, "name=systemd")));
  EXPECT_EQ(roots[1].value, "/x");
  EXPECT_EQ(roots[2].value, "/y:z");
}

TEST(CgroupYard, RootOfCgroup2IsItsPathBelowTheMount) {
  EXPECT_EQ(cgroup_roots("/sys/fs/cgroup", "/sys/fs/cgroup/a/b").back().value, "/a/b");
  EXPECT_EQ(cgroup_roots("/sys/fs/cgroup", "/sys/fs/cgroup").back().value, "/");
  EXPECT_THROW(cgroup_roots("/sys/fs/cgroup", "/elsewhere"), Error);
}

}  // namespace
}  // namespace tare
