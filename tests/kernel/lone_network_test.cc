// A network namespace goes on to the next command when the one before has left nothing in it.
#include "runtime/sandbox/lone_network.h"

#include <gtest/gtest.h>
#include <net/if.h>
#include <netdb.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <cstring>
#include <functional>

#include "runtime/base/sys.h"

namespace tare::sandbox {
namespace {

using Deed = std::function<void()>;

void loopback_up() {
  Fd socket(::socket(AF_INET, SOCK_DGRAM, 0));
  struct ifreq request {};
  request.ifr_name[0] = 'l';
  request.ifr_name[1] = 'o';
  request.ifr_flags = IFF_UP | IFF_RUNNING;
  if (::ioctl(socket.get(), SIOCSIFFLAGS, &request) != 0) ::_exit(1);
}

// A process in a new network namespace, which does what it is told to when it is told to.
class Inhabitant {
 public:
  explicit Inhabitant(const Deed& deed) {
    pid_ = ::fork();
    if (pid_ == 0) live(deed);
    hear();
  }
  Inhabitant(const Inhabitant&) = delete;
  Inhabitant& operator=(const Inhabitant&) = delete;
  ~Inhabitant() { end(); }

  pid_t pid() const { return pid_; }
  void act() {
    EXPECT_EQ(::write(orders_.writer.get(), "x", 1), 1);
    hear();
  }
  void end() {
    if (pid_ <= 0) return;
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
    pid_ = 0;
  }

 private:
  [[noreturn]] void live(const Deed& deed) {
    if (::unshare(CLONE_NEWNET) != 0) ::_exit(1);
    loopback_up();
    char byte = 0;
    if (::write(answers_.writer.get(), "x", 1) != 1) ::_exit(1);
    if (::read(orders_.reader.get(), &byte, 1) != 1) ::_exit(1);
    deed();
    if (::write(answers_.writer.get(), "x", 1) != 1) ::_exit(1);
    for (;;) ::pause();
  }
  void hear() {
    char byte = 0;
    ASSERT_EQ(::read(answers_.reader.get(), &byte, 1), 1);
  }

  sys::Pipe orders_ = sys::pipe(), answers_ = sys::pipe();
  pid_t pid_ = 0;
};

bool is_as_new_after(const Deed& deed) {
  Inhabitant inhabitant(deed);
  auto network = LoneNetwork::of(inhabitant.pid());
  EXPECT_TRUE(network);
  inhabitant.act();
  inhabitant.end();
  return network && network->is_as_new();
}

// Of either family, by numbers.
struct Address {
  Address(const char* host, const char* port) {
    addrinfo hints{};
    hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV;
    addrinfo* found = nullptr;
    if (::getaddrinfo(host, port, &hints, &found) != 0) ::abort();
    size = found->ai_addrlen;
    std::memcpy(&name, found->ai_addr, size);
    ::freeaddrinfo(found);
  }
  sockaddr* generic() { return reinterpret_cast<sockaddr*>(&name); }
  sockaddr_storage name{};
  socklen_t size = 0;
};

Fd connected(int type, Address to) {
  Fd socket(::socket(to.name.ss_family, type, 0));
  ::connect(socket.get(), to.generic(), to.size);
  return socket;
}

void listen_and_close() {
  Fd socket(::socket(AF_INET, SOCK_STREAM, 0));
  Address ours("127.0.0.1", "4000");
  ::bind(socket.get(), ours.generic(), ours.size);
  ::listen(socket.get(), 1);
}

// linux/in6.h does not go together with netinet/in.h.
struct FlowLabel {
  in6_addr destination;
  uint32_t label;
  uint8_t action, share;
  uint16_t flags, expires, linger;
  uint32_t padding;
};

void keep_flow_label() {
  constexpr int kManage = 32;        // IPV6_FLOWLABEL_MGR
  constexpr uint16_t kCreate = 1;    // IPV6_FL_F_CREATE
  constexpr uint8_t kExclusive = 1;  // IPV6_FL_S_EXCL
  Fd socket(::socket(AF_INET6, SOCK_DGRAM, 0));
  FlowLabel request{};
  request.destination = in6addr_loopback;
  request.label = htonl(0x12345);
  request.share = kExclusive;
  request.flags = kCreate;
  request.expires = request.linger = 6;
  if (::setsockopt(socket.get(), IPPROTO_IPV6, kManage, &request, sizeof request) != 0) ::_exit(1);
}

TEST(LoneNetwork, IsAsNewWhenNothingWasSent) {
  EXPECT_TRUE(is_as_new_after([] {}));
  EXPECT_TRUE(is_as_new_after(listen_and_close));
  EXPECT_TRUE(is_as_new_after([] { Fd(::socket(AF_UNIX, SOCK_STREAM, 0)); }));
}

// The kernel tells of the whole host's in the same line.
TEST(LoneNetwork, IsAsNewWhateverSocketsOthersHave) {
  Inhabitant inhabitant([] {});
  auto network = LoneNetwork::of(inhabitant.pid());
  ASSERT_TRUE(network);
  Address ours("127.0.0.1", "0");
  Fd server(::socket(AF_INET, SOCK_STREAM, 0));
  ASSERT_EQ(::bind(server.get(), ours.generic(), ours.size), 0);
  ASSERT_EQ(::listen(server.get(), 1), 0);
  ASSERT_EQ(::getsockname(server.get(), ours.generic(), &ours.size), 0);
  Fd client = connected(SOCK_STREAM, ours);
  EXPECT_TRUE(network->is_as_new());
}

TEST(LoneNetwork, IsNotAsNewWhenSomethingWasSent) {
  EXPECT_FALSE(is_as_new_after([] { connected(SOCK_STREAM, {"127.0.0.1", "9"}); }));
  EXPECT_FALSE(is_as_new_after([] { connected(SOCK_STREAM, {"::1", "9"}); }));
  EXPECT_FALSE(is_as_new_after([] {
    Fd socket = connected(SOCK_DGRAM, {"127.0.0.1", "9"});
    if (::send(socket.get(), "x", 1, 0) != 1) ::_exit(1);
  }));
}

TEST(LoneNetwork, IsNotAsNewWhenSomethingWasRefusedToBeSent) {
  EXPECT_FALSE(is_as_new_after([] { connected(SOCK_STREAM, {"192.0.2.1", "9"}); }));
  EXPECT_FALSE(is_as_new_after([] { connected(SOCK_STREAM, {"2001:db8::1", "9"}); }));
}

TEST(LoneNetwork, IsNotAsNewWhenALabelStaysBehind) {
  EXPECT_FALSE(is_as_new_after(keep_flow_label));
}

TEST(LoneNetwork, IsNotAsNewWhileSomebodyHasASocketOfIt) {
  Fd kept;
  Inhabitant inhabitant([&] { kept = Fd(::socket(AF_UNIX, SOCK_STREAM, 0)); });
  auto network = LoneNetwork::of(inhabitant.pid());
  ASSERT_TRUE(network);
  inhabitant.act();
  EXPECT_FALSE(network->is_as_new());
  inhabitant.end();
  EXPECT_TRUE(network->is_as_new());
}

TEST(LoneNetworks, GiveTheSameOneAgainUnlessItWasUsed) {
  LoneNetworks networks;
  EXPECT_FALSE(networks.take());
  Inhabitant inhabitant([] { connected(SOCK_STREAM, {"127.0.0.1", "9"}); });
  auto first = LoneNetwork::of(inhabitant.pid());
  ASSERT_TRUE(first);
  struct stat its {};
  ASSERT_EQ(::stat(first->path().c_str(), &its), 0);
  networks.give_back(std::move(*first));
  auto again = networks.take();
  ASSERT_TRUE(again);
  struct stat same {};
  ASSERT_EQ(::stat(again->path().c_str(), &same), 0);
  EXPECT_EQ(same.st_ino, its.st_ino);
  EXPECT_FALSE(networks.take());

  inhabitant.act();
  inhabitant.end();
  networks.give_back(std::move(*again));
  EXPECT_FALSE(networks.take());
}

TEST(LoneNetwork, IsNoneWhereItsTracesCannotBeSeen) {
  Inhabitant inhabitant([] {});
  pid_t child = ::fork();
  if (child == 0) {
    std::string process = "/proc/" + std::to_string(inhabitant.pid());
    bool covered = ::unshare(CLONE_NEWNS) == 0 &&
                   ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
                   ::mount("tmpfs", "/proc", "tmpfs", 0, nullptr) == 0 &&
                   ::mkdir(process.c_str(), 0755) == 0 &&
                   ::mkdir((process + "/ns").c_str(), 0755) == 0 &&
                   ::mknod((process + "/ns/net").c_str(), S_IFREG | 0644, 0) == 0;
    ::_exit(covered && !LoneNetwork::of(inhabitant.pid()) ? 0 : 1);
  }
  int status = -1;
  ::waitpid(child, &status, 0);
  EXPECT_EQ(status, 0);
}

TEST(LoneNetwork, IsNoneOfAProcessThatIsGone) {
  Inhabitant inhabitant([] {});
  pid_t pid = inhabitant.pid();
  inhabitant.end();
  EXPECT_FALSE(LoneNetwork::of(pid));
}

}  // namespace
}  // namespace tare::sandbox
