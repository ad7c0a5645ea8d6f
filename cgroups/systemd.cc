// A job is what systemd makes of a request to start or stop; its end is a signal, JobRemoved, with
// the job and how it ended. A bus hands that to those who asked for it, so they ask first; on
// systemd's private socket everybody gets it. Signals of others are told apart by their sender: on
// a bus anybody can send one to us.
//
// Where the manager is: an address in the environment wins. Else root takes systemd's own socket,
// which needs no bus and is one hop less. Users take their bus, then the socket. Engines call with
// an environment of nothing but XDG_RUNTIME_DIR, or without even that.
#include "cgroups/systemd.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <optional>

#include "cgroups/control_file.h"
#include "cgroups/dbus_address.h"
#include "runtime/base/error.h"
#include "runtime/base/log.h"
#include "runtime/base/strings.h"
#include "runtime/base/sys.h"
#include "runtime/base/user_namespace.h"

namespace tare::cgroups {
namespace {

constexpr const char* kService = "org.freedesktop.systemd1";
constexpr const char* kObject = "/org/freedesktop/systemd1";
constexpr const char* kInterface = "org.freedesktop.systemd1.Manager";
constexpr const char* kPrivate = "/run/systemd/private";
constexpr const char* kSystemBus = "/run/dbus/system_bus_socket";
constexpr const char* kUnitExists = "org.freedesktop.systemd1.UnitExists";
constexpr const char* kNoSuchUnit = "org.freedesktop.systemd1.NoSuchUnit";
constexpr const char* kNotLoaded = "org.freedesktop.systemd1.NotLoaded";

struct Place {
  std::string socket;
  dbus::Kind kind;
};

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

void add_address(std::vector<Place>& places, const char* variable) {
  for (std::string& path : dbus::socket_paths(environment(variable))) {
    places.push_back({std::move(path), dbus::Kind::Bus});
  }
}

// The user whom our id means outside of a user namespace: the first line of its map that has it.
uint64_t outer_uid() {
  uint64_t uid = ::geteuid();
  auto map = sys::try_read_file_at(AT_FDCWD, "/proc/self/uid_map").value_or("");
  for (std::string_view line : split(map, '\n')) {
    std::vector<uint64_t> numbers;
    for (const std::string& field : words(line)) {
      if (auto number = parse_number<uint64_t>(field)) numbers.push_back(*number);
    }
    if (numbers.size() == 3 && uid >= numbers[0] && uid - numbers[0] < numbers[2]) {
      return numbers[1] + (uid - numbers[0]);
    }
  }
  return uid;
}

std::vector<Place> places_of(bool user_manager) {
  std::vector<Place> places;
  if (!user_manager) {
    add_address(places, "DBUS_SYSTEM_BUS_ADDRESS");
    places.push_back({kPrivate, dbus::Kind::Direct});
    places.push_back({kSystemBus, dbus::Kind::Bus});
    return places;
  }
  add_address(places, "DBUS_SESSION_BUS_ADDRESS");
  std::string runtime = environment("XDG_RUNTIME_DIR");
  if (!runtime.starts_with('/')) runtime = "/run/user/" + std::to_string(outer_uid());
  places.push_back({runtime + "/bus", dbus::Kind::Bus});
  places.push_back({runtime + "/systemd/private", dbus::Kind::Direct});
  return places;
}

dbus::Connection connect(bool user_manager, const Patience& patience) {
  std::string reasons;
  dbus::Deadline deadline(patience.call);
  for (const Place& place : places_of(user_manager)) {
    // A place where nobody listens is what the next one is for.
    try {
      return dbus::Connection(place.socket, place.kind, deadline);
    } catch (const Error& error) {
      log_debug(error.text());
      reasons += (reasons.empty() ? "" : "; ") + error.text();
    }
  }
  throw Error(std::string("cannot reach the ") + (user_manager ? "user's" : "system's") +
              " systemd: " + reasons)
      .with_hint(user_manager ? "is XDG_RUNTIME_DIR right, and the user logged in or lingering "
                                "(loginctl enable-linger)? Else run without --systemd-cgroup"
                              : "run without --systemd-cgroup where there is no systemd");
}

dbus::Value encoded(const std::vector<UnitProperty>& properties) {
  dbus::Values pairs;
  for (const UnitProperty& property : properties) {
    pairs.push_back(dbus::structure({dbus::text(property.name), dbus::variant(property.value)}));
  }
  return dbus::array("(sv)", std::move(pairs));
}

dbus::Value list_of(pid_t pid) {
  return dbus::array("u", {dbus::number('u', static_cast<uint64_t>(pid))});
}

[[noreturn]] void refuse(const std::string& unit, const dbus::Reply& reply) {
  throw Error("systemd: unit " + unit + ": " + reply.text);
}

}  // namespace

bool has_user_manager() {
  if (!is_rootless()) return false;
  if (::geteuid() != 0) return true;
  auto socket = sys::try_fstatat(AT_FDCWD, kPrivate);
  return !socket || socket->st_uid != 0;
}

int parse_version(std::string_view text) {
  size_t begin = text.find_first_of("0123456789");
  if (begin == std::string_view::npos) return 0;
  size_t end = text.find_first_not_of("0123456789", begin);
  return parse_number<int>(text.substr(begin, end == std::string_view::npos ? end : end - begin))
      .value_or(0);
}

Systemd::Systemd(bool user_manager, Patience patience)
    : patience_(patience), connection_(connect(user_manager, patience)) {
  connection_.keep_signals("JobRemoved");
}

dbus::Reply Systemd::call(std::string_view member, dbus::Values arguments,
                          const dbus::Deadline& deadline) {
  return connection_.call(
      {kService, kObject, kInterface, std::string(member), std::move(arguments)}, deadline);
}

std::string Systemd::property(const std::string& name) {
  dbus::Reply reply = connection_.call({kService,
                                        kObject,
                                        "org.freedesktop.DBus.Properties",
                                        "Get",
                                        {dbus::text(kInterface), dbus::text(name)}},
                                       dbus::Deadline(patience_.call));
  if (!reply.error.empty()) throw Error("systemd: property " + name + ": " + reply.text);
  if (reply.values.size() != 1) throw Error("systemd: no property " + name + " in its answer");
  return reply.values[0].members().at(0).text();
}

int Systemd::version() {
  return parse_version(property("Version"));
}

std::string Systemd::control_group() {
  std::string group = property("ControlGroup");
  return group == "/" ? "" : group;
}

void Systemd::listen_for(const std::string& unit, const dbus::Deadline& deadline) {
  if (connection_.kind() == dbus::Kind::Direct) return;
  std::string rule = "type='signal',member='JobRemoved'";
  rule.append(",sender='").append(kService).append("',path='").append(kObject);
  rule.append("',interface='").append(kInterface).append("',arg2='").append(unit).append("'");
  dbus::Reply reply = connection_.call({"org.freedesktop.DBus",
                                        "/org/freedesktop/DBus",
                                        "org.freedesktop.DBus",
                                        "AddMatch",
                                        {dbus::text(rule)}},
                                       deadline);
  if (!reply.error.empty()) throw Error("bus: cannot listen for systemd's jobs: " + reply.text);
}

void Systemd::wait_for(const dbus::Reply& job, const std::string& unit,
                       const dbus::Deadline& deadline) {
  Scope scope("wait for systemd's job for " + unit);
  if (job.values.size() != 1) throw Error("systemd did not name the job");
  for (;;) {
    dbus::Message signal = connection_.next_signal(deadline);
    if (signal.sender != job.sender || signal.interface != kInterface) continue;
    dbus::Values arguments = signal.arguments();
    if (arguments.size() != 4 || arguments[1].text() != job.values[0].text()) continue;
    const std::string& result = arguments[3].text();
    if (result == "done") return;
    throw Error("systemd: the job for unit " + unit + " ended as " + quote(result))
        .with_hint("see systemctl status " + unit);
  }
}

void Systemd::start(const Unit& unit, std::vector<UnitProperty> properties, pid_t pid) {
  dbus::Deadline deadline(patience_.job);
  if (pid != 0) {
    properties.push_back({"PIDs", list_of(pid)});
  }
  dbus::Values arguments = {dbus::text(unit.name), dbus::text("replace"), encoded(properties),
                            dbus::array("(sa(sv))", {})};
  listen_for(unit.name, deadline);
  dbus::Reply reply = call("StartTransientUnit", arguments, deadline);
  if (reply.error == kUnitExists) {
    call("ResetFailedUnit", {dbus::text(unit.name)}, deadline);
    reply = call("StartTransientUnit", std::move(arguments), deadline);
  }
  if (!reply.error.empty()) refuse(unit.name, reply);
  wait_for(reply, unit.name, deadline);
}

void Systemd::stop(const std::string& unit) {
  dbus::Deadline deadline(patience_.job);
  listen_for(unit, deadline);
  dbus::Reply reply = call("StopUnit", {dbus::text(unit), dbus::text("replace")}, deadline);
  if (reply.error == kNoSuchUnit || reply.error == kNotLoaded) return;
  if (!reply.error.empty()) refuse(unit, reply);
  wait_for(reply, unit, deadline);
  // Most are forgotten by now.
  call("ResetFailedUnit", {dbus::text(unit)}, deadline);
}

void Systemd::set_properties(const std::string& unit, const std::vector<UnitProperty>& properties) {
  if (properties.empty()) return;
  dbus::Reply reply =
      call("SetUnitProperties", {dbus::text(unit), dbus::boolean(true), encoded(properties)},
           dbus::Deadline(patience_.call));
  if (!reply.error.empty()) refuse(unit, reply);
}

void Systemd::attach(const std::string& unit, pid_t pid) {
  dbus::Reply reply =
      call("AttachProcessesToUnit", {dbus::text(unit), dbus::text(""), list_of(pid)},
           dbus::Deadline(patience_.call));
  if (!reply.error.empty()) refuse(unit, reply);
}

namespace {

// A systemd that we cannot reach may be there all the same. It looks after the cgroup of a unit
// that became empty, but would keep a unit for ever whose cgroup somebody else had removed.
void leave_to_systemd(const std::string& path) {
  constexpr timespec kPause{.tv_sec = 0, .tv_nsec = 10'000'000};
  for (int turn = 0; turn < 100 && exists(path); ++turn) ::nanosleep(&kPause, nullptr);
}

}  // namespace

void remove_unit(const Unit& unit, const std::string& path) {
  kill_all(path);
  try {
    Systemd(unit.user_manager).stop(unit.name);
  } catch (const Error& error) {
    log_warning(error.text());
    leave_to_systemd(path);
  }
  remove(path, {});
}

}  // namespace tare::cgroups
