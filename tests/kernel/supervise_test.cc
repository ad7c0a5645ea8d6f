// A foreground command's watch: exit statuses, signals, orphans, and a terminal between two ptys.
#include "runtime/container/supervise.h"

#include <fcntl.h>
#include <pty.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <termios.h>

#include "tests/unit/container_fixture.h"

namespace tare {
namespace {

void clear_mask() {
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

// Runs `init` under a Supervisor in this process.
int supervise(const std::function<void()>& init, Orphans orphans = Orphans::Leave) {
  Supervisor supervisor(orphans);
  TestChild child([&] {
    clear_mask();
    init();
  });
  Fd pidfd = sys::pidfd_open(child.pid());
  return supervisor.run(child.pid(), pidfd, nullptr);
}

TEST(Supervise, ReturnsTheExitStatusOrTheSignal) {
  EXPECT_EQ(supervise([] { ::_exit(0); }), 0);
  EXPECT_EQ(supervise([] { ::_exit(77); }), 77);
  EXPECT_EQ(supervise([] { ::kill(::getpid(), SIGKILL); }), 137);
}

TEST(Supervise, RestoresTheMask) {
  sigset_t before, after;
  ::sigprocmask(SIG_SETMASK, nullptr, &before);
  supervise([] { ::_exit(0); });
  ::sigprocmask(SIG_SETMASK, nullptr, &after);
  for (int signal = 1; signal < NSIG; ++signal) {
    EXPECT_EQ(::sigismember(&before, signal), ::sigismember(&after, signal)) << signal;
  }
}

TEST(Supervise, ForwardsEveryCatchableSignal) {
  for (int signal : {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2, SIGALRM, SIGURG, SIGTSTP,
                     SIGTTIN, SIGCONT, SIGPIPE, SIGWINCH, SIGABRT, SIGSEGV, SIGRTMIN + 3}) {
    int status = supervise([&] {
      sigset_t all;
      ::sigfillset(&all);
      ::sigprocmask(SIG_SETMASK, &all, nullptr);
      ::kill(::getppid(), signal);
      int got = 0;
      ::sigwait(&all, &got);
      ::_exit(got);
    });
    EXPECT_EQ(status, signal);
  }
}

TEST(Supervise, ReapsOrphansItAdopted) {
  int status = supervise(
      [] {
        // A grandchild whose parent ends: it becomes the supervisor's.
        if (::fork() == 0) {
          if (::fork() == 0) {
            ::usleep(20'000);
            ::_exit(5);
          }
          ::_exit(0);
        }
        ::wait(nullptr);
        ::usleep(100'000);
        ::_exit(9);
      },
      Orphans::Adopt);
  EXPECT_EQ(status, 9);
  EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1) << "something was left to reap";
  int subreaper = 1;
  ::prctl(PR_GET_CHILD_SUBREAPER, &subreaper);
  EXPECT_EQ(subreaper, 0);
}

struct Pty {
  Fd master;
  Fd slave;
  Pty() {
    int fds[2];
    EXPECT_EQ(::openpty(&fds[0], &fds[1], nullptr, nullptr, nullptr), 0);
    master = Fd(fds[0]);
    slave = Fd(fds[1]);
    // A program must not hold its terminal by more than its standard streams.
    for (int fd : fds) ::fcntl(fd, F_SETFD, FD_CLOEXEC);
  }
};

void set_size(const Fd& fd, unsigned short rows, unsigned short columns) {
  winsize size{rows, columns, 0, 0};
  EXPECT_EQ(::ioctl(fd.get(), TIOCSWINSZ, &size), 0);
}

// A process in a session of its own whose terminal is `host`, or whose standard streams are what
// `redirect` makes of them; it supervises an init whose terminal is `container`. Exits with its
// status.
void supervise_terminal(Pty& host, Pty& container, const std::function<void()>& init,
                        const std::function<void()>& redirect = {}) {
  ::setsid();
  ::ioctl(host.slave.get(), TIOCSCTTY, 0);
  for (int fd : {0, 1, 2}) ::dup2(host.slave.get(), fd);
  if (redirect) redirect();
  int status = 99;
  try {
    Supervisor supervisor(Orphans::Leave);
    TestChild child([&] {
      clear_mask();
      ::setsid();
      ::ioctl(container.slave.get(), TIOCSCTTY, 0);
      for (int fd : {0, 1, 2}) ::dup2(container.slave.get(), fd);
      init();
    });
    container.slave.reset();
    TerminalProxy proxy(std::move(container.master));
    status = supervisor.run(child.pid(), sys::pidfd_open(child.pid()), &proxy);
  } catch (const Error& error) {
    dprintf(2, "%s\n", error.what());
  }
  ::_exit(status);
}

void shell(const char* script) {
  ::execl("/bin/sh", "sh", "-c", script, nullptr);
}

class Terminal : public testing::Test {
 protected:
  // Reads from the host's side until `text` came or five seconds passed.
  bool expect(const std::string& text) {
    for (int i = 0; i < 500 && seen_.find(text) == std::string::npos; ++i) {
      if (!sys::poll_readable(host_.master, 10)) continue;
      char chunk[4096];
      ssize_t n = ::read(host_.master.get(), chunk, sizeof chunk);
      if (n <= 0) break;
      seen_.append(chunk, static_cast<size_t>(n));
    }
    return seen_.find(text) != std::string::npos;
  }
  void type(const std::string& text) {
    EXPECT_EQ(::write(host_.master.get(), text.data(), text.size()),
              static_cast<ssize_t>(text.size()));
  }
  tcflag_t host_local_flags() {
    termios settings{};
    EXPECT_EQ(::tcgetattr(host_.slave.get(), &settings), 0);
    return settings.c_lflag;
  }

  Pty host_;
  Pty container_;
  std::string seen_;
};

TEST_F(Terminal, CopiesBothWaysAndReturnsTheStatus) {
  TestChild run([&] {
    supervise_terminal(host_, container_, [] { shell("echo ready; read x; echo got-$x; exit 7"); });
  });
  ASSERT_TRUE(expect("ready")) << seen_;
  type("hello\r");
  EXPECT_TRUE(expect("got-hello")) << seen_;
  EXPECT_EQ(WEXITSTATUS(run.wait()), 7);
}

TEST_F(Terminal, ANewlineIsOneNewline) {
  TestChild run(
      [&] { supervise_terminal(host_, container_, [] { shell("echo one; echo two"); }); });
  EXPECT_TRUE(expect("one\r\ntwo\r\n")) << seen_;
}

TEST_F(Terminal, TheHostsTerminalIsRawMeanwhileAndRestored) {
  TestChild run(
      [&] { supervise_terminal(host_, container_, [] { shell("echo ready; read x; exit 0"); }); });
  ASSERT_TRUE(expect("ready"));
  EXPECT_EQ(host_local_flags() & (ICANON | ECHO | ISIG), 0U);
  type("\r");
  run.wait();
  EXPECT_EQ(host_local_flags() & (ICANON | ECHO | ISIG),
            static_cast<tcflag_t>(ICANON | ECHO | ISIG));
}

TEST_F(Terminal, TheInterruptKeyIsTheContainers) {
  TestChild run([&] {
    supervise_terminal(host_, container_,
                       [] { shell("trap 'echo interrupted; exit 4' INT; echo ready; read x"); });
  });
  ASSERT_TRUE(expect("ready"));
  type("\x03");
  EXPECT_TRUE(expect("interrupted")) << seen_;
  EXPECT_EQ(WEXITSTATUS(run.wait()), 4);
}

TEST_F(Terminal, TheSizeIsCopiedAtOnceAndWhenItChanges) {
  set_size(host_.master, 33, 101);
  TestChild run([&] {
    supervise_terminal(host_, container_, [] {
      shell(
          "sleep 0.1; stty size; trap 'stty size; exit 0' WINCH; echo ready; "
          "while :; do sleep 0.05; done");
    });
  });
  EXPECT_TRUE(expect("33 101")) << seen_;
  ASSERT_TRUE(expect("ready"));
  set_size(host_.master, 44, 55);
  EXPECT_TRUE(expect("44 55")) << seen_;
  EXPECT_EQ(WEXITSTATUS(run.wait()), 0);
}

TEST_F(Terminal, AProgramMayCloseItsTerminalForAWhile) {
  std::string script = "t=$(tty); exec <&- >&- 2>&-; sleep 0.2; echo back > $t; exit 3";
  TestChild run([&] { supervise_terminal(host_, container_, [&] { shell(script.c_str()); }); });
  container_.slave.reset();
  EXPECT_TRUE(expect("back")) << seen_;
  EXPECT_EQ(WEXITSTATUS(run.wait()), 3);
}

TEST_F(Terminal, NoByteIsLostToASlowReader) {
  int fds[2];
  ASSERT_EQ(::pipe2(fds, O_CLOEXEC), 0);
  Fd reader(fds[0]), writer(fds[1]);
  TestChild run([&] {
    supervise_terminal(
        host_, container_, [] { shell("seq 1 40000"); }, [&] { ::dup2(writer.get(), 1); });
  });
  writer.reset();
  ::usleep(200'000);
  std::string out = sys::read_all(reader, 1 << 20, "output");
  std::string expected;
  for (int i = 1; i <= 40000; ++i) expected += std::to_string(i) + "\n";
  EXPECT_EQ(out.size(), expected.size());
  EXPECT_TRUE(out == expected);
  EXPECT_EQ(WEXITSTATUS(run.wait()), 0);
}

TEST_F(Terminal, AFileAsOutputIsContinuedNotOverwritten) {
  char name[] = "/tmp/tare-terminal-XXXXXX";
  Fd file(::mkstemp(name));
  ASSERT_EQ(::write(file.get(), "before ", 7), 7);
  TestChild run([&] {
    supervise_terminal(
        host_, container_, [] { shell("echo after"); }, [&] { ::dup2(file.get(), 1); });
  });
  run.wait();
  EXPECT_EQ(contents(name), "before after\n");
  ::unlink(name);
}

TEST_F(Terminal, AnOutputThatIsGoneHurtsNobody) {
  int fds[2];
  ASSERT_EQ(::pipe2(fds, O_CLOEXEC), 0);
  Fd reader(fds[0]), writer(fds[1]);
  TestChild run([&] {
    supervise_terminal(
        host_, container_, [] { shell("seq 1 100000; exit 6"); },
        [&] {
          ::dup2(writer.get(), 1);
          reader.reset();
        });
  });
  reader.reset();
  writer.reset();
  EXPECT_EQ(WEXITSTATUS(run.wait()), 6) << "its own SIGPIPE went to the container, or it stopped";
}

TEST_F(Terminal, ASignalEndsWaitingForAStuckReaderOnceTheContainerIsGone) {
  int fds[2];
  ASSERT_EQ(::pipe2(fds, O_CLOEXEC), 0);
  Fd reader(fds[0]), writer(fds[1]);
  ASSERT_GT(::fcntl(writer.get(), F_SETPIPE_SZ, 4096), 0);
  TestChild run([&] {
    supervise_terminal(
        host_, container_, [] { shell("head -c 8000 /dev/zero; exit 6"); },
        [&] { ::dup2(writer.get(), 1); });
  });
  ::usleep(300'000);
  EXPECT_EQ(::waitpid(run.pid(), nullptr, WNOHANG), 0) << "bytes were dropped";
  ::kill(run.pid(), SIGTERM);
  EXPECT_EQ(WEXITSTATUS(run.wait()), 6);
}

TEST_F(Terminal, EndOfInputIsNoEndOfTheContainer) {
  TestChild run([&] {
    supervise_terminal(
        host_, container_, [] { shell("sleep 0.2; echo still; exit 2"); },
        [] { ::dup2(::open("/dev/null", O_RDONLY), 0); });
  });
  EXPECT_TRUE(expect("still"));
  EXPECT_EQ(WEXITSTATUS(run.wait()), 2);
}

TEST_F(Terminal, WaitsWithoutTurning) {
  // Everything that could make poll return at once for ever: closed input, a closed terminal.
  int fds[2];
  ASSERT_EQ(::pipe2(fds, O_CLOEXEC), 0);
  Fd closed(fds[0]);
  ::close(fds[1]);
  TestChild run([&] {
    supervise_terminal(
        host_, container_, [] { shell("exec <&- >&- 2>&-; sleep 1"); },
        [&] { ::dup2(closed.get(), 0); });
  });
  container_.slave.reset();
  rusage usage{};
  int status = 0;
  ASSERT_EQ(::wait4(run.pid(), &status, 0, &usage), run.pid());
  int64_t used_us = usage.ru_utime.tv_usec + usage.ru_stime.tv_usec +
                    (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1'000'000;
  EXPECT_LT(used_us, 300'000);
}

TEST_F(Terminal, WithoutAnyTerminalItIsAnError) {
  int fds[2];
  ASSERT_EQ(::pipe2(fds, O_CLOEXEC), 0);
  Fd reader(fds[0]), writer(fds[1]);
  TestChild run([&] {
    ::setsid();
    Fd null(::open("/dev/null", O_RDWR));
    for (int fd : {0, 1, 2}) ::dup2(null.get(), fd);
    std::string text = error_of([&] { TerminalProxy proxy(std::move(container_.master)); });
    [[maybe_unused]] ssize_t n = ::write(writer.get(), text.data(), text.size());
  });
  writer.reset();
  EXPECT_EQ(sys::read_all(reader, 4096, ""), "open /dev/tty: no such device or address");
}

}  // namespace
}  // namespace tare
