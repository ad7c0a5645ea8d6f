// What exec makes of its request, and the file that create leaves for it.
#include <gmock/gmock.h>

#include "runtime/base/sys.h"
#include "runtime/container/exec_basis.h"
#include "runtime/container/exec_process.h"
#include "tests/unit/container_fixture.h"

namespace tare {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

oci::Process own() {
  oci::Process process;
  process.cwd = "/own";
  process.args = {"init"};
  process.env = {"A=1"};
  process.terminal = true;
  process.user = {1, 2, 077, {3}};
  process.no_new_privileges = true;
  process.apparmor_profile = "profile";
  process.rlimits = {{"RLIMIT_NOFILE", 5, 6}};
  process.oom_score_adj = 100;
  process.capabilities.emplace();
  process.capabilities->bounding = process.capabilities->permitted = {"CAP_KILL"};
  process.capabilities->inheritable = {"CAP_CHOWN"};
  return process;
}

std::string file_with(const std::string& text) {
  static int number = 0;
  std::string path = testing::TempDir() + "tare-process-" + std::to_string(::getpid()) + "-" +
                     std::to_string(number++) + ".json";
  sys::replace_file_at(AT_FDCWD, path, text, 0600);
  return path;
}

TEST(ExecProcess, TheContainersOwnIsTheModelOfACommand) {
  ProcessRequest request;
  request.args = {"cmd", "x"};
  oci::Process process = exec_process(request, own());
  EXPECT_THAT(process.args, ElementsAre("cmd", "x"));
  EXPECT_THAT(process.env, ElementsAre("A=1"));
  EXPECT_EQ(process.cwd, "/own");
  EXPECT_FALSE(process.terminal) << "only when asked for";
  EXPECT_EQ(process.user.uid, 1U);
  EXPECT_TRUE(process.no_new_privileges);
}

TEST(ExecProcess, WhatIsGivenOverrides) {
  ProcessRequest request;
  request.args = {"cmd"};
  request.env = {"B=2"};
  request.cwd = "/";
  request.uid = 7;
  request.additional_gids = {9};
  request.no_new_privileges = false;
  request.terminal = true;
  request.capabilities = {"CAP_CHOWN", "CAP_SYSLOG"};
  oci::Process process = exec_process(request, own());
  EXPECT_THAT(process.env, ElementsAre("A=1", "B=2"));
  EXPECT_EQ(process.cwd, "/");
  EXPECT_EQ(process.user.uid, 7U);
  EXPECT_EQ(process.user.gid, 2U);
  EXPECT_THAT(process.user.additional_gids, ElementsAre(3U, 9U));
  EXPECT_FALSE(process.no_new_privileges);
  EXPECT_TRUE(process.terminal);
  EXPECT_THAT(process.capabilities->permitted, ElementsAre("CAP_KILL", "CAP_CHOWN", "CAP_SYSLOG"));
  EXPECT_THAT(process.capabilities->inheritable, ElementsAre("CAP_CHOWN")) << "CVE-2022-29162";
  EXPECT_THAT(process.capabilities->ambient, ElementsAre("CAP_CHOWN"));
}

TEST(ExecProcess, AFileThatIsSilentIsAsConfinedAsTheContainer) {
  ProcessRequest request;
  request.file = file_with(R"({"cwd": "/", "args": ["x"], "user": {"uid": 5, "gid": 5}})");
  oci::Process process = exec_process(request, own());
  EXPECT_THAT(process.env, IsEmpty());
  EXPECT_EQ(process.user.uid, 5U);
  EXPECT_EQ(process.user.umask, 077U);
  EXPECT_EQ(process.apparmor_profile, "profile");
  EXPECT_EQ(process.oom_score_adj, 100);
  ASSERT_EQ(process.rlimits.size(), 1U);
  EXPECT_THAT(process.capabilities->bounding, ElementsAre("CAP_KILL"));
  EXPECT_FALSE(process.no_new_privileges) << "said by its absence, as containerd does";
}

TEST(ExecProcess, EveryMistakeIsSaidAtOnce) {
  ProcessRequest request;
  request.file = file_with(R"({"args": [1], "env": ["x"]})");
  std::string message = error_of([&] { exec_process(request, own()); });
  for (const char* part : {"/args/0: expected a string", "/env/0: invalid", "/cwd"}) {
    EXPECT_THAT(message, HasSubstr(part));
  }
  EXPECT_THAT(error_of([&] { exec_process({}, own()); }), HasSubstr("args must not be empty"));
}

class ExecBasisTest : public ContainerTest {};

TEST_F(ExecBasisTest, ReadsBackWhatItWrote) {
  Fd folder = sys::openat(AT_FDCWD, root(), O_RDONLY | O_DIRECTORY);
  ExecBasis basis;
  oci::Config config;
  config.oci_version = "1.0.2";
  config.root = oci::Root{"rootfs"};
  config.process = own();
  config.hostname = "not kept";
  config.linux_.emplace();
  config.linux_->seccomp.emplace();
  config.linux_->seccomp->default_action = "SCMP_ACT_NOTIFY";
  config.linux_->seccomp->listener_path = "agent";
  config.linux_->seccomp->listener_metadata = "data";
  basis.config = exec_config(config, "/bundle");
  basis.filter.emplace();
  basis.filter->program.assign(16, std::byte{7});
  basis.filter->flags = 8;
  basis.new_keyring = false;
  write_exec_basis(folder, basis);
  ExecBasis read = read_exec_basis(folder);
  EXPECT_FALSE(read.new_keyring);
  ASSERT_TRUE(read.filter);
  EXPECT_EQ(read.filter->program, basis.filter->program);
  EXPECT_EQ(read.filter->flags, 8U);
  EXPECT_TRUE(read.config.hostname.empty());
  EXPECT_EQ(read.config.linux_->seccomp->listener_path, "/bundle/agent");
  EXPECT_EQ(read.config.linux_->seccomp->listener_metadata, "data");
  EXPECT_THAT(read.config.process->args, ElementsAre("init"));
  EXPECT_EQ(read.config.process->user.umask, 077U);
}

TEST_F(ExecBasisTest, RefusesWhatIsDamaged) {
  Fd folder = sys::openat(AT_FDCWD, root(), O_RDONLY | O_DIRECTORY);
  EXPECT_THAT(error_of([&] { read_exec_basis(folder); }), HasSubstr("it is missing"));
  ExecBasis basis;
  basis.config.oci_version = "1.0.2";
  basis.config.root = oci::Root{"rootfs"};
  basis.filter.emplace();
  basis.filter->program.assign(16, std::byte{7});
  write_exec_basis(folder, basis);
  std::string whole = sys::read_file_at(folder.get(), "exec");
  for (size_t size = 0; size < whole.size(); ++size) {
    sys::replace_file_at(folder.get(), "exec", whole.substr(0, size), 0600);
    EXPECT_NE(error_of([&] { read_exec_basis(folder); }), "") << size;
  }
  std::string other = whole;
  other[4] ^= 1;
  sys::replace_file_at(folder.get(), "exec", other, 0600);
  EXPECT_THAT(error_of([&] { read_exec_basis(folder); }), HasSubstr("another version"));
}

}  // namespace
}  // namespace tare
