#include "runtime/container/console.h"

#include <sys/socket.h>
#include <sys/un.h>

#include <cstring>

#include "tests/unit/container_fixture.h"

namespace tare {
namespace {

class Console : public ContainerTest {
 protected:
  Console() : listener_(sys::listen_unix_at(store().fd(), "console.sock")) {}
  std::string socket_path() const { return root() + "/console.sock"; }

  // What a caller reads: one message with room for exactly one descriptor.
  std::string receive(Fd& received) {
    Fd connection(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC));
    char payload[4096];
    alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))];
    iovec part{payload, sizeof payload};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control;
    message.msg_controllen = sizeof control;
    ssize_t n = ::recvmsg(connection.get(), &message, MSG_CMSG_CLOEXEC);
    EXPECT_EQ(message.msg_flags & (MSG_TRUNC | MSG_CTRUNC), 0);
    EXPECT_EQ(message.msg_controllen, CMSG_SPACE(sizeof(int)));
    int fd = -1;
    if (CMSG_FIRSTHDR(&message) != nullptr) {
      std::memcpy(&fd, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof fd);
    }
    received = Fd(fd);
    return {payload, static_cast<size_t>(n < 0 ? 0 : n)};
  }

  Fd listener_;
};

TEST_F(Console, SendsTheMasterWithItsName) {
  Fd master(::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC));
  send_console(connect_caller_socket("--console-socket", socket_path()), master, "/dev/pts/0");
  Fd received;
  EXPECT_EQ(receive(received), "/dev/pts/0");
  EXPECT_EQ(sys::fstat(received).st_rdev, sys::fstat(master).st_rdev);
}

TEST_F(Console, TheNameIsNeitherEmptyNorTooLong) {
  Fd master(::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC));
  Fd received;
  send_console(connect_caller_socket("--console-socket", socket_path()), master, "");
  EXPECT_FALSE(receive(received).empty());
  send_console(connect_caller_socket("--console-socket", socket_path()), master,
               std::string(8000, 'x'));
  EXPECT_LT(receive(received).size(), 4096U);
}

TEST_F(Console, SendsThePidfd) {
  Fd pidfd = sys::pidfd_open(::getpid());
  send_pidfd(connect_caller_socket("--pidfd-socket", socket_path()), "setns", pidfd);
  Fd received;
  EXPECT_EQ(receive(received), "setns");
  EXPECT_TRUE(sys::pidfd_send_signal(received, 0));
}

TEST_F(Console, ReachesAPathLongerThanAnAddress) {
  std::string directory = root();
  for (int i = 0; i < 3; ++i) {
    directory += "/" + std::string(60, 'd');
    sys::mkdirat(AT_FDCWD, directory, 0700);
  }
  Fd opened = sys::openat(AT_FDCWD, directory, O_RDONLY | O_DIRECTORY);
  listener_ = sys::listen_unix_at(opened, "s");
  Fd pidfd = sys::pidfd_open(::getpid());
  send_pidfd(connect_caller_socket("--pidfd-socket", directory + "/s"), "standard", pidfd);
  Fd received;
  EXPECT_EQ(receive(received), "standard");
}

TEST_F(Console, NamesTheOptionAndThePath) {
  EXPECT_EQ(error_of([&] { connect_caller_socket("--console-socket", path("missing")); }),
            "--console-socket: connect " + path("missing") + ": no such file or directory");
  sys::replace_file_at(AT_FDCWD, path("file"), "", 0600);
  EXPECT_EQ(error_of([&] { connect_caller_socket("--console-socket", path("file")); }),
            "--console-socket: connect " + path("file") + ": connection refused");
}

TEST_F(Console, NamesTheOptionAndThePathWhenNobodyReads) {
  CallerSocket socket = connect_caller_socket("--pidfd-socket", socket_path());
  listener_.reset();
  EXPECT_EQ(error_of([&] { send_pidfd(socket, "standard", sys::pidfd_open(::getpid())); }),
            "--pidfd-socket " + socket_path() + ": sendmsg: broken pipe");
}

TEST_F(Console, AFullBacklogIsAnErrorAndNoHang) {
  std::vector<Fd> waiting;
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  socket_path().copy(address.sun_path, sizeof address.sun_path - 1);
  do {
    waiting.emplace_back(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  } while (::connect(waiting.back().get(), reinterpret_cast<sockaddr*>(&address), sizeof address) ==
           0);
  ASSERT_EQ(errno, EAGAIN);
  EXPECT_EQ(error_of([&] { connect_caller_socket("--console-socket", socket_path()); }),
            "--console-socket: connect " + socket_path() + ": its listener accepts nobody");
}

}  // namespace
}  // namespace tare
