// One row an operation: its name and which of its fields mean what (runtime/act/plan.h says the
// same to those who execute it). A kind without a row is shown with every field that is not empty,
// so that nothing of a plan is ever hidden; a test asks for the row.
#include "runtime/container/explain_steps.h"

#include <linux/filter.h>
#include <sys/personality.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <span>

#include "runtime/base/strings.h"
#include "runtime/container/explain_words.h"

namespace tare {
namespace {

using act::OpKind;
using act::Step;
using oci::json::Array;
using oci::json::list;
using oci::json::Object;
using oci::json::Value;

// Nothing, that is null, for what an operation does not have.
Value some_text(const std::string& text) {
  return text.empty() ? Value() : Value(text);
}
Value some_list(const oci::Strings& names) {
  return names.empty() ? Value() : list(names);
}

template <typename T>
Value numbers(const std::string& bytes) {
  Array array;
  for (size_t at = 0; at + sizeof(T) <= bytes.size(); at += sizeof(T)) {
    T number;
    std::memcpy(&number, bytes.data() + at, sizeof number);
    if (number >= 0) array.emplace_back(number);
  }
  return Value(std::move(array));
}

// --- readers of one field each ---

Value text(const Step& step) {
  return some_text(step.text);
}
Value text2(const Step& step) {
  return some_text(step.text2);
}
Value texts(const Step& step) {
  return some_list(act::unpack(step.data));
}
Value texts2(const Step& step) {
  return some_list(act::unpack(step.data2));
}
Value data2(const Step& step) {
  return some_text(step.data2);
}
Value content(const Step& step) {
  return some_text(step.data);
}
Value groups(const Step& step) {
  return numbers<uint32_t>(step.data);
}
Value kept_slots(const Step& step) {
  return numbers<int32_t>(step.data);
}
Value slot(const Step& step) {
  return step.fd < 0 ? Value() : Value(step.fd);
}
Value slot2(const Step& step) {
  return step.fd2 < 0 ? Value() : Value(step.fd2);
}
Value number(const Step& step) {
  return Value(step.number);
}
Value positive(const Step& step) {
  return step.number == 0 ? Value() : Value(step.number);
}
Value switched(const Step& step) {
  return Value(step.number != 0);
}
Value mode(const Step& step) {
  return Value(octal(step.number));
}
Value permissions(const Step& step) {
  return Value(octal(step.number & 07777));
}
Value umask_of_hook(const Step& step) {
  return Value(octal(static_cast<uint32_t>(step.a)));
}
Value namespaces(const Step& step) {
  return list(clone_flag_names(step.number));
}
Value propagation(const Step& step) {
  return step.number == 0 ? Value() : Value(propagation_name(step.number));
}
Value set_attributes(const Step& step) {
  return some_list(mount_attribute_names(step.a));
}
Value cleared_attributes(const Step& step) {
  return some_list(mount_attribute_names(step.b));
}
Value must_clear(const Step& step) {
  return some_list(mount_attribute_names(step.c));
}
Value gid(const Step& step) {
  return Value(step.a);
}
Value permitted(const Step& step) {
  return list(capability_names(step.a));
}
Value effective(const Step& step) {
  return list(capability_names(step.b));
}
Value inheritable(const Step& step) {
  return list(capability_names(step.c));
}

Value limit(uint64_t value) {
  return value == RLIM64_INFINITY ? Value("unlimited") : Value(value);
}
Value soft(const Step& step) {
  return limit(step.a);
}
Value hard(const Step& step) {
  return limit(step.b);
}

Value node_type(const Step& step) {
  mode_t type = step.number & S_IFMT;
  return Value(type == S_IFBLK ? "block" : type == S_IFIFO ? "fifo" : "character");
}
Value node_number(const Step& step) {
  if ((step.number & S_IFMT) == S_IFIFO) return {};
  return Value(std::to_string(step.a >> 32) + ":" + std::to_string(step.a & 0xffffffff));
}
Value node_owner(const Step& step) {
  return Value(std::to_string(step.b >> 32) + ":" + std::to_string(step.b & 0xffffffff));
}

Value terminal_size(const Step& step) {
  if (step.a == 0) return {};
  return Value(std::to_string(step.a >> 16) + " rows, " + std::to_string(step.a & 0xffff) +
               " columns");
}

Value domain(const Step& step) {
  return Value(step.number == PER_LINUX32 ? "LINUX32" : "LINUX");
}

Value instructions(const Step& step) {
  return Value(uint64_t{step.data.size() / sizeof(sock_filter)});
}
Value filter_flags(const Step& step) {
  return list(seccomp_flag_names(step.number));
}
// The last operation loads the filter that privileges are not needed for.
Value last_instructions(const Step& step) {
  if (step.text.empty()) return {};
  return Value(uint64_t{step.text.size() / sizeof(sock_filter)});
}
Value last_filter_flags(const Step& step) {
  return step.text.empty() ? Value() : list(seccomp_flag_names(step.a));
}

Value sync_point(const Step& step) {
  struct Point {
    act::SyncPoint point;
    const char* name;
  };
  constexpr Point kPoints[] = {{act::SyncPoint::TimeOffsets, "time offsets"},
                               {act::SyncPoint::RuntimeHooks, "hooks of the runtime"},
                               {act::SyncPoint::MountMapping, "id mapping of a mount"},
                               {act::SyncPoint::NetworkDevices, "network devices"},
                               {act::SyncPoint::Ready, "ready"}};
  for (const Point& known : kPoints) {
    if (step.number == static_cast<uint32_t>(known.point)) return Value(known.name);
  }
  return Value(step.number);
}

Value attempt(const Step& step) {
  return Value(step.number == 0 ? "as root" : "as the user, if root could not");
}

// Bits that are set, "0-3,7".
Value mask(const Step& step) {
  auto is_set = [&](size_t bit) {
    return bit < step.data.size() * 8 &&
           (static_cast<unsigned>(step.data[bit / 8]) >> bit % 8 & 1) != 0;
  };
  std::string text;
  for (size_t bit = 0; bit < step.data.size() * 8; ++bit) {
    if (!is_set(bit)) continue;
    size_t last = bit;
    while (is_set(last + 1)) ++last;
    text += (text.empty() ? "" : ",") + std::to_string(bit);
    if (last > bit) text += "-" + std::to_string(last);
    bit = last;
  }
  return Value(text);
}

// --- the table ---

struct Argument {
  const char* name = nullptr;
  Value (*read)(const Step&) = nullptr;
};

struct Row {
  OpKind kind;
  const char* name;
  std::array<Argument, 7> arguments;
};

constexpr Row kRows[] = {
    {OpKind::Join, "Join", {{{"namespace", namespaces}, {"path", text}}}},
    {OpKind::Unshare, "Unshare", {{{"namespaces", namespaces}}}},
    {OpKind::AwaitMaps, "AwaitMaps", {}},
    {OpKind::BecomeRoot, "BecomeRoot", {}},
    {OpKind::Fork, "Fork", {}},
    {OpKind::Reaper, "Reaper", {{{"slot", slot}}}},
    {OpKind::EnterTime, "EnterTime", {}},
    {OpKind::LoopbackUp, "LoopbackUp", {}},
    {OpKind::Hostname, "Hostname", {{{"name", text}}}},
    {OpKind::Domainname, "Domainname", {{{"name", text}}}},
    {OpKind::HostPropagation, "HostPropagation", {{{"propagation", propagation}}}},
    {OpKind::OpenTree, "OpenTree", {{{"source", text}, {"slot", slot}}}},
    {OpKind::NewMount,
     "NewMount",
     {{{"type", text},
       {"source", text2},
       {"options", texts},
       {"attributes", set_attributes},
       {"modeOf", data2},
       {"slot", slot},
       {"namespaceSlot", slot2}}}},
    {OpKind::Attributes,
     "Attributes",
     {{{"path", text},
       {"slot", slot},
       {"set", set_attributes},
       {"clear", cleared_attributes},
       {"mustClear", must_clear},
       {"propagation", propagation},
       {"mappingSlot", slot2}}}},
    {OpKind::Reconfigure, "Reconfigure", {{{"path", text}, {"options", texts}}}},
    {OpKind::AttachRoot, "AttachRoot", {{{"path", text}, {"slot", slot}}}},
    {OpKind::CopyUp, "CopyUp", {{{"path", text}, {"slot", slot}}}},
    {OpKind::Attach, "Attach", {{{"path", text}, {"slot", slot}}}},
    {OpKind::LegacyMount,
     "LegacyMount",
     {{{"type", text}, {"path", text2}, {"sourceAndOptions", texts}, {"slot", slot}}}},
    {OpKind::Device,
     "Device",
     {{{"path", text},
       {"type", node_type},
       {"number", node_number},
       {"mode", permissions},
       {"owner", node_owner}}}},
    {OpKind::Link, "Link", {{{"path", text}, {"target", text2}}}},
    {OpKind::Directory, "Directory", {{{"path", text}}}},
    {OpKind::File, "File", {{{"path", text}, {"mode", mode}, {"content", content}}}},
    {OpKind::Mask,
     "Mask",
     {{{"path", text}, {"fileSlot", slot}, {"directorySlot", slot2}, {"context", text2}}}},
    {OpKind::ReadonlyPath, "ReadonlyPath", {{{"path", text}}}},
    {OpKind::Pivot, "Pivot", {}},
    {OpKind::EnterRoot, "EnterRoot", {{{"slot", slot}}}},
    {OpKind::WriteProc, "WriteProc", {{{"file", text}, {"value", text2}, {"slot", slot}}}},
    {OpKind::Label,
     "Label",
     {{{"file", text}, {"value", text2}, {"mustHave", texts}, {"slot", slot}}}},
    {OpKind::MountLabel, "MountLabel", {{{"context", text}, {"slot", slot}}}},
    {OpKind::Session, "Session", {}},
    {OpKind::DieWithParent, "DieWithParent", {{{"on", switched}}}},
    {OpKind::Keyring, "Keyring", {{{"name", text}, {"searchableByOthers", switched}}}},
    {OpKind::Console, "Console", {{{"owner", number}, {"size", terminal_size}}}},
    {OpKind::TakeTerminal, "TakeTerminal", {}},
    {OpKind::ReopenNull, "ReopenNull", {}},
    {OpKind::StdioOwner, "StdioOwner", {{{"owner", number}}}},
    {OpKind::Rlimit, "Rlimit", {{{"limit", text}, {"soft", soft}, {"hard", hard}}}},
    {OpKind::Umask, "Umask", {{{"umask", mode}}}},
    {OpKind::Affinity, "Affinity", {{{"processors", mask}}}},
    {OpKind::Scheduler, "Scheduler", {}},
    {OpKind::IoPriority, "IoPriority", {{{"value", number}}}},
    {OpKind::MemoryPolicy, "MemoryPolicy", {{{"modeAndFlags", number}, {"nodes", mask}}}},
    {OpKind::Personality, "Personality", {{{"domain", domain}}}},
    {OpKind::NoNewPrivileges, "NoNewPrivileges", {}},
    {OpKind::Seccomp, "Seccomp", {{{"instructions", instructions}, {"filterFlags", filter_flags}}}},
    {OpKind::ListenerHelper, "ListenerHelper", {}},
    {OpKind::SeccompListener,
     "SeccompListener",
     {{{"instructions", instructions}, {"filterFlags", filter_flags}}}},
    {OpKind::BoundingSet, "BoundingSet", {{{"keep", permitted}}}},
    {OpKind::Identity, "Identity", {{{"uid", number}, {"gid", gid}, {"groups", groups}}}},
    {OpKind::Capabilities,
     "Capabilities",
     {{{"permitted", permitted}, {"effective", effective}, {"inheritable", inheritable}}}},
    {OpKind::Ambient, "Ambient", {{{"raise", permitted}}}},
    {OpKind::WorkingDirectory, "WorkingDirectory", {{{"path", text}, {"attempt", attempt}}}},
    {OpKind::Home, "Home", {{{"uid", number}}}},
    {OpKind::FindProgram, "FindProgram", {{{"name", text}, {"directories", texts}}}},
    {OpKind::Hook,
     "Hook",
     {{{"path", text},
       {"args", texts},
       {"env", texts2},
       {"seconds", positive},
       {"umask", umask_of_hook},
       {"stateSlot", slot}}}},
    {OpKind::CloseOnExec, "CloseOnExec", {{{"from", number}}}},
    {OpKind::CloseSlots, "CloseSlots", {{{"keepSlots", kept_slots}}}},
    {OpKind::Sync, "Sync", {{{"point", sync_point}, {"slot", slot}, {"sentSlot", slot2}}}},
    {OpKind::AwaitStart, "AwaitStart", {{{"slot", slot}}}},
    {OpKind::Execute,
     "Execute",
     {{{"args", texts},
       {"env", texts2},
       {"instructions", last_instructions},
       {"filterFlags", last_filter_flags}}}},
};

// Of a kind that the table does not have.
constexpr Argument kEverything[] = {{"text", text},      {"text2", text2}, {"list", texts},
                                    {"data2", data2},    {"slot", slot},   {"slot2", slot2},
                                    {"number", positive}};

void add(Object& object, std::span<const Argument> arguments, const Step& step) {
  for (const Argument& argument : arguments) {
    if (argument.read == nullptr) continue;
    Value value = argument.read(step);
    if (!value.is_null()) object.push_back({argument.name, std::move(value)});
  }
}

const Row* find(OpKind kind) {
  const auto* row = std::find_if(std::begin(kRows), std::end(kRows),
                                 [&](const Row& candidate) { return candidate.kind == kind; });
  return row == std::end(kRows) ? nullptr : row;
}

}  // namespace

ExplainedStep explain(const act::Step& step) {
  ExplainedStep explained;
  if (const Row* row = find(step.kind)) {
    explained.operation = row->name;
    add(explained.arguments, row->arguments, step);
  } else {
    explained.operation = "Operation" + std::to_string(static_cast<unsigned>(step.kind));
    add(explained.arguments, kEverything, step);
    for (auto [name, value] : {std::pair("a", step.a), {"b", step.b}, {"c", step.c}}) {
      if (value != 0) explained.arguments.push_back({name, Value(value)});
    }
  }
  if (step.flags != 0) {
    explained.arguments.push_back({"flags", list(step_flag_names(step.kind, step.flags))});
  }
  return explained;
}

bool is_explained(act::OpKind kind) {
  return find(kind) != nullptr;
}

}  // namespace tare
