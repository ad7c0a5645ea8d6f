#include <sys/stat.h>

#include "tests/unit/container_fixture.h"

namespace tare {
namespace {

class ContainerStore : public ContainerTest {};

constexpr const char* kExists = "container with given ID already exists";
constexpr const char* kAbsent = "container does not exist";

mode_t mode_of(const std::string& path) {
  return sys::try_fstatat(AT_FDCWD, path)->st_mode & 07777;
}

TEST(ContainerId, AcceptsWhatRuncAccepts) {
  for (const char* id : {"a", "A-z_0+9.x", "-h", "--help", "x.lock", "lock", "state.json"}) {
    EXPECT_EQ(error_of([&] { check_container_id(id); }), "no error") << id;
  }
  EXPECT_EQ(error_of([] { check_container_id(std::string(255, 'a')); }), "no error");
}

TEST(ContainerId, RefusesEverythingElse) {
  for (const char* id : {".", "..", ".hidden", "../x", "a/b", "/abs", "a b", "a\nb", "\xc3\xa9",
                         "\x1b[31m", "*", "$(id)", "a:b"}) {
    EXPECT_EQ(error_of([&] { check_container_id(id); }), "invalid container ID format") << id;
  }
  EXPECT_EQ(error_of([] { check_container_id(std::string(256, 'a')); }),
            "invalid container ID format");
  EXPECT_EQ(error_of([] { check_container_id(std::string("a\0b", 3)); }),
            "invalid container ID format");
  EXPECT_EQ(error_of([] { check_container_id(""); }), "container id cannot be empty");
}

TEST_F(ContainerStore, MakesPrivateDirectoriesWhateverTheUmask) {
  mode_t old = ::umask(0777);
  Store deep = Store::open_or_create(path("a/b"));
  Reservation reservation = deep.reserve("c");
  ::umask(old);
  EXPECT_EQ(mode_of(path("a")), 0700U);
  EXPECT_EQ(mode_of(path("a/b")), 0700U);
  EXPECT_EQ(mode_of(path("a/b/c")), 0700U);
}

TEST_F(ContainerStore, MarksARootBelowTheRuntimeDirectoryAsSticky) {
  ::setenv("XDG_RUNTIME_DIR", path("run").c_str(), 1);
  Store::open_or_create(path("run/tare"));
  Store::open_or_create(path("run-not"));
  ::unsetenv("XDG_RUNTIME_DIR");
  EXPECT_EQ(mode_of(path("run/tare")), 01700U);
  EXPECT_EQ(mode_of(path("run-not")), 0700U);
}

TEST_F(ContainerStore, RefusesARootThatOthersMayWriteOrOwn) {
  for (mode_t mode : {0720U, 0702U, 01777U}) {
    ::chmod(root().c_str(), mode);
    EXPECT_NE(error_of([&] { Store::open(root()); }).find("can be written by group or others"),
              std::string::npos);
    EXPECT_NE(error_of([&] { Store::open_or_create(root()); }).find("can be written"),
              std::string::npos);
  }
  ::chmod(root().c_str(), 0755);
  EXPECT_TRUE(Store::open(root()));
  if (::geteuid() != 0) GTEST_SKIP() << "needs root to give a directory away";
  ASSERT_EQ(::chown(root().c_str(), 12345, 0), 0);
  EXPECT_NE(error_of([&] { Store::open(root()); }).find("belongs to uid 12345"), std::string::npos);
}

TEST_F(ContainerStore, AMissingRootIsNoStore) {
  EXPECT_FALSE(Store::open(path("missing")));
  sys::replace_file_at(AT_FDCWD, path("file"), "", 0600);
  EXPECT_NE(error_of([&] { Store::open_or_create(path("file")); }).find("not a directory"),
            std::string::npos);
}

TEST_F(ContainerStore, OnlyOneReservationOfAnId) {
  Reservation first = store().reserve("c");
  EXPECT_EQ(error_of([&] { store().reserve("c"); }), kExists);
  EXPECT_EQ(error_of([&] { store().reserve("../c"); }), "invalid container ID format");
}

TEST_F(ContainerStore, AReservationThatIsNotKeptLeavesNothing) {
  { Reservation reservation = store().reserve("c"); }
  EXPECT_FALSE(exists(root() + "/c"));
  {
    Reservation reservation = store().reserve("c");
    Reservation moved = std::move(reservation);
    moved.keep();
  }
  EXPECT_TRUE(exists(root() + "/c"));
}

TEST_F(ContainerStore, AFolderWithoutRecordDoesNotExist) {
  Reservation reservation = store().reserve("c");
  EXPECT_FALSE(store().find("c").try_read());
  EXPECT_EQ(error_of([&] { store().find("c").read(); }), kAbsent);
  EXPECT_EQ(error_of([&] { store().find("d"); }), kAbsent);
  EXPECT_EQ(error_of([&] { store().find_locked("d"); }), kAbsent);
  EXPECT_FALSE(store().try_find("d"));
}

TEST_F(ContainerStore, ALinkIsNoContainer) {
  put(record("c", 0));
  ASSERT_EQ(::symlink("c", (root() + "/link").c_str()), 0);
  EXPECT_NE(error_of([&] { store().find("link").read(); }), "no error");
  EXPECT_EQ(store().ids(), (std::vector<std::string>{"c"}));
}

TEST_F(ContainerStore, ReadsWhatWasWritten) {
  put(record("c", 0));
  EXPECT_EQ(store().find("c").read().created, "2026-01-02T03:04:05.000000006Z");
  EXPECT_EQ(mode_of(root() + "/c/state.json"), 0600U);
}

TEST_F(ContainerStore, ARecordOfAnotherContainerIsRefused) {
  put(record("c", 0));
  ASSERT_EQ(::rename((root() + "/c").c_str(), (root() + "/d").c_str()), 0);
  EXPECT_NE(error_of([&] { store().find("d").read(); }).find("/id: another container's"),
            std::string::npos);
}

// Children are forked before the lock is taken: they would share it.
class Gate {
 public:
  Gate() {
    int fds[2];
    EXPECT_EQ(::pipe2(fds, O_CLOEXEC), 0);
    reader_ = Fd(fds[0]);
    writer_ = Fd(fds[1]);
  }
  void open(char what = 'x') const { EXPECT_EQ(::write(writer_.get(), &what, 1), 1); }
  char wait() const {
    char got = 0;
    EXPECT_EQ(::read(reader_.get(), &got, 1), 1);
    return got;
  }
  bool is_open(int timeout_ms) const { return sys::poll_readable(reader_, timeout_ms); }

 private:
  Fd reader_, writer_;
};

TEST_F(ContainerStore, TheLockIsHeldByOneAndReadersNeedNone) {
  put(record("c", 0));
  Gate go, said;
  TestChild other([&] {
    go.wait();
    store().find("c").read();
    said.open('r');
    said.open(store().try_find_locked("c") ? 'l' : 'n');
  });
  std::optional<ContainerDirectory> held = store().find_locked("c");
  go.open();
  EXPECT_EQ(said.wait(), 'r');
  EXPECT_FALSE(said.is_open(100)) << "the lock was taken twice";
  held.reset();
  EXPECT_EQ(said.wait(), 'l');
}

TEST_F(ContainerStore, WhoWaitedForTheLockOfARemovedContainerFindsNothing) {
  put(record("c", 0));
  Gate go;
  TestChild waiter([&] {
    go.wait();
    ::_exit(store().try_find_locked("c") ? 1 : 42);
  });
  std::optional<ContainerDirectory> held = store().find_locked("c");
  go.open();
  ::usleep(100'000);
  held->remove();
  put(record("c", 0));  // made anew: still not the one that was waited for
  held.reset();
  EXPECT_EQ(WEXITSTATUS(waiter.wait()), 42);
  EXPECT_TRUE(exists(root() + "/c/state.json"));
}

TEST_F(ContainerStore, RemoveTakesEverythingAndMayBeRepeated) {
  put(record("c", 0));
  ContainerDirectory directory = store().find_locked("c");
  sys::mkdirat(directory.fd().get(), "notify", 0700);
  sys::replace_file_at(directory.fd().get(), "notify/file", "x", 0600);
  Fd socket = listen("c");
  directory.remove();
  EXPECT_FALSE(exists(root() + "/c"));
  directory.remove();
  put(record("c", 0));
  directory.remove();
  EXPECT_TRUE(exists(root() + "/c/state.json")) << "removed a folder that only has the same name";
}

TEST_F(ContainerStore, ListsIdsInOrder) {
  for (const char* id : {"b", "a", "c"}) put(record(id, 0));
  sys::replace_file_at(store().fd().get(), "file", "", 0600);
  sys::mkdirat(store().fd().get(), ".cache", 0700);
  EXPECT_EQ(store().ids(), (std::vector<std::string>{"a", "b", "c"}));
}

}  // namespace
}  // namespace tare
