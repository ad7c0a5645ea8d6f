#include "runtime/container/list.h"
#include "runtime/container/status.h"
#include "tests/unit/container_fixture.h"

namespace tare {
namespace {

using oci::Status;

class ContainerStatus : public ContainerTest {
 protected:
  Status status(const std::string& id) {
    ContainerDirectory directory = store().find(id);
    return container_status(directory, directory.read());
  }
};

// Shows: state-4
TEST_F(ContainerStatus, CreatedAsLongAsSomebodyOwnsTheSocket) {
  TestChild init(sleep_for_ever);
  put(record("c", init.pid()));
  Fd socket = listen("c");
  EXPECT_EQ(status("c"), Status::Created);
  EXPECT_EQ(status("c"), Status::Created);
  EXPECT_FALSE(sys::poll_readable(socket, 0)) << "the question looked like a start";
  socket.reset();
  EXPECT_EQ(status("c"), Status::Running) << "the name alone says nothing";
  sys::try_unlinkat(store().find("c").fd().get(), kStartSocket);
  EXPECT_EQ(status("c"), Status::Running);
}

TEST_F(ContainerStatus, ABusyListenerIsStillThere) {
  TestChild init(sleep_for_ever);
  put(record("c", init.pid()));
  Fd socket = listen("c");
  Fd connection = sys::connect_unix(root() + "/c/" + kStartSocket);
  EXPECT_EQ(status("c"), Status::Created);
}

// Shows: state-6
TEST_F(ContainerStatus, StoppedWhenInitIsGoneOrAZombieOrAnother) {
  TestChild init(sleep_for_ever);
  ContainerRecord another = record("another", init.pid());
  another.init.start_time += 1;
  put(another);
  EXPECT_EQ(status("another"), Status::Stopped);
  put(record("c", init.pid()));
  Fd socket = listen("c");
  ::kill(init.pid(), SIGKILL);
  siginfo_t info{};
  ::waitid(P_PID, static_cast<id_t>(init.pid()), &info, WEXITED | WNOWAIT);
  EXPECT_EQ(status("c"), Status::Stopped);
  init.wait();
  EXPECT_EQ(status("c"), Status::Stopped);
  put(record("none", 0));
  EXPECT_EQ(status("none"), Status::Stopped);
}

// Shows: state-3
TEST_F(ContainerStatus, CreatingWhileItsCreatorLives) {
  TestChild init(sleep_for_ever);
  TestChild creator(sleep_for_ever);
  ContainerRecord creating = record("c", init.pid());
  creating.phase = Phase::Creating;
  creating.creator = identify(creator.pid());
  put(creating);
  EXPECT_EQ(status("c"), Status::Creating);
  ::kill(creator.pid(), SIGKILL);
  creator.wait();
  EXPECT_EQ(status("c"), Status::Stopped);
}

// Shows: state-7
TEST_F(ContainerStatus, TheStateDocumentHasNoPidWhenStopped) {
  TestChild init(sleep_for_ever);
  ContainerRecord running = record("c", init.pid());
  running.annotations = {{"k", "v"}};
  put(running);
  ContainerDirectory directory = store().find("c");
  oci::State state = state_of(directory, directory.read());
  EXPECT_EQ(state.pid, init.pid());
  EXPECT_EQ(state.id, "c");
  EXPECT_EQ(state.bundle, running.bundle);
  EXPECT_EQ(state.rootfs, running.rootfs);
  EXPECT_EQ(state.created, running.created);
  EXPECT_EQ(state.annotations, running.annotations);
  EXPECT_EQ(state.owner, "");
  ::kill(init.pid(), SIGKILL);
  init.wait();
  state = state_of(directory, directory.read());
  EXPECT_EQ(state.status, Status::Stopped);
  EXPECT_EQ(state.pid, 0);
}

TEST_F(ContainerStatus, ListSkipsWhatIsBrokenAndShowsTheRest) {
  TestChild init(sleep_for_ever);
  put(record("b", init.pid()));
  put(record("a", 0));
  put(record("broken", 0));
  sys::replace_file_at(store().find("broken").fd().get(), "state.json", "{", 0600);
  Reservation half_made = store().reserve("half");
  testing::internal::CaptureStderr();
  std::vector<oci::State> states = list(store());
  std::string warnings = testing::internal::GetCapturedStderr();
  ASSERT_EQ(states.size(), 2U);
  EXPECT_EQ(states[0].id, "a");
  EXPECT_EQ(states[0].status, Status::Stopped);
  EXPECT_EQ(states[1].id, "b");
  EXPECT_EQ(states[1].status, Status::Running);
  EXPECT_NE(warnings.find("container \"broken\": state.json"), std::string::npos) << warnings;
  EXPECT_EQ(warnings.find("half"), std::string::npos);
}

TEST_F(ContainerStatus, ListNamesTheOwner) {
  if (::geteuid() != 0) GTEST_SKIP() << "needs root to give a directory away";
  put(record("a", 0));
  put(record("b", 0));
  ASSERT_EQ(::chown((root() + "/b").c_str(), 54321, 0), 0);
  std::vector<oci::State> states = list(store());
  EXPECT_EQ(states.at(0).owner, "root");
  EXPECT_EQ(states.at(1).owner, "#54321");
}

}  // namespace
}  // namespace tare
