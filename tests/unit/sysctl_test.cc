#include "oci/sysctl.h"

#include <gtest/gtest.h>

namespace tare::oci {
namespace {

TEST(Sysctl, BothSpellingsMeanOnePath) {
  EXPECT_EQ(sysctl_path("net.ipv4.ip_forward"), "net/ipv4/ip_forward");
  EXPECT_EQ(sysctl_path("net/ipv4/ip_forward"), "net/ipv4/ip_forward");
  EXPECT_EQ(sysctl_path("net.ipv4.conf.eth0/1.mtu"), "net/ipv4/conf/eth0.1/mtu");
  EXPECT_EQ(sysctl_path("net/ipv4/conf/eth0.1/mtu"), "net/ipv4/conf/eth0.1/mtu");
}

TEST(Sysctl, MalformedNamesMeanNothing) {
  for (const char* name :
       {"", ".", "..", "/", "net.", "net..x", ".net", "/net/x", "net/../kernel/core_pattern",
        "net.//.x", "net/./x", "a b", "a=b", "a+b", "a\nb", "net.ipv4.ä"}) {
    EXPECT_EQ(sysctl_path(name), std::nullopt) << name;
  }
}

TEST(Sysctl, NamespacesOwnTheirParameters) {
  EXPECT_EQ(sysctl_namespace("kernel/shmmax"), "ipc");
  EXPECT_EQ(sysctl_namespace("fs/mqueue/msg_max"), "ipc");
  EXPECT_EQ(sysctl_namespace("net/core/somaxconn"), "network");
  EXPECT_EQ(sysctl_namespace("kernel/domainname"), "uts");
  EXPECT_EQ(sysctl_namespace("user/max_user_namespaces"), "user");
  for (const char* path : {"kernel/core_pattern", "vm/overcommit_memory", "fs/file-max", "net",
                           "fs/mqueue", "kernel/shmmaxx", "kernel/hostname"}) {
    EXPECT_EQ(sysctl_namespace(path), "") << path;
  }
}

}  // namespace
}  // namespace tare::oci
