// What an agent gets over its socket.
#include "runtime/container/seccomp_agent.h"

#include <gmock/gmock.h>
#include <sys/socket.h>

#include <cstring>
#include <thread>

#include "tests/unit/container_fixture.h"

namespace tare {
namespace {

using testing::HasSubstr;

class Agent : public ContainerTest {
 protected:
  Agent() : listener_(sys::listen_unix_at(store().fd(), "agent")) {
    profile_.default_action = "SCMP_ACT_ALLOW";
    profile_.syscalls = {{{"mkdir"}, "SCMP_ACT_NOTIFY", {}, {}}};
    profile_.listener_path = root() + "/agent";
  }

  // Everything until the end of the connection; `at` says in which message descriptors came.
  struct Got {
    std::string text;
    std::vector<Fd> fds;
    std::vector<size_t> at;
  };
  Got receive() {
    Fd connection(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC));
    Got got;
    for (;;) {
      char text[4096];
      alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int) * 4)];
      iovec part{text, sizeof text};
      msghdr message{};
      message.msg_iov = &part;
      message.msg_iovlen = 1;
      message.msg_control = control;
      message.msg_controllen = sizeof control;
      ssize_t n = ::recvmsg(connection.get(), &message, MSG_CMSG_CLOEXEC);
      if (n <= 0) return got;
      for (auto* header = CMSG_FIRSTHDR(&message); header != nullptr;
           header = CMSG_NXTHDR(&message, header)) {
        EXPECT_EQ(header->cmsg_len, CMSG_LEN(sizeof(int)));
        int fd = -1;
        std::memcpy(&fd, CMSG_DATA(header), sizeof fd);
        got.fds.emplace_back(fd);
        got.at.push_back(got.text.size());
      }
      got.text.append(text, static_cast<size_t>(n));
    }
  }

  Fd listener_;
  oci::Seccomp profile_;
};

// Shows: notify-2, notify-3, notify-4, notify-6, notify-9
TEST_F(Agent, GetsOneStateOfAnyLengthWithTheDescriptorFirst) {
  oci::State state{.id = "c", .pid = 1, .bundle = "/b"};
  profile_.listener_metadata = std::string(2'000'000, 'm');
  SeccompAgent agent = SeccompAgent::connect(profile_, "/");
  EXPECT_TRUE(agent.waits());
  Got got;
  std::thread reader([&] { got = receive(); });
  Fd file = sys::memfd_create("stands for a listener", 0);
  agent.hand_over(file, 2, state);
  EXPECT_FALSE(agent.waits());
  reader.join();
  EXPECT_EQ(got.text, oci::container_process_state_json({2, profile_.listener_metadata, state}));
  ASSERT_EQ(got.fds.size(), 1U);
  EXPECT_EQ(got.at[0], 0U);
  EXPECT_EQ(sys::fstat(got.fds[0]).st_ino, sys::fstat(file).st_ino);
}

TEST_F(Agent, IsFoundFromTheBundle) {
  profile_.listener_path = "agent";
  EXPECT_TRUE(SeccompAgent::connect(profile_, root()).waits());
}

// Shows: notify-11
TEST_F(Agent, IsNotAskedWithoutANotification) {
  profile_.syscalls[0].action = "SCMP_ACT_ERRNO";
  EXPECT_FALSE(SeccompAgent::connect(profile_, "/").waits());
  EXPECT_FALSE(sys::poll_readable(listener_, 0));
}

// Shows: notify-8
TEST_F(Agent, ThatIsGoneIsAnError) {
  SeccompAgent agent = SeccompAgent::connect(profile_, "/");
  listener_.reset();
  try {
    agent.hand_over(sys::memfd_create("f", 0), 2, {});
    ADD_FAILURE() << "sent to nobody";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("cannot send seccomp fd to " + root() + "/agent: sendmsg"));
  }
}

TEST_F(Agent, ThatDoesNotReadIsNotWaitedForWithoutEnd) {
  Fd socket = sys::connect_unix(root() + "/agent", 50);
  std::string text(4'000'000, 'x');
  try {
    sys::send_with_fds(socket, std::as_bytes(std::span(text)), {});
    ADD_FAILURE() << "taken";
  } catch (const Error& error) {
    EXPECT_EQ(error.error(), EAGAIN);
  }
}

TEST_F(Agent, ThatDoesNotAcceptIsNotWaitedForWithoutEnd) {
  std::vector<Fd> queue;
  try {
    for (int i = 0; i < 1000; ++i) queue.push_back(sys::connect_unix(root() + "/agent", 50));
    ADD_FAILURE() << "a queue without end";
  } catch (const Error& error) {
    EXPECT_THAT(error.text(), testing::HasSubstr("its listener accepts nobody"));
  }
}

}  // namespace
}  // namespace tare
