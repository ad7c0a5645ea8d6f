// The manager of systemd that makes units for us, over its bus (org.freedesktop.systemd1(5)).
#pragma once

#include <sys/types.h>

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "cgroups/cgroup.h"
#include "cgroups/dbus_connection.h"

namespace tare::cgroups {

// Whether the manager that serves us is our user's own: for ordinary users, and for the root of a
// user namespace that has no systemd of its own.
bool has_user_manager();

// How long an answer may take, and a job.
struct Patience {
  std::chrono::milliseconds call = std::chrono::seconds(10);
  std::chrono::milliseconds job = std::chrono::seconds(30);
};

// Every call waits a bounded time and throws an Error that names the unit and what systemd said.
class Systemd {
 public:
  // Connects to the first of the places where that manager may be found; throws when there is none.
  explicit Systemd(bool user_manager, Patience patience = {});

  int version();                // 257
  std::string control_group();  // below which its slices are: "" or "/user.slice/…"

  // Makes and starts the unit, with `pid` in it unless that is 0, and waits until it is there. A
  // failed unit of that name, which an earlier container left, is forgotten first.
  void start(const Unit& unit, std::vector<UnitProperty> properties, pid_t pid);
  // Ends what there is of the unit and forgets it; nothing to do when there is none.
  void stop(const std::string& unit);
  // Until the next boot, or the end of the unit.
  void set_properties(const std::string& unit, const std::vector<UnitProperty>& properties);
  // Moves a process into the unit's cgroup: systemd may do so where we may not.
  void attach(const std::string& unit, pid_t pid);

 private:
  dbus::Reply call(std::string_view member, dbus::Values arguments, const dbus::Deadline& deadline);
  std::string property(const std::string& name);
  void listen_for(const std::string& unit, const dbus::Deadline& deadline);
  void wait_for(const dbus::Reply& job, const std::string& unit, const dbus::Deadline& deadline);

  Patience patience_;
  dbus::Connection connection_;
};

// The number that the text of the property Version begins with: "257.13-1", "v252", "systemd 244".
int parse_version(std::string_view text);

}  // namespace tare::cgroups
