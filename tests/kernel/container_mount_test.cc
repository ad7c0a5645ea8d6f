// Delete and mounts, each test in a mount namespace of its own.
#include <sched.h>
#include <sys/mount.h>

#include "runtime/container/delete.h"
#include "tests/unit/container_fixture.h"

namespace tare {
namespace {

class ContainerMount : public ContainerTest {
 protected:
  void SetUp() override {
    if (::geteuid() != 0) GTEST_SKIP() << "needs root to mount";
    sys::mkdirat(AT_FDCWD, path("rootfs"), 0755);
    sys::replace_file_at(AT_FDCWD, path("rootfs/canary"), "x", 0644);
  }
  // Runs `body` where mounts stay; its failures are those of the test.
  void in_mount_namespace(const std::function<std::string()>& body) {
    int fds[2];
    ASSERT_EQ(::pipe2(fds, O_CLOEXEC), 0);
    Fd reader(fds[0]), writer(fds[1]);
    TestChild child([&] {
      std::string result = "unshare";
      if (::unshare(CLONE_NEWNS) == 0 &&
          ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0) {
        result = body();
      }
      [[maybe_unused]] ssize_t n = ::write(writer.get(), result.data(), result.size());
    });
    writer.reset();
    EXPECT_EQ(sys::read_all(reader, 4096, "result"), "");
  }
  static bool bind(const std::string& source, const std::string& target) {
    return ::mount(source.c_str(), target.c_str(), nullptr, MS_BIND, nullptr) == 0;
  }
};

// Shows: op-delete-3
TEST_F(ContainerMount, TheRootfsMountOfTheHostIsUndone) {
  in_mount_namespace([&]() -> std::string {
    ContainerRecord stopped = record("c", 0);
    stopped.host_mount = path("rootfs");
    put(stopped);
    if (!bind(path("rootfs"), path("rootfs"))) return "bind";
    Fd busy = sys::openat(AT_FDCWD, path("rootfs"), O_RDONLY);
    remove_container(store(), "c", Force::No);
    if (contents("/proc/self/mountinfo").find(path("rootfs")) != std::string::npos) {
      return "still mounted";
    }
    return exists(path("rootfs/canary")) && !exists(root() + "/c") ? "" : "wrong thing removed";
  });
}

TEST_F(ContainerMount, RemovingTheFolderNeverEmptiesWhatIsMountedInIt) {
  in_mount_namespace([&]() -> std::string {
    put(record("c", 0));
    // A store opened before would still see the namespace it was opened in.
    Store here = Store::open_or_create(root());
    std::string inside = root() + "/c/rootfs";
    sys::mkdirat(AT_FDCWD, inside, 0755);
    if (!bind(path("rootfs"), inside)) return "bind";
    std::string error = error_of([&] { remove_container(here, "c", Force::Yes); });
    if (!exists(path("rootfs/canary"))) return "emptied what was mounted";
    if (error == "no error") return "no error";
    if (!exists(root() + "/c/state.json")) return "forgot the container";
    ::umount2(inside.c_str(), MNT_DETACH);
    remove_container(here, "c", Force::Yes);
    return exists(root() + "/c") ? "still there" : "";
  });
}

}  // namespace
}  // namespace tare
