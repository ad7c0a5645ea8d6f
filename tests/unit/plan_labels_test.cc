// Labels of security modules: which steps are made, on hosts that are only described here.
#include <linux/mount.h>

#include "runtime/process/security_modules.h"
#include "tests/unit/plan_fixture.h"

namespace tare {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class PlanLabels : public PlanTest {
 protected:
  PlanLabels() { request.security_modules = &modules; }

  act::Step label(int number = 0) { return find(steps(), Kind::Label, number); }
  int labels() { return count(steps(), Kind::Label); }
  // Options of the file system mounted at `destination`.
  std::vector<std::string> options(const std::string& destination) {
    for (const act::Step& step : steps()) {
      if (step.kind == Kind::NewMount && step.what.ends_with(" at " + destination)) {
        return act::unpack(step.data);
      }
    }
    return {"not mounted"};
  }
  void without(const std::string& type) {
    std::erase_if(config.linux_->namespaces,
                  [&](const oci::Namespace& ns) { return ns.type == type; });
  }

  process::SecurityModules modules;
};

TEST_F(PlanLabels, WithoutLabelsThereIsNothingToDo) {
  modules.apparmor = modules.selinux = true;
  EXPECT_EQ(labels(), 0);
  EXPECT_EQ(count(steps(), Kind::NewMount), 0);
}

// Shows: lsm-1
TEST_F(PlanLabels, AProfileIsForTheNextExecution) {
  modules.apparmor = true;
  config.process->apparmor_profile = "p";
  EXPECT_EQ(label().text, "self/attr/apparmor/exec");
  EXPECT_EQ(label().text2, "exec p");
  EXPECT_THAT(act::unpack(label().data), ElementsAre("p"));
  EXPECT_EQ(label().what, "config.json: /process/apparmorProfile: apparmor profile \"p\"");
}

// Shows: lsm-1
TEST_F(PlanLabels, AConfinedRuntimeStacksUnderNoNewPrivileges) {
  modules.apparmor = modules.confined = true;
  config.process->apparmor_profile = ":ns://p";
  EXPECT_EQ(label().text2, "exec :ns://p");
  config.process->no_new_privileges = true;
  EXPECT_EQ(label().text2, "stack :ns://p");
  EXPECT_THAT(act::unpack(label().data), ElementsAre(":ns:p"));
  modules.confined = false;
  EXPECT_EQ(label().text2, "exec :ns://p");
}

// Shows: lsm-1
TEST_F(PlanLabels, WithoutAppArmorOnlyUnconfinedCanBeHad) {
  config.process->apparmor_profile = "p";
  EXPECT_EQ(error(),
            "config.json: /process/apparmorProfile: profile \"p\" is asked for, but AppArmor is "
            "not enabled on this host");
  config.process->apparmor_profile = "unconfined";
  EXPECT_EQ(labels(), 0);
  modules.apparmor = true;
  EXPECT_EQ(label().text2, "exec unconfined");
}

// Shows: lsm-2
TEST_F(PlanLabels, AContextIsThatOfTheProgramAndItsKeyring) {
  modules.selinux = true;
  config.process->selinux_label = "u:r:t:s0";
  ASSERT_EQ(labels(), 2);
  EXPECT_EQ(label(0).text, "self/attr/keycreate");
  EXPECT_EQ(label(1).text, "self/attr/exec");
  for (int number : {0, 1}) {
    EXPECT_EQ(label(number).text2, "u:r:t:s0");
    EXPECT_THAT(act::unpack(label(number).data), ElementsAre("u:r:t:s0"));
  }
  EXPECT_EQ(position(steps(), Kind::Label, 0) + 1, position(steps(), Kind::Keyring));
  request.new_keyring = false;
  EXPECT_EQ(labels(), 1);
  EXPECT_EQ(label().text, "self/attr/exec");
}

// Shows: lsm-2, lsm-3
TEST_F(PlanLabels, WithoutSelinuxAContextIsAnError) {
  config.process->selinux_label = "u:r:t:s0";
  EXPECT_THAT(error(), HasSubstr("config.json: /process/selinuxLabel: selinux label is specified "
                                 "in config, but selinux is disabled"));
  config.process->selinux_label.clear();
  config.linux_->mount_label = "u:r:t:s0";
  EXPECT_THAT(error(), HasSubstr("config.json: /linux/mountLabel: selinux label is specified"));
}

// Shows: lsm-1, lsm-2
TEST_F(PlanLabels, TheyAreSetBeforePrivilegesGoAndAfterNoNewPrivileges) {
  modules.apparmor = true;
  config.process->apparmor_profile = "p";
  config.process->no_new_privileges = true;
  expect_order(steps(), {Kind::Pivot, Kind::NoNewPrivileges, Kind::Label, Kind::BoundingSet,
                         Kind::Identity, Kind::Capabilities});
}

// Shows: lsm-1
TEST_F(PlanLabels, TheirProcfsIsOursAlone) {
  modules.apparmor = true;
  config.process->apparmor_profile = "p";
  Steps made = steps();
  const act::Step& procfs = find(made, Kind::NewMount);
  EXPECT_EQ(procfs.text, "proc");
  EXPECT_THAT(act::unpack(procfs.data), ElementsAre("subset=pid"));
  EXPECT_EQ(procfs.a, uint64_t{MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC});
  EXPECT_EQ(find(made, Kind::Label).fd, procfs.fd);
  for (const act::Step& step : made) {
    EXPECT_FALSE(step.kind == Kind::Attach && step.fd == procfs.fd) << "attached nowhere";
  }
  // A user namespace may only make one while the host's can be seen.
  EXPECT_LT(position(made, Kind::NewMount), position(made, Kind::Pivot));
}

TEST_F(PlanLabels, AUserNamespaceInThePidNamespaceOfTheHostTakesTheHostsProcfs) {
  modules.apparmor = true;
  config.process->apparmor_profile = "p";
  without("pid");
  Steps made = steps();
  EXPECT_EQ(count(made, Kind::NewMount), 0);
  const act::Step& label = find(made, Kind::Label);
  for (const act::Step& step : made) {
    if (step.kind != Kind::OpenTree || step.fd != label.fd) continue;
    EXPECT_EQ(step.text, "/proc");
    return;
  }
  FAIL() << "no procfs";
}

// Whoever is in that pid namespace must not find the procfs in which the labels are written.
TEST_F(PlanLabels, APidNamespaceOfOthersIsEnteredWithoutTheProcfs) {
  modules.apparmor = true;
  config.process->apparmor_profile = "p";
  for (oci::Namespace& ns : config.linux_->namespaces) {
    if (ns.type == "pid") ns.path = "/proc/self/ns/pid";
  }
  Steps made = steps();
  expect_order(made, {Kind::Pivot, Kind::Label, Kind::CloseSlots, Kind::Join, Kind::Fork});
  int slot = find(made, Kind::Label).fd;
  EXPECT_THAT(numbers(find(made, Kind::CloseSlots).data), Not(Contains(slot)));
}

// Shows: lsm-3
TEST_F(PlanLabels, FileSystemsThatTakeALabelHaveIt) {
  modules.selinux = true;
  config.linux_->mount_label = "u:r:t:s0:c1,c2";
  config.linux_->masked_paths = {"/masked"};
  const std::string context = "context=u:r:t:s0:c1,c2";
  config.mounts = {mount("tmpfs", "/tmp"), mount("devpts", "/pts"),    mount("proc", "/proc"),
                   mount("sysfs", "/sys"), mount("mqueue", "/mqueue"), mount("ext4", "/disk")};
  for (const char* path : {"/tmp", "/pts"}) EXPECT_THAT(options(path), Contains(context)) << path;
  // The kernel allows only four types in a user namespace.
  for (const char* path : {"/proc", "/sys", "/mqueue", "/disk"}) {
    EXPECT_THAT(options(path), Not(Contains(HasSubstr("context")))) << path;
  }
  EXPECT_EQ(count(steps(), Kind::MountLabel), 0);
  EXPECT_EQ(find(steps(), Kind::Mask).text2, "u:r:t:s0:c1,c2");

  if (::geteuid() != 0) return;
  without("user");
  config.linux_->uid_mappings.clear();
  config.linux_->gid_mappings.clear();
  EXPECT_THAT(options("/disk"), Contains(context));
  EXPECT_THAT(options("/mqueue"), Not(Contains(context)));
  EXPECT_EQ(find(steps(), Kind::MountLabel).text, "u:r:t:s0:c1,c2");
  EXPECT_THAT(find(steps(), Kind::MountLabel).what, HasSubstr("/mqueue"));
}

// Shows: lsm-3, anno-6
TEST_F(PlanLabels, AnAnnotationSaysWhichOptionCarriesTheLabel) {
  modules.selinux = true;
  config.linux_->mount_label = "u:r:t:s0";
  config.mounts = {mount("tmpfs", "/tmp")};
  config.annotations["run.oci.mount_context_type"] = "rootcontext";
  EXPECT_THAT(options("/tmp"), ElementsAre("rootcontext=u:r:t:s0"));
}

// Shows: lsm-3
TEST_F(PlanLabels, AMountsOwnContextStays) {
  modules.selinux = true;
  config.linux_->mount_label = "u:r:t:s0";
  config.mounts = {mount("tmpfs", "/tmp", {"fscontext=\"u:r:own:s0:c1,c2\""})};
  EXPECT_THAT(options("/tmp"), ElementsAre("fscontext=u:r:own:s0:c1,c2"));
}

// Shows: lsm-3
TEST_F(PlanLabels, Mount2TakesTheLabelInQuotes) {
  modules.selinux = true;
  config.mounts = {mount("tmpfs", "/tmp", {"size=1m"})};
  auto given = [&] { return act::unpack(find(steps(), Kind::LegacyMount).data).back(); };
  config.linux_->mount_label = "u:r:t:s0:c1,c2";
  EXPECT_EQ(count(steps(), Kind::LegacyMount), 0);
  config.mounts[0].options.emplace_back("iversion");
  EXPECT_EQ(given(), "size=1m,context=\"u:r:t:s0:c1,c2\"");
  config.mounts[0].options = {};
  config.linux_->mount_label = "u:r:t:s0:" + std::string(250, 'c');
  EXPECT_EQ(given(), "context=\"" + config.linux_->mount_label + "\"");
}

}  // namespace
}  // namespace tare
