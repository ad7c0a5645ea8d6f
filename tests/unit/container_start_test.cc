// start against stand-ins for init that speak its part of the conversation, honestly or not.
#include <cstring>

#include "runtime/act/plan.h"
#include "runtime/container/start.h"
#include "runtime/container/status.h"
#include "tests/unit/container_fixture.h"

namespace tare {
namespace {

using act::ReportType;
using oci::Status;

class ContainerStart : public ContainerTest {
 protected:
  // A created container whose init, once connected, does `body` with the connection.
  std::unique_ptr<TestChild> create(ContainerRecord record, const std::function<void(int)>& body) {
    // Forked without the lock: a child shares it until it executes something.
    put(record);
    Fd socket = listen(record.id);
    auto init = std::make_unique<TestChild>([&] {
      int connection = ::accept4(socket.get(), nullptr, nullptr, SOCK_CLOEXEC);
      body(connection);
      ::_exit(1);
    });
    record.init = identify(init->pid());
    store().find_locked(record.id).write(record);
    return init;
  }
  Status status(const std::string& id) {
    ContainerDirectory directory = store().find(id);
    return container_status(directory, directory.read());
  }
  void start_container(const std::string& id) {
    ContainerDirectory directory = store().find_locked(id);
    start(directory);
  }
  std::string start_error(const std::string& id) {
    return error_of([&] { start_container(id); });
  }
};

void execute_sleep(int connection) {
  send_report(connection, ReportType::Executing);
  ::execl("/bin/sleep", "sleep", "1000", nullptr);
}

// Shows: op-start-2, op-start-3, state-4, state-5
TEST_F(ContainerStart, RunsTheProgramOfACreatedContainer) {
  auto init = create(record("c", 0), execute_sleep);
  EXPECT_EQ(status("c"), Status::Created);
  start_container("c");
  EXPECT_EQ(status("c"), Status::Running);
  EXPECT_FALSE(exists(root() + "/c/" + kStartSocket));
  EXPECT_EQ(start_error("c"), "start c: cannot start an already running container");
  ::kill(init->pid(), SIGKILL);
  init->wait();
  EXPECT_EQ(start_error("c"), "start c: cannot start a container that has stopped");
}

// Shows: op-start-2, op-start-4
TEST_F(ContainerStart, RefusesWhatIsNotCreated) {
  ContainerRecord creating = record("creating", 0);
  creating.phase = Phase::Creating;
  creating.creator = identify(::getpid());
  put(creating);
  EXPECT_EQ(start_error("creating"),
            "start creating: cannot start a container in the creating state");
  EXPECT_EQ(start_error("unknown"), "container does not exist");
  ContainerRecord empty = record("empty", 0);
  empty.no_process = true;
  auto init = create(empty, execute_sleep);
  EXPECT_EQ(start_error("empty"), "start empty: cannot start a container without process");
  EXPECT_EQ(status("empty"), Status::Created);
}

TEST_F(ContainerStart, AProgramThatEndsAtOnceWasStarted) {
  auto init = create(record("c", 0), [](int connection) {
    send_report(connection, ReportType::Executing);
    ::execl("/bin/true", "true", nullptr);
  });
  start_container("c");
  init->wait();
  EXPECT_EQ(status("c"), Status::Stopped);
}

TEST_F(ContainerStart, SaysWhyTheProgramWasNotExecutedAndLeavesItStopped) {
  auto init = create(record("c", 0), [](int connection) {
    send_report(connection, ReportType::Executing);
    send_report(connection, ReportType::Failed, [](act::Report& report) {
      report.error = ENOEXEC;
      std::memcpy(report.call, "execve", 6);
      std::memcpy(report.text, "/x", 2);
      report.text_length = 2;
    });
  });
  EXPECT_EQ(start_error("c"), "exec /x: exec format error");
  init->wait();
  EXPECT_EQ(status("c"), Status::Stopped);
}

// Shows: hooks-19, hooks-23, lc-6
TEST_F(ContainerStart, AFailedStartContainerHookDestroysTheContainer) {
  ContainerRecord with_hook = record("c", 0);
  with_hook.poststop = {append_hook("poststop")};
  auto init = create(with_hook, [](int connection) {
    send_report(connection, ReportType::Failed, [](act::Report& report) {
      report.value = 7;
      report.op_kind = static_cast<uint32_t>(act::OpKind::Hook);
      report.place = 1;
      std::memcpy(report.text, "no", 2);
      report.text_length = 2;
    });
    sleep_for_ever();
  });
  EXPECT_EQ(start_error("c"),
            "start c: error running startContainer hook #1: exit status 7, output: no");
  EXPECT_EQ(WTERMSIG(init->wait()), SIGKILL);
  EXPECT_FALSE(exists(root() + "/c"));
  EXPECT_EQ(contents(path("log")), "poststop\n");
}

// Shows: hooks-11, hooks-22
TEST_F(ContainerStart, RunsPoststartHooksWithARunningState) {
  ContainerRecord with_hook = record("c", 0);
  oci::Hook hook;
  hook.path = "/bin/sh";
  hook.args = {"sh", "-c", "cat > " + path("seen")};
  with_hook.poststart = {hook};
  auto init = create(with_hook, execute_sleep);
  start_container("c");
  std::string state = contents(path("seen"));
  EXPECT_NE(state.find("\"status\":\"running\""), std::string::npos) << state;
  EXPECT_NE(state.find("\"pid\":" + std::to_string(init->pid())), std::string::npos) << state;
}

// Shows: hooks-20, hooks-23, lc-7
TEST_F(ContainerStart, AFailedPoststartHookDestroysTheContainer) {
  ContainerRecord with_hook = record("c", 0);
  oci::Hook hook;
  hook.path = "/bin/false";
  with_hook.poststart = {append_hook("first"), hook, append_hook("never")};
  with_hook.poststop = {append_hook("poststop")};
  auto init = create(with_hook, execute_sleep);
  EXPECT_EQ(start_error("c"),
            "start c: error running poststart hook #1: exit status 1, stdout: , stderr: ");
  EXPECT_EQ(WTERMSIG(init->wait()), SIGKILL);
  EXPECT_FALSE(exists(root() + "/c"));
  EXPECT_EQ(contents(path("log")), "first\npoststop\n");
}

TEST_F(ContainerStart, AnInitThatDiesIsAnErrorAndNoHang) {
  constexpr const char* kDied = "start c: container init died before it executed the program";
  {
    auto init = create(record("c", 0), [](int) {});
    EXPECT_EQ(start_error("c"), kDied);
    store().find_locked("c").remove();
  }
  {
    // Before it accepts: the listener's end resets the connection.
    put(record("c", 0));
    Fd socket = listen("c");
    TestChild deaf([] {
      ::usleep(100'000);
      ::_exit(0);
    });
    socket.reset();
    ContainerDirectory directory = store().find_locked("c");
    directory.write(record("c", deaf.pid()));
    EXPECT_EQ(error_of([&] { start(directory); }), kDied);
  }
}

TEST_F(ContainerStart, HostileReportsAreErrors) {
  struct Case {
    const char* name;
    std::function<void(int)> body;
  };
  const Case cases[] = {
      {"magic",
       [](int connection) {
         send_report(connection, ReportType::Executing, [](act::Report& r) { r.magic = 0; });
       }},
      {"short", [](int connection) { ::send(connection, "tare", 4, 0); }},
      {"sync", [](int connection) { send_report(connection, ReportType::Sync); }},
      {"type", [](int connection) { send_report(connection, static_cast<ReportType>(99)); }},
      {"twice",
       [](int connection) {
         send_report(connection, ReportType::Executing);
         send_report(connection, ReportType::Executing);
         sleep_for_ever();
       }},
  };
  for (const Case& each : cases) {
    auto init = create(record(each.name, 0), each.body);
    EXPECT_NE(start_error(each.name).find("container init sent"), std::string::npos) << each.name;
  }
}

TEST_F(ContainerStart, KilledAtAnyPointTheContainerIsInOneOfItsStates) {
  // Between connect and execve, then after it: the status is init's, whatever became of start.
  auto init = create(record("c", 0), [](int connection) {
    char end;
    [[maybe_unused]] ssize_t n = ::read(connection, &end, 1);
    ::usleep(50'000);
    execute_sleep(connection);
  });
  Fd killed_start = sys::connect_unix(root() + "/c/" + kStartSocket);
  EXPECT_EQ(status("c"), Status::Created);
  killed_start.reset();
  for (int i = 0; i < 500 && status("c") == Status::Created; ++i) ::usleep(10'000);
  EXPECT_EQ(status("c"), Status::Running);
  EXPECT_TRUE(exists(root() + "/c/" + kStartSocket));
  EXPECT_EQ(start_error("c"), "start c: cannot start an already running container");
}

TEST_F(ContainerStart, OneOfManyStartsWins) {
  auto init = create(record("c", 0), execute_sleep);
  std::vector<std::unique_ptr<TestChild>> starters;
  for (int i = 0; i < 8; ++i) {
    starters.push_back(std::make_unique<TestChild>([&] {
      std::string error = start_error("c");
      ::_exit(error == "no error"                                             ? 1
              : error == "start c: cannot start an already running container" ? 0
                                                                              : 2);
    }));
  }
  int started = 0;
  for (auto& starter : starters) {
    int status = WEXITSTATUS(starter->wait());
    EXPECT_LT(status, 2);
    started += status;
  }
  EXPECT_EQ(started, 1);
}

}  // namespace
}  // namespace tare
