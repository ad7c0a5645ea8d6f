// The steps of tare-init come from the plan itself (explain_steps.cc).
#include "runtime/container/explain_deeds.h"

#include <cstdio>

#include "oci/mount_options.h"
#include "oci/plain_text.h"
#include "runtime/base/paths.h"
#include "runtime/base/strings.h"
#include "runtime/container/explain_steps.h"

namespace tare {
namespace {

using oci::json::Array;
using oci::json::list;
using oci::json::Object;
using oci::json::Value;

std::string mapping_text(const oci::IdMapping& mapping) {
  return std::to_string(mapping.container_id) + " " + std::to_string(mapping.host_id) + " " +
         std::to_string(mapping.size);
}

void id_map(Deeds& deeds, const char* name, const std::vector<oci::IdMapping>& mappings) {
  oci::Strings lines;
  for (const oci::IdMapping& mapping : mappings) lines.push_back(mapping_text(mapping));
  deeds.push_back({"IdMap", name, {{"map", list(lines)}}});
}

// The source of a bind mount, which the plan holds as an open tree without a name.
std::string bind_source(const act::Step& step, const std::vector<oci::Mount>& mounts,
                        const std::string& bundle) {
  size_t number = step.kind == act::OpKind::Attach ? mount_number(step) : 0;
  if (number == 0 || number > mounts.size()) return "";
  const oci::Mount& mount = mounts[number - 1];
  if (!oci::parse_mount_options(mount.options).bind) return "";
  return absolute_from(bundle, mount.source.value_or(""));
}

}  // namespace

void tell_id_maps(Deeds& deeds, const Plan& plan) {
  using namespaces::MapWriter;
  if (!plan.id_maps) return;
  bool helpers = plan.map_writer == MapWriter::Helpers;
  if (plan.map_writer == MapWriter::OurselvesWithoutGroups) {
    deeds.push_back({"IdMap", "/proc/PID/setgroups: deny", {}});
  }
  id_map(deeds, helpers ? "by newuidmap" : "/proc/PID/uid_map", plan.id_maps->uids);
  id_map(deeds, helpers ? "by newgidmap" : "/proc/PID/gid_map", plan.id_maps->gids);
}

void tell_from_outside(Deeds& deeds, const process::FromOutside& settings) {
  for (const auto& limit : settings.rlimits) {
    deeds.push_back(
        {"Rlimit", limit.type, {{"soft", Value(limit.soft)}, {"hard", Value(limit.hard)}}});
  }
  if (settings.io_priority) deeds.push_back({"IoPriority", settings.io_priority->what, {}});
  if (settings.scheduler) deeds.push_back({"Scheduler", settings.scheduler->what, {}});
}

size_t mount_number(const act::Step& step) {
  constexpr std::string_view kPrefix = "mount #";
  std::string_view what = step.what;
  if (!what.starts_with(kPrefix)) return 0;
  what.remove_prefix(kPrefix.size());
  return parse_number<size_t>(what.substr(0, what.find(' '))).value_or(0);
}

Deeds init_deeds(const Plan& plan, const std::vector<oci::Mount>& mounts,
                 const std::string& bundle) {
  Deeds deeds;
  for (const act::Step& step : plan.steps.steps()) {
    ExplainedStep explained = explain(step);
    if (std::string source = bind_source(step, mounts, bundle); !source.empty()) {
      explained.arguments.insert(explained.arguments.begin(), {"source", Value(source)});
    }
    deeds.push_back({std::move(explained.operation), step.what, std::move(explained.arguments)});
  }
  return deeds;
}

Value json_of(const Deeds& deeds) {
  Array array;
  for (const Deed& deed : deeds) {
    Object object{{"operation", Value(deed.operation)}, {"what", Value(deed.what)}};
    if (!deed.arguments.empty()) object.push_back({"arguments", Value(deed.arguments)});
    array.emplace_back(std::move(object));
  }
  return Value(std::move(array));
}

std::string text_of(const std::string& heading, const Deeds& deeds) {
  if (deeds.empty()) return "";
  std::string text = "\n" + heading + "\n";
  for (size_t i = 0; i < deeds.size(); ++i) {
    const Deed& deed = deeds[i];
    char begin[64];
    std::snprintf(begin, sizeof begin, "%4zu  %-16s ", i + 1, deed.operation.c_str());
    text += begin + oci::json::printable(deed.what);
    const char* separator = ": ";
    for (const auto& [name, value] : deed.arguments) {
      text += separator + name + " " + oci::json::plain_text(value);
      separator = "; ";
    }
    text += "\n";
  }
  return text;
}

}  // namespace tare
