// The record as one line of JSON. Every member is required but those that are optional in the
// record; a member of another type, a number out of range and what oci/json.h refuses are errors
// that name the member. Unknown members are skipped.
#include <cstdint>
#include <limits>

#include "oci/json.h"
#include "runtime/base/error.h"
#include "runtime/base/strings.h"
#include "runtime/container/record.h"

namespace tare {
namespace {

using oci::json::Array;
using oci::json::Object;
using oci::json::Value;

constexpr const char* kFile = "state.json";
constexpr int kVersion = 1;

// --- reading

// One value of the document and where it stands.
struct Place {
  const Value& value;
  std::string pointer;

  [[noreturn]] void refuse(const std::string& expected) const {
    throw Error(std::string(kFile) + ": " + pointer + ": expected " + expected + ", got " +
                oci::json::describe(value));
  }
  template <typename T>
  const T& as(const char* expected) const {
    const T* content = value.get<T>();
    if (content == nullptr) refuse(expected);
    return *content;
  }
  std::optional<Place> find(std::string_view name) const {
    for (const auto& member : as<Object>("an object")) {
      if (member.name == name) return Place{member.value, pointer + "/" + member.name};
    }
    return std::nullopt;
  }
  Place operator[](const char* name) const {
    auto member = find(name);
    if (!member) throw Error(std::string(kFile) + ": " + pointer + "/" + name + ": missing");
    return *member;
  }
  template <typename Visit>
  void each(Visit visit) const {
    size_t index = 0;
    for (const Value& element : as<Array>("an array")) {
      visit(Place{element, pointer + "/" + std::to_string(index++)});
    }
  }
};

bool read_bool(const Place& place) {
  return place.as<bool>("a boolean");
}

const std::string& read_text(const Place& place) {
  return place.as<std::string>("a string");
}

template <typename Integer>
Integer read_number(const Place& place) {
  uint64_t number = place.as<uint64_t>("a number without sign");
  if (number > static_cast<uint64_t>(std::numeric_limits<Integer>::max())) {
    place.refuse("a smaller number");
  }
  return static_cast<Integer>(number);
}

oci::Strings read_texts(const Place& place) {
  oci::Strings texts;
  place.each([&](const Place& element) { texts.push_back(read_text(element)); });
  return texts;
}

oci::Map<std::string> read_map(const Place& place) {
  oci::Map<std::string> map;
  for (const auto& member : place.as<Object>("an object")) {
    map[member.name] = read_text(Place{member.value, place.pointer + "/" + member.name});
  }
  return map;
}

template <typename T, size_t N>
using Names = std::pair<const char*, T>[N];

constexpr std::pair<const char*, Phase> kPhases[] = {{"creating", Phase::Creating},
                                                     {"created", Phase::Created}};
constexpr std::pair<const char*, cgroups::Manager> kManagers[] = {
    {"cgroupfs", cgroups::Manager::Cgroupfs},
    {"systemd", cgroups::Manager::Systemd},
    {"disabled", cgroups::Manager::Disabled}};

template <typename T, size_t N>
T read_name(const Place& place, const Names<T, N>& names) {
  const std::string& text = read_text(place);
  for (const auto& [name, value] : names) {
    if (text == name) return value;
  }
  place.refuse("a name that is known");
}

ProcessIdentity read_process(const Place& place) {
  ProcessIdentity process;
  process.pid = read_number<pid_t>(place["pid"]);
  process.start_time = read_number<uint64_t>(place["startTime"]);
  process.boot_id = read_text(place["bootId"]);
  return process;
}

CgroupRecord read_cgroup(const Place& place) {
  CgroupRecord cgroup;
  cgroup.manager = read_name(place["manager"], kManagers);
  cgroup.path = read_text(place["path"]);
  cgroup.created = read_bool(place["created"]);
  cgroup.created_parents = read_texts(place["createdParents"]);
  if (auto limit = place.find("memoryAndSwap")) {
    cgroup.memory_and_swap = read_number<int64_t>(*limit);
  }
  if (auto unit = place.find("unit")) {
    cgroup.unit = {read_text((*unit)["name"]), read_bool((*unit)["userManager"])};
  }
  return cgroup;
}

ResctrlRecord read_resctrl(const Place& place) {
  ResctrlRecord resctrl;
  resctrl.group = read_text(place["group"]);
  resctrl.created = read_bool(place["created"]);
  resctrl.named = read_bool(place["named"]);
  resctrl.monitoring = read_text(place["monitoring"]);
  return resctrl;
}

std::vector<oci::Hook> read_hooks(const Place& place) {
  std::vector<oci::Hook> hooks;
  place.each([&](const Place& element) {
    oci::Hook hook;
    hook.path = read_text(element["path"]);
    hook.args = read_texts(element["args"]);
    if (auto env = element.find("env")) hook.env = read_texts(*env);
    if (auto timeout = element.find("timeout")) hook.timeout = read_number<int64_t>(*timeout);
    hooks.push_back(std::move(hook));
  });
  return hooks;
}

// --- writing

// The writer replaces what is not UTF-8, and a path that reads back as another one is worse than no
// container.
Value text(const std::string& content) {
  constexpr std::string_view kReplacement = "\xef\xbf\xbd";
  Value value(content);
  if (oci::json::write(value).find(kReplacement) != std::string::npos &&
      content.find(kReplacement) == std::string::npos) {
    throw Error(std::string(kFile) + ": not valid UTF-8: " + quote(content));
  }
  return value;
}

Value texts(const oci::Strings& contents) {
  Array array;
  for (const std::string& content : contents) array.push_back(text(content));
  return Value(std::move(array));
}

template <typename T, size_t N>
Value name_of(T wanted, const Names<T, N>& names) {
  for (const auto& [name, value] : names) {
    if (value == wanted) return Value(name);
  }
  return Value();
}

Value write_process(const ProcessIdentity& process) {
  return Value(Object{{"pid", Value(process.pid)},
                      {"startTime", Value(process.start_time)},
                      {"bootId", text(process.boot_id)}});
}

Value write_map(const oci::Map<std::string>& map) {
  Object object;
  for (const auto& [name, content] : map) object.push_back({name, text(content)});
  return Value(std::move(object));
}

Value write_cgroup(const CgroupRecord& cgroup) {
  Object object{{"manager", name_of(cgroup.manager, kManagers)},
                {"path", text(cgroup.path)},
                {"created", Value(cgroup.created)},
                {"createdParents", texts(cgroup.created_parents)}};
  if (cgroup.memory_and_swap) {
    object.push_back({"memoryAndSwap", Value(*cgroup.memory_and_swap)});
  }
  if (cgroup.unit) {
    object.push_back({"unit", Value(Object{{"name", text(cgroup.unit->name)},
                                           {"userManager", Value(cgroup.unit->user_manager)}})});
  }
  return Value(std::move(object));
}

Value write_resctrl(const ResctrlRecord& resctrl) {
  return Value(Object{{"group", text(resctrl.group)},
                      {"created", Value(resctrl.created)},
                      {"named", Value(resctrl.named)},
                      {"monitoring", text(resctrl.monitoring)}});
}

Value write_hooks(const std::vector<oci::Hook>& hooks) {
  Array array;
  for (const oci::Hook& hook : hooks) {
    Object object{{"path", text(hook.path)}, {"args", texts(hook.args)}};
    if (hook.env) object.push_back({"env", texts(*hook.env)});
    if (hook.timeout) object.push_back({"timeout", Value(*hook.timeout)});
    array.emplace_back(std::move(object));
  }
  return Value(std::move(array));
}

}  // namespace

ContainerRecord read_record(std::string_view json) {
  std::vector<oci::Violation> violations;
  auto document = oci::json::parse(json, violations);
  if (!violations.empty()) throw Error(oci::describe(kFile, violations));
  if (!document) throw Error(std::string(kFile) + ": no JSON");
  Place root{*document, ""};
  ContainerRecord record;
  record.id = read_text(root["id"]);
  record.phase = read_name(root["phase"], kPhases);
  record.init = read_process(root["init"]);
  record.creator = read_process(root["creator"]);
  record.bundle = read_text(root["bundle"]);
  if (auto file = root.find("configFile")) record.config_file = read_text(*file);
  record.rootfs = read_text(root["rootfs"]);
  record.created = read_text(root["created"]);
  record.annotations = read_map(root["annotations"]);
  record.cgroup = read_cgroup(root["cgroup"]);
  if (auto resctrl = root.find("resctrl")) record.resctrl = read_resctrl(*resctrl);
  record.private_pid_namespace = read_bool(root["privatePidNamespace"]);
  record.no_process = read_bool(root["noProcess"]);
  record.pid_file = read_text(root["pidFile"]);
  record.host_mount = read_text(root["hostMount"]);
  record.host_mount_below = read_number<uint64_t>(root["hostMountBelow"]);
  record.poststart = read_hooks(root["poststart"]);
  record.poststop = read_hooks(root["poststop"]);
  return record;
}

std::string write_record(const ContainerRecord& record) {
  Object object{
      {"version", Value(kVersion)},
      {"id", text(record.id)},
      {"phase", name_of(record.phase, kPhases)},
      {"init", write_process(record.init)},
      {"creator", write_process(record.creator)},
      {"bundle", text(record.bundle)},
      {"configFile", text(record.config_file)},
      {"rootfs", text(record.rootfs)},
      {"created", text(record.created)},
      {"annotations", write_map(record.annotations)},
      {"cgroup", write_cgroup(record.cgroup)},
      {"privatePidNamespace", Value(record.private_pid_namespace)},
      {"noProcess", Value(record.no_process)},
      {"pidFile", text(record.pid_file)},
      {"hostMount", text(record.host_mount)},
      {"hostMountBelow", Value(record.host_mount_below)},
      {"poststart", write_hooks(record.poststart)},
      {"poststop", write_hooks(record.poststop)},
  };
  if (!record.resctrl.group.empty()) {
    object.push_back({"resctrl", write_resctrl(record.resctrl)});
  }
  return oci::json::write(Value(std::move(object)));
}

}  // namespace tare
