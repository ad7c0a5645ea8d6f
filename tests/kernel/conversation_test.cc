// The two processes of a plan that forks talk on one socket, in any order.
#include "runtime/container/conversation.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>

#include "runtime/base/error.h"
#include "runtime/base/sys.h"

namespace tare {
namespace {

using act::OpKind;
using act::ReportType;

// A process that lives until it is killed, or has ended already.
namespaces::Child process(bool lives) {
  Fd pidfd;
  pid_t pid = sys::clone3(0, &pidfd, -1);
  if (pid == 0) {
    while (lives) ::pause();
    ::_exit(0);
  }
  return {pid, std::move(pidfd)};
}

class ConversationTest : public testing::Test {
 protected:
  ConversationTest() {
    plan_.forks = true;
    plan_.steps.add(OpKind::Fork, "enter the pid namespace");
    plan_.steps.add(OpKind::Sync, "wait for the runtime");
  }

  void send(ReportType type, uint32_t op, int32_t value, const Fd& fd = {}) {
    act::Report report;
    report.type = type;
    report.op = op;
    report.value = value;
    int number = fd.get();
    Fd theirs(::dup(channel_.theirs()));
    sys::send_with_fds(theirs, std::as_bytes(std::span(&report, 1)), {&number, fd ? 1U : 0U});
  }

  Plan plan_;
  Channel channel_;
  ContainerRecord record_;
  SeccompAgent agent_;
};

TEST_F(ConversationTest, TheForkedProcessMayBeReadyBeforeItIsAnnounced) {
  namespaces::Child child = process(false);
  namespaces::Child next = process(true);
  pid_t pid = next.pid();
  send(ReportType::Sync, 1, static_cast<int32_t>(act::SyncPoint::Ready));
  send(ReportType::Forked, 0, pid, next.pidfd());
  next.keep();
  plan_.from_outside.rlimits = {{"RLIMIT_NOFILE", RLIMIT_NOFILE, 10, 20}};

  Conversation conversation({plan_, channel_, child, record_});
  conversation.until_ready(agent_);
  EXPECT_EQ(child.pid(), pid);
  EXPECT_EQ(record_.init.pid, pid);
  rlimit64 limit{};
  EXPECT_EQ(::prlimit64(pid, RLIMIT_NOFILE, nullptr, &limit), 0);
  EXPECT_EQ(limit.rlim_cur, 10U);
}

TEST_F(ConversationTest, WhatComesBeforeTheForkIsAnsweredBeforeIt) {
  plan_.steps = {};
  plan_.steps.add(OpKind::Sync, "wait for the runtime");
  plan_.steps.add(OpKind::Fork, "enter the pid namespace");
  namespaces::Child child = process(true);
  send(ReportType::Sync, 0, static_cast<int32_t>(act::SyncPoint::Ready));
  Conversation conversation({plan_, channel_, child, record_});
  conversation.until_ready(agent_);
  EXPECT_EQ(record_.init.pid, 0);
}

size_t open_descriptors() {
  return sys::list_directory(sys::openat(AT_FDCWD, "/proc/self/fd", O_RDONLY | O_DIRECTORY)).size();
}

TEST(ChannelTest, DescriptorsBeyondTheOneOfAReportAreClosed) {
  Channel channel;
  Fd theirs(::dup(channel.theirs()));
  Fd file = sys::memfd_create("file", 0);
  int both[] = {file.get(), file.get()};
  act::Report report;
  sys::send_with_fds(theirs, std::as_bytes(std::span(&report, 1)), both);
  size_t before = open_descriptors();
  auto received = channel.receive();
  ASSERT_TRUE(received && received->fd);
  received->fd.reset();
  EXPECT_EQ(open_descriptors(), before);
}

}  // namespace
}  // namespace tare
