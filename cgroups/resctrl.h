// A container's share of caches and memory bandwidth: its group in resctrl, the file system of
// Intel RDT and its kin (linux.intelRdt; kernel: filesystems/resctrl.rst).
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

#include "oci/config.h"

namespace tare::cgroups {

// Everything decided, nothing done. Directories are absolute paths of the host.
struct ResctrlPlan {
  std::string mount;                  // where resctrl is mounted
  std::string group;                  // the mount itself: the default group
  bool named = false;                 // by closID: may be there before and outlives the container
  std::vector<std::string> schemata;  // lines to write, in that order; none: must be there before
  std::vector<std::string> compared;  // lines that a group that was there before must agree with
  std::string monitoring;             // monitoring group; empty: none
};

// Where resctrl is mounted as a whole in our mount namespace; nothing: nowhere.
std::optional<std::string> find_resctrl();

// Decides for the container `id`. Reads `mount`, changes nothing. Throws for what this machine
// cannot give, naming the member.
ResctrlPlan plan_resctrl(const oci::IntelRdt& wanted, const std::string& id,
                         const std::string& mount);

// Decides about new schemata for the existing `group` below `mount`: the lines of `wanted` alone.
// Throws as plan_resctrl() does.
ResctrlPlan plan_resctrl_update(const oci::IntelRdt& wanted, const std::string& group,
                                const std::string& mount);

// A group that exists, with its schemata. The destructor undoes what was made or changed unless
// kept.
class ResctrlGroup {
 public:
  static ResctrlGroup create(const ResctrlPlan& plan);
  // One that is there gets the schemata of the plan.
  static ResctrlGroup change(const ResctrlPlan& plan);

  ResctrlGroup(ResctrlGroup&& other) noexcept;
  ResctrlGroup& operator=(ResctrlGroup&&) = delete;
  ~ResctrlGroup();

  // Puts a process there, and with it whatever it forks from then on.
  void add(pid_t pid) const;
  // It was not there before us.
  bool created() const { return created_; }
  void keep() { kept_ = true; }

 private:
  explicit ResctrlGroup(const ResctrlPlan& plan) : plan_(plan) {}
  void make();
  void compare() const;
  void write_schemata();
  void make_monitoring();
  void undo() const;

  ResctrlPlan plan_;
  bool created_ = false;
  bool monitored_ = false;
  std::string previous_;  // schemata of a group that was there before, as they were
  bool kept_ = false;
};

// --- existing groups, by the paths in a container's record

// Puts a process into `group` and, when not empty, the monitoring group below it.
void join_resctrl(const std::string& group, const std::string& monitoring, pid_t pid);

// What becomes of a group's processes when it is removed: the kernel moves them to the default
// group.
enum class ResctrlTasks { Move, Spare };  // Spare: a group that has some (still after 1 s) stays

// A missing directory is success.
void remove_resctrl(const std::string& directory, ResctrlTasks tasks);

}  // namespace tare::cgroups
