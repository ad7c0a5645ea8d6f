// One tree is both the JSON document and the text. What tare-init does comes from the plan; a step
// belongs to the place or the setting that asked for it.
#include "runtime/sandbox/explanation.h"

#include <algorithm>
#include <array>

#include "namespaces/spawn.h"
#include "oci/json.h"
#include "oci/plain_text.h"
#include "runtime/base/sys.h"
#include "runtime/container/explain_deeds.h"
#include "runtime/container/explain_words.h"
#include "runtime/sandbox/limits_here.h"
#include "runtime/sandbox/policy_plan.h"
#include "runtime/sandbox/policy_text.h"

namespace tare::sandbox {
namespace {

using act::OpKind;
using oci::json::Array;
using oci::json::list;
using oci::json::Object;
using oci::json::Value;

constexpr const char* kDefault = "default";

std::string origin_of(const Policy& policy, const std::string& setting) {
  auto found = policy.origins.find(setting);
  return found == policy.origins.end() ? kDefault : found->second;
}

// --- settings, places, limits ---

Array settings(const Policy& policy) {
  Array rows;
  for (auto& [name, value] : policy_document(policy)) {
    if (name == "version" || name == "files") continue;
    rows.emplace_back(Object{
        {"setting", Value(name)}, {"value", value}, {"origin", Value(origin_of(policy, name))}});
  }
  return rows;
}

bool is_left_out(const Place& place) {
  bool binds = place.kind == Place::Kind::ReadOnlyBind || place.kind == Place::Kind::Bind ||
               place.kind == Place::Kind::DeviceBind;
  return binds && place.may_be_missing && !sys::try_fstatat(AT_FDCWD, place.source);
}

Array places(const std::vector<Place>& all) {
  Array rows;
  for (const Place& place : all) {
    Object asked = place_document(place);
    rows.emplace_back(Object{{"place", Value(asked.front().name)},
                             {"value", asked.front().value},
                             {"origin", Value(place.origin)},
                             {"left_out", Value(is_left_out(place))}});
  }
  return rows;
}

Value asked(const EnforcedLimit& limit) {
  if (const auto* number = std::get_if<uint64_t>(&limit.asked)) return Value(*number);
  if (const auto* time = std::get_if<Milliseconds>(&limit.asked)) {
    return Value(std::to_string(time->count()) + "ms");
  }
  if (const auto* rlimit = std::get_if<oci::Rlimit>(&limit.asked)) {
    return list(std::array{rlimit->soft, rlimit->hard});
  }
  return Value(oci::json::OtherNumber{std::to_string(std::get<double>(limit.asked))});
}

Array limits(const LimitsHere& here) {
  Array rows;
  for (const EnforcedLimit& limit : here.limits) {
    rows.emplace_back(Object{{"limit", Value(limit.name)},
                             {"asked", asked(limit)},
                             {"enforced_by", Value(enforcer_name(limit.by))}});
  }
  return rows;
}

bool is_refused(const Policy& policy, const LimitsHere& here) {
  return policy.limits.enforcement == Enforcement::Strict &&
         std::any_of(here.limits.begin(), here.limits.end(),
                     [](const EnforcedLimit& limit) { return limit.by == Enforcer::None; });
}

// --- what tare does ---

void tell_streams(Deeds& deeds, const Streams& streams) {
  if (!streams.in.empty()) deeds.push_back({"Open", streams.in + " as standard input", {}});
  if (!streams.out.empty()) deeds.push_back({"Open", streams.out + " as standard output", {}});
  if (!streams.err.empty()) deeds.push_back({"Open", streams.err + " as standard error", {}});
}

void tell_cgroup(Deeds& deeds, const Limits& limits, const LimitsHere& here) {
  if (!limits.needs_cgroup()) {
    deeds.push_back({"Cgroup", "none: no limit needs one", {}});
    return;
  }
  deeds.push_back(
      {"Cgroup",
       here.problem.empty() ? "one of its own with the limits, removed at the end" : here.problem,
       {}});
}

Deeds of_tare(const Policy& policy, const Plan& plan, const LimitsHere& here) {
  Deeds deeds;
  tell_streams(deeds, policy.streams);
  tell_cgroup(deeds, policy.limits, here);
  namespaces::SpawnRequest spawn;
  spawn.flags = plan.clone_flags;
  deeds.push_back({"Clone",
                   "make the child, which forks the command's process and stays to reap",
                   {{"flags", list(clone_flag_names(namespaces::clone_flags(spawn)))}}});
  tell_id_maps(deeds, plan);
  tell_from_outside(deeds, plan.from_outside);
  deeds.push_back({"Watch",
                   policy.die_with_parent ? "the command, its limits, our caller, and signals to us"
                                          : "the command, its limits, and signals to us",
                   {}});
  deeds.push_back({"End", "everything that the command has left behind", {}});
  return deeds;
}

// --- what tare-init does ---

// Which place made what is at a path: the last one there, asked for once. What hides is apart.
class PlaceOrigins {
 public:
  explicit PlaceOrigins(const std::vector<Place>& places) {
    for (const Place& place : places) {
      if (is_left_out(place)) continue;
      all_.push_back({place.path, place.origin, place.kind == Place::Kind::Hide});
    }
  }

  std::string take(const std::string& path, bool hides = false) {
    auto found = std::find_if(all_.rbegin(), all_.rend(), [&](const Entry& entry) {
      return entry.path == path && entry.hides == hides;
    });
    if (found == all_.rend()) return kDefault;
    std::string origin = found->origin;
    all_.erase(std::next(found).base());
    return origin;
  }

 private:
  struct Entry {
    std::string path, origin;
    bool hides;
  };
  std::vector<Entry> all_;
};

struct Asked {
  OpKind kind;
  const char* setting;
};
constexpr Asked kAsked[] = {{OpKind::LoopbackUp, "network"},
                            {OpKind::Hostname, "hostname"},
                            {OpKind::Rlimit, "ulimit"},
                            {OpKind::Seccomp, "seccomp"},
                            {OpKind::Identity, "uid"},
                            {OpKind::BoundingSet, "cap-add"},
                            {OpKind::Capabilities, "cap-add"},
                            {OpKind::Ambient, "cap-add"},
                            {OpKind::WorkingDirectory, "workdir"}};

bool makes_a_place(OpKind kind) {
  return kind == OpKind::Directory || kind == OpKind::Link || kind == OpKind::File ||
         kind == OpKind::Mask;
}

// A mount has several steps, all of the same origin.
std::vector<std::string> mount_origins(const Blueprint& blueprint, PlaceOrigins& places) {
  std::vector<std::string> origins;
  for (const oci::Mount& mount : blueprint.config.mounts) {
    origins.push_back(places.take(mount.destination));
  }
  return origins;
}

Deeds of_init(const Policy& policy, const Blueprint& blueprint, const Plan& plan) {
  Deeds deeds = init_deeds(plan, blueprint.config.mounts, "/");
  PlaceOrigins origins(all_places(policy));
  std::vector<std::string> of_mounts = mount_origins(blueprint, origins);
  const auto& steps = plan.steps.steps();
  for (size_t i = 0; i < deeds.size(); ++i) {
    std::string origin = kDefault;
    if (size_t number = mount_number(steps[i]); number > 0) {
      origin = of_mounts[number - 1];
    } else if (makes_a_place(steps[i].kind)) {
      origin = origins.take(steps[i].text, steps[i].kind == OpKind::Mask);
    }
    for (const Asked& row : kAsked) {
      if (row.kind == steps[i].kind) origin = origin_of(policy, row.setting);
    }
    deeds[i].arguments.push_back({"origin", Value(std::move(origin))});
  }
  return deeds;
}

// --- the two forms ---

std::string text_of_rows(const char* heading, const Array& rows) {
  if (rows.empty()) return "";
  std::string text = std::string("\n") + heading + "\n";
  for (const Value& row : rows) {
    const auto& members = *row.get<Object>();
    text += "  " + oci::json::printable(*members[0].value.get<std::string>());
    text += " " + oci::json::plain_text(members[1].value);
    text += "  (" + oci::json::plain_text(members[2].value) + ")";
    bool left_out = members.size() > 3 && *members[3].value.get<bool>();
    text += left_out ? ": not there, left out\n" : "\n";
  }
  return text;
}

}  // namespace

std::string explanation(const Policy& policy, Form form) {
  Blueprint blueprint = proven_blueprint(policy);
  Filters filters;
  Plan plan = plan_of(policy, blueprint, filters, false);
  LimitsHere here = limits_here(policy.limits, check::look_at_cgroups());
  std::string refusal = is_refused(policy, here) ? "the limits: " + here.problem : "";
  Array of_settings = settings(policy), of_places = places(all_places(policy));
  Array of_limits = limits(here);
  Deeds tare = of_tare(policy, plan, here), init = of_init(policy, blueprint, plan);
  if (form == Form::Json) {
    Object document{{"schema", Value("tare.sandbox.explanation/1")},
                    {"policy_sha256", Value(policy_digest(policy))},
                    {"command", list(policy.args)},
                    {"refused", refusal.empty() ? Value() : Value(refusal)},
                    {"settings", Value(std::move(of_settings))},
                    {"places", Value(std::move(of_places))},
                    {"limits", Value(std::move(of_limits))},
                    {"tare", json_of(tare)},
                    {"init", json_of(init)},
                    {"warnings", list(plan.warnings)}};
    return oci::json::write(Value(std::move(document)), {.width = 2}) + "\n";
  }
  std::string text =
      "Nothing has been done. This is what would be, in each list from top to bottom.\n";
  if (!refusal.empty()) text += "\nA run is refused for " + refusal + "\n";
  text += text_of_rows("Settings, and where they come from:", of_settings);
  text += text_of_rows("Places of the view, the last one wins:", of_places);
  text += text_of_rows("Limits, and what enforces them here:", of_limits);
  text += text_of("tare, outside of the sandbox:", tare);
  text += text_of("tare-init, which reaps, and the command's process:", init);
  for (const std::string& warning : plan.warnings) {
    text += "\nwarning: " + oci::json::printable(warning) + "\n";
  }
  return text;
}

}  // namespace tare::sandbox
