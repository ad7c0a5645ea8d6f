#include <gtest/gtest.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <set>

#include "runtime/base/sys.h"
#include "runtime/process/seccomp_cache.h"
#include "tests/unit/bpf_interpreter.h"
#include "tests/unit/seccomp_profiles.h"

namespace tare::process {
namespace {

using test::argument;
using test::compiled;
using test::errno_rule;
using test::profile;
using test::rule;

bool same(const std::vector<sock_filter>& a, const std::vector<sock_filter>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](auto& x, auto& y) {
    return x.code == y.code && x.jt == y.jt && x.jf == y.jf && x.k == y.k;
  });
}

class SeccompCache : public testing::Test {
 protected:
  void SetUp() override {
    char path[] = "/tmp/tare-seccomp-cache-XXXXXX";
    ASSERT_NE(::mkdtemp(path), nullptr);
    path_ = path;
    directory_ = sys::openat(AT_FDCWD, path_, O_RDONLY | O_DIRECTORY);
  }
  void TearDown() override {
    for (const auto& name : entries()) ::unlinkat(directory_.get(), name.c_str(), 0);
    ::rmdir(path_.c_str());
  }
  std::vector<std::string> entries() { return sys::list_directory(directory_); }
  std::string read_entry() { return sys::read_file_at(directory_.get(), entries().at(0)); }

  // A program that no profile gives: what comes back tells whether the cache was asked.
  const std::vector<sock_filter> marker_{{BPF_RET | BPF_K, 0, 0, SECCOMP_RET_TRACE | 99}};
  const oci::Seccomp profile_ = profile("SCMP_ACT_ERRNO", {rule({"getpid"}, "SCMP_ACT_ALLOW")});
  std::string path_;
  Fd directory_;
};

TEST_F(SeccompCache, GivesBackWhatWasCompiled) {
  auto first = compiled(profile_, &directory_);
  EXPECT_EQ(entries().size(), 1U);
  EXPECT_TRUE(same(first, compiled(profile_)));
  EXPECT_TRUE(same(first, compiled(profile_, &directory_)));
}

TEST_F(SeccompCache, IsUsedWhenItHasTheProfile) {
  store_cached(directory_, seccomp_cache_key(profile_), marker_);
  EXPECT_TRUE(same(compiled(profile_, &directory_), marker_));
}

// crun 1.27 took the second profile for the first: its digest leaves out the errno of a rule.
TEST_F(SeccompCache, KeepsProfilesApartThatDifferInOneErrno) {
  auto getcwd_errno = [&](uint32_t number) {
    auto program =
        compiled(profile("SCMP_ACT_ALLOW", {errno_rule({"getcwd"}, number)}), &directory_);
    seccomp_data data{};
#if defined(__x86_64__)
    data.nr = 79;
    data.arch = 0xc000003e;
#elif defined(__aarch64__)
    data.nr = 17;
    data.arch = 0xc00000b7;
#endif
    return test::run_bpf(program, data);
  };
  EXPECT_EQ(getcwd_errno(EACCES), SECCOMP_RET_ERRNO | EACCES);
  EXPECT_EQ(getcwd_errno(ENOMEM), SECCOMP_RET_ERRNO | ENOMEM);
  EXPECT_EQ(getcwd_errno(EACCES), SECCOMP_RET_ERRNO | EACCES);
  EXPECT_EQ(entries().size(), 2U);
}

// Also those that read the same when strings are simply put one after another.
TEST_F(SeccompCache, EveryMemberIsPartOfTheKey) {
  const auto base =
      profile("SCMP_ACT_ERRNO",
              {rule({"read", "write"}, "SCMP_ACT_ALLOW", {argument(0, "SCMP_CMP_MASKED_EQ", 1, 1)}),
               rule({"getpid"}, "SCMP_ACT_TRACE")},
              {"SCMP_ARCH_X86"});
  std::vector<oci::Seccomp> all(17, base);
  all[1].default_action = "SCMP_ACT_KILL";
  all[2].default_errno_ret = 0;
  all[3].default_errno_ret = 1;
  all[4].architectures = {"SCMP_ARCH_", "X86"};
  all[5].architectures = {};
  all[6].syscalls[0].names = {"readw", "rite"};
  all[7].syscalls[0].names = {"read"};
  all[8].syscalls[0].action = "SCMP_ACT_LOG";
  all[9].syscalls[1].errno_ret = 0;
  all[10].syscalls[1].errno_ret = 5;
  all[11].syscalls[0].args[0].index = 1;
  all[12].syscalls[0].args[0].value = 1ULL << 32;
  all[13].syscalls[0].args[0].value_two = 0;
  all[14].syscalls[0].args[0].op = "SCMP_CMP_EQ";
  all[15].syscalls[0].args.clear();
  all[16].syscalls.pop_back();
  std::set<std::string> keys;
  for (const auto& seccomp : all) keys.insert(seccomp_cache_key(seccomp));
  EXPECT_EQ(keys.size(), all.size());
}

TEST_F(SeccompCache, EntryOfAnotherKeyIsNotThere) {
  std::string key = seccomp_cache_key(profile_);
  store_cached(directory_, key, marker_);
  std::string name = entries().at(0);
  // Another profile whose hash met this one's would find the file by its name.
  auto other = profile("SCMP_ACT_ERRNO", {rule({"getppid"}, "SCMP_ACT_ALLOW")});
  store_cached(directory_, seccomp_cache_key(other), marker_);
  for (const auto& second : entries()) {
    if (second != name) {
      ASSERT_EQ(::renameat(directory_.get(), second.c_str(), directory_.get(), name.c_str()), 0);
    }
  }
  EXPECT_FALSE(find_cached(directory_, key).has_value());
}

TEST_F(SeccompCache, DamagedEntriesAreNotThere) {
  std::string key = seccomp_cache_key(profile_);
  store_cached(directory_, key, compiled(profile_));
  const std::string whole = read_entry();
  const std::string name = entries().at(0);
  ASSERT_TRUE(find_cached(directory_, key).has_value());
  for (size_t length = 0; length < whole.size(); ++length) {
    sys::replace_file_at(directory_.get(), name, whole.substr(0, length), 0600);
    ASSERT_FALSE(find_cached(directory_, key).has_value()) << "cut to " << length;
  }
  for (size_t at = 0; at < whole.size(); ++at) {
    std::string changed = whole;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    sys::replace_file_at(directory_.get(), name, changed, 0600);
    ASSERT_FALSE(find_cached(directory_, key).has_value()) << "changed at " << at;
  }
  // Compiled anew and mended.
  EXPECT_TRUE(same(compiled(profile_, &directory_), compiled(profile_)));
  EXPECT_EQ(read_entry(), whole);
}

TEST_F(SeccompCache, FilesThatOthersCouldWriteAreNotThere) {
  std::string key = seccomp_cache_key(profile_);
  store_cached(directory_, key, marker_);
  std::string name = entries().at(0);
  ASSERT_EQ(::fchmodat(directory_.get(), name.c_str(), 0620, 0), 0);
  EXPECT_FALSE(find_cached(directory_, key).has_value());
  ASSERT_EQ(::fchmodat(directory_.get(), name.c_str(), 0600, 0), 0);
  EXPECT_TRUE(find_cached(directory_, key).has_value());
  if (::geteuid() != 0) GTEST_SKIP() << "giving a file away needs root";
  sys::fchownat(directory_.get(), name, 1, 1);
  EXPECT_FALSE(find_cached(directory_, key).has_value());
}

TEST_F(SeccompCache, SymbolicLinksAreNotFollowed) {
  std::string key = seccomp_cache_key(profile_);
  store_cached(directory_, key, marker_);
  std::string name = entries().at(0);
  ASSERT_EQ(::renameat(directory_.get(), name.c_str(), directory_.get(), "real"), 0);
  ASSERT_EQ(::symlinkat("real", directory_.get(), name.c_str()), 0);
  EXPECT_FALSE(find_cached(directory_, key).has_value());
  std::string untouched = sys::read_file_at(directory_.get(), "real");
  store_cached(directory_, key, compiled(profile_));
  EXPECT_EQ(sys::read_file_at(directory_.get(), "real"), untouched);
}

TEST_F(SeccompCache, OldestEntriesMakeRoom) {
  auto key_of = [](uint64_t n) {
    return seccomp_cache_key(profile(
        "SCMP_ACT_ERRNO", {rule({"ioctl"}, "SCMP_ACT_ALLOW", {argument(1, "SCMP_CMP_EQ", n)})}));
  };
  for (uint64_t n = 0; n < 70; ++n) {
    store_cached(directory_, key_of(n), marker_);
    // File times have the grain of the kernel's tick; these are set apart by hand.
    for (const auto& name : entries()) {
      struct stat status = sys::try_fstatat(directory_.get(), name).value();
      if (status.st_mtime < 1000) continue;
      timespec times[2] = {{static_cast<time_t>(n + 1), 0}, {static_cast<time_t>(n + 1), 0}};
      ASSERT_EQ(::utimensat(directory_.get(), name.c_str(), times, 0), 0);
    }
  }
  EXPECT_EQ(entries().size(), 64U);
  for (uint64_t n = 0; n < 70; ++n) {
    EXPECT_EQ(find_cached(directory_, key_of(n)).has_value(), n >= 6) << n;
  }
}

TEST_F(SeccompCache, TroubleIsNeverAnError) {
  Fd proc =
      sys::openat(AT_FDCWD, "/proc/self", O_RDONLY | O_DIRECTORY);  // nothing can be made there
  EXPECT_TRUE(same(compiled(profile_, &proc), compiled(profile_)));
  Fd file = sys::memfd_create("not a directory", 0);
  EXPECT_TRUE(same(compiled(profile_, &file), compiled(profile_)));
  Fd closed;
  EXPECT_TRUE(same(compiled(profile_, &closed), compiled(profile_)));
  ASSERT_EQ(::mkdirat(directory_.get(), "removed", 0700), 0);
  Fd removed = sys::openat(directory_.get(), "removed", O_RDONLY | O_DIRECTORY);
  sys::try_unlinkat(directory_.get(), "removed", AT_REMOVEDIR);
  EXPECT_TRUE(same(compiled(profile_, &removed), compiled(profile_)));
}

TEST_F(SeccompCache, SavesMostOfTheWork) {
  oci::Strings names;
  for (int i = 0; i < 40; ++i) {
    for (const char* name :
         {"read", "write", "openat", "close", "mmap", "clone", "futex", "ioctl"}) {
      names.emplace_back(name);
    }
  }
  auto large = profile("SCMP_ACT_ERRNO", {rule(names, "SCMP_ACT_ALLOW")},
                       {"SCMP_ARCH_X86_64", "SCMP_ARCH_X86", "SCMP_ARCH_AARCH64"});
  auto best = [&](const Fd* cache) {
    auto shortest = std::chrono::nanoseconds::max();
    for (int i = 0; i < 20; ++i) {
      auto start = std::chrono::steady_clock::now();
      process::compile_seccomp(large, cache);
      auto took = std::chrono::steady_clock::now() - start;
      shortest = std::min(shortest, std::chrono::duration_cast<std::chrono::nanoseconds>(took));
    }
    return shortest;
  };
  EXPECT_LT(best(&directory_) * 3, best(nullptr));
}

}  // namespace
}  // namespace tare::process
