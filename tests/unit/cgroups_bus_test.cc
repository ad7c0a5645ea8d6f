// The systemd manager when its bus misbehaves: a process that plays the user's bus at the place
// where a user's systemd is looked for.
#include <gmock/gmock.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <functional>

#include "cgroups/systemd.h"
#include "cgroups/unit_limits.h"
#include "runtime/base/error.h"

namespace tare::cgroups {
namespace {

using dbus::Message;
using dbus::MessageType;
using dbus::Values;
using testing::AllOf;
using testing::HasSubstr;

// The side of the bus: one client.
class Client {
 public:
  explicit Client(int fd) : fd_(fd) {}

  void authenticate() {
    while (input_.find("BEGIN\r\n") == std::string::npos) more();
    input_.erase(0, input_.find("BEGIN\r\n") + 7);
    put("DATA\r\nOK 0123456789abcdef\r\n");
  }
  Message next() {
    while (input_.size() < dbus::kFixedHeader) more();
    size_t length = dbus::message_length(input_);
    while (input_.size() < length) more();
    Message message = dbus::decode(input_.substr(0, length));
    input_.erase(0, length);
    return message;
  }
  // Answers Hello, AddMatch and the like with nothing until a call of `member` comes.
  Message until(const std::string& member) {
    for (;;) {
      Message message = next();
      if (message.member == member) return message;
      answer(message, {});
    }
  }
  void answer(const Message& call, const Values& values) {
    Message reply;
    reply.type = MessageType::Return;
    reply.reply_serial = call.serial;
    send(reply, values);
  }
  void refuse(const Message& call, const std::string& error, const std::string& why) {
    Message reply;
    reply.type = MessageType::Error;
    reply.reply_serial = call.serial;
    reply.error = error;
    send(reply, {dbus::text(why)});
  }
  void job_removed(const std::string& job, const std::string& result) {
    Message signal;
    signal.type = MessageType::Signal;
    signal.path = "/org/freedesktop/systemd1";
    signal.interface = "org.freedesktop.systemd1.Manager";
    signal.member = "JobRemoved";
    send(signal,
         {dbus::number('u', 1), dbus::object_path(job), dbus::text("u.scope"), dbus::text(result)});
  }
  void put(std::string_view bytes) {
    if (::write(fd_, bytes.data(), bytes.size()) < 0) ::_exit(0);
  }

 private:
  void send(Message message, const Values& values) {
    message.serial = ++serial_;
    put(dbus::encode(message, values));
  }
  void more() {
    char part[4096];
    ssize_t size = ::read(fd_, part, sizeof part);
    if (size <= 0) ::_exit(0);
    input_.append(part, static_cast<size_t>(size));
  }

  int fd_;
  std::string input_;
  uint32_t serial_ = 0;
};

class SystemdTest : public testing::Test {
 protected:
  void SetUp() override {
    char name[] = "/tmp/tare-bus.XXXXXX";
    ASSERT_NE(::mkdtemp(name), nullptr);
    directory_ = name;
    ::setenv("XDG_RUNTIME_DIR", name, 1);
    ::unsetenv("DBUS_SESSION_BUS_ADDRESS");
  }
  void TearDown() override {
    if (pid_ > 0) {
      ::kill(pid_, SIGKILL);
      ::waitpid(pid_, nullptr, 0);
    }
    std::filesystem::remove_all(directory_);
  }

  // The bus lives until its script ends.
  void serve(const std::function<void(Client&)>& script, const std::string& name = "/bus") {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, (directory_ + name).c_str(), sizeof address.sun_path - 1);
    int listener = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    ASSERT_EQ(::bind(listener, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    ASSERT_EQ(::listen(listener, 4), 0);
    pid_ = ::fork();
    if (pid_ == 0) {
      Client client(::accept(listener, nullptr, nullptr));
      // The test goes on in its own process alone.
      try {
        script(client);
      } catch (...) {
        ::_exit(1);
      }
      ::_exit(0);
    }
    ::close(listener);
  }
  void serve_calls(const std::function<void(Client&)>& script) {
    serve([&script](Client& client) {
      client.authenticate();
      script(client);
    });
  }

  template <typename Action>
  std::string error_of(Action action) {
    try {
      Systemd systemd(true, {std::chrono::milliseconds(300), std::chrono::milliseconds(300)});
      action(systemd);
    } catch (const Error& error) {
      return error.what();
    }
    return "no error";
  }
  std::string start() {
    return error_of([](Systemd& systemd) { systemd.start({"u.scope", true}, {}, 5); });
  }
  std::string stop() {
    return error_of([](Systemd& systemd) { systemd.stop("u.scope"); });
  }

  std::string directory_;
  pid_t pid_ = 0;
};

TEST_F(SystemdTest, NobodyThereIsSaidWithEveryPlace) {
  EXPECT_THAT(start(), AllOf(HasSubstr("cannot reach the user's systemd"),
                             HasSubstr(directory_ + "/bus: no such file"),
                             HasSubstr(directory_ + "/systemd/private: no such file")));
}

TEST_F(SystemdTest, JobThatIsDoneIsSuccess) {
  serve_calls([](Client& client) {
    Message call = client.until("StartTransientUnit");
    Values arguments = call.arguments();
    bool right = arguments.size() == 4 && arguments[0].text() == "u.scope" &&
                 call.signature == "ssa(sv)a(sa(sv))" && call.path == "/org/freedesktop/systemd1";
    client.job_removed("/job/other", "failed");
    client.job_removed("/job/1", right ? "done" : "wrong call");  // may well be faster
    client.answer(call, {dbus::object_path("/job/1")});
  });
  EXPECT_EQ(start(), "no error");
}

TEST_F(SystemdTest, JobThatFailsIsAnErrorWithItsResult) {
  serve_calls([](Client& client) {
    client.answer(client.until("StartTransientUnit"), {dbus::object_path("/job/1")});
    client.job_removed("/job/1", "dependency");
    client.next();
  });
  EXPECT_THAT(start(), AllOf(HasSubstr("the job for unit u.scope ended as \"dependency\""),
                             HasSubstr("systemctl status u.scope")));
}

TEST_F(SystemdTest, JobThatNeverEndsIsGivenUp) {
  serve_calls([](Client& client) {
    client.answer(client.until("StartTransientUnit"), {dbus::object_path("/job/1")});
    client.next();
  });
  EXPECT_THAT(start(), AllOf(HasSubstr("job for u.scope"), HasSubstr("timed out")));
}

TEST_F(SystemdTest, SilenceIsGivenUp) {
  serve_calls([](Client& client) {
    client.until("StartTransientUnit");
    client.next();
  });
  EXPECT_THAT(start(), HasSubstr("timed out"));
}

TEST_F(SystemdTest, EndOfTheConnectionIsAnError) {
  serve_calls([](Client& client) { client.until("StartTransientUnit"); });
  EXPECT_THAT(start(), HasSubstr("has closed the connection"));
}

TEST_F(SystemdTest, WhatSystemdSaysIsSaid) {
  serve_calls([](Client& client) {
    client.refuse(client.until("StartTransientUnit"), "org.x.Denied", "Cannot set property Foo");
    client.next();
  });
  EXPECT_EQ(start(), "systemd: unit u.scope: Cannot set property Foo");
}

TEST_F(SystemdTest, StaleUnitIsForgottenAndTriedOnceMore) {
  serve_calls([](Client& client) {
    client.refuse(client.until("StartTransientUnit"), "org.freedesktop.systemd1.UnitExists", "is");
    Message reset = client.next();
    client.answer(reset, {});
    Message again = client.next();
    if (reset.member == "ResetFailedUnit" && again.member == "StartTransientUnit") {
      client.answer(again, {dbus::object_path("/job/2")});
      client.job_removed("/job/2", "done");
    }
    client.next();
  });
  EXPECT_EQ(start(), "no error");
}

TEST_F(SystemdTest, UnitThatRunsIsNotTakenOver) {
  serve_calls([](Client& client) {
    for (int i = 0; i < 2; ++i) {
      client.refuse(client.until("StartTransientUnit"), "org.freedesktop.systemd1.UnitExists",
                    "Unit u.scope was already loaded");
    }
    client.next();
  });
  EXPECT_THAT(start(), HasSubstr("Unit u.scope was already loaded"));
}

TEST_F(SystemdTest, WhatIsNoDbusIsAnError) {
  serve([](Client& client) {
    client.put("HTTP/1.1 400 Bad Request\r\n\r\n");
    client.next();
  });
  EXPECT_THAT(start(), HasSubstr("refuses us: \"HTTP/1.1 400 Bad Request\""));
}

TEST_F(SystemdTest, NoiseInsteadOfMessagesIsAnError) {
  serve_calls([](Client& client) {
    client.until("StartTransientUnit");
    client.put(std::string(64, '\xff'));
    client.next();
  });
  EXPECT_THAT(start(), HasSubstr("not a valid D-Bus message"));
}

TEST_F(SystemdTest, UnitThatIsGoneNeedsNoStop) {
  serve_calls([](Client& client) {
    client.refuse(client.until("StopUnit"), "org.freedesktop.systemd1.NoSuchUnit", "not loaded");
    client.next();
  });
  EXPECT_EQ(stop(), "no error");
}

TEST_F(SystemdTest, StopWaitsForTheJob) {
  serve_calls([](Client& client) {
    client.answer(client.until("StopUnit"), {dbus::object_path("/job/3")});
    client.job_removed("/job/3", "timeout");
    client.next();
  });
  EXPECT_THAT(stop(), HasSubstr("ended as \"timeout\""));
}

TEST_F(SystemdTest, VersionAndRootAreAskedFor) {
  serve_calls([](Client& client) {
    client.answer(client.until("Get"), {dbus::variant(dbus::text("252 (252.1)"))});
    client.answer(client.until("Get"), {dbus::variant(dbus::text("/"))});
    client.next();
  });
  EXPECT_EQ(error_of([](Systemd& systemd) {
              EXPECT_EQ(systemd.version(), 252);
              EXPECT_EQ(systemd.control_group(), "");
            }),
            "no error");
}

TEST_F(SystemdTest, PropertiesHoldUntilTheUnitEnds) {
  serve_calls([](Client& client) {
    Message call = client.until("SetUnitProperties");
    Values expected = {
        dbus::text("u.scope"), dbus::boolean(true),
        dbus::array("(sv)", {dbus::structure(
                                {dbus::text("TasksMax"), dbus::variant(dbus::number('t', 7))})})};
    if (call.arguments() == expected) client.answer(call, {});
    client.next();
  });
  EXPECT_EQ(error_of([](Systemd& systemd) {
              systemd.set_properties("u.scope", {{"TasksMax", dbus::number('t', 7)}});
            }),
            "no error");
}

TEST_F(SystemdTest, LimitsThatAreNotKeptAreTakenBack) {
  serve_calls([this](Client& client) {
    client.answer(client.until("Get"), {dbus::variant(dbus::text("257"))});
    Message call = client.until("SetUnitProperties");
    bool right =
        call.arguments()[2].members()[0].members()[1] == dbus::variant(dbus::number('t', 7));
    if (right) std::filesystem::create_directory(directory_ + "/changed");
    client.answer(call, {});
  });
  {
    UnitLimits limits({"u.scope", true}, {{"pids.max", "7", ""}}, {{"rdma.max", "x", ""}});
    EXPECT_TRUE(std::filesystem::exists(directory_ + "/changed"));
    int status = 0;
    ::waitpid(pid_, &status, 0);
    std::filesystem::remove(directory_ + "/bus");
    serve_calls([this](Client& client) {
      client.answer(client.until("Get"), {dbus::variant(dbus::text("257"))});
      Message back = client.until("SetUnitProperties");
      bool right =
          back.arguments()[2].members()[0].members()[1] == dbus::variant(dbus::number('t', 5));
      if (right) std::filesystem::create_directory(directory_ + "/back");
      client.answer(back, {});
    });
    UnitLimits undone({"u.scope", true}, {{"rdma.max", "x", ""}}, {{"pids.max", "5", ""}});
    limits.keep();
  }
  EXPECT_TRUE(std::filesystem::exists(directory_ + "/back"));
}

}  // namespace
}  // namespace tare::cgroups
