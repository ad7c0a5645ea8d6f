// What somebody does around a container, as a list: text and JSON are two forms of it.
#pragma once

#include <string>
#include <vector>

#include "oci/config.h"
#include "oci/json.h"
#include "runtime/container/plan.h"

namespace tare {

struct Deed {
  std::string operation;
  std::string what;
  oci::json::Object arguments;
};
using Deeds = std::vector<Deed>;

// The parts that every birth has.
void tell_id_maps(Deeds& deeds, const Plan& plan);
void tell_from_outside(Deeds& deeds, const process::FromOutside& settings);

// The plan's list of steps, one each. `mounts` are those that the plan was made of, their sources
// relative to `bundle`.
Deeds init_deeds(const Plan& plan, const std::vector<oci::Mount>& mounts,
                 const std::string& bundle);

// Of a step that is for a mount ("mount #3 …", namespaces/mounts.cc) its number, from 1; else 0.
size_t mount_number(const act::Step& step);

oci::json::Value json_of(const Deeds& deeds);
// Numbered, below the heading; empty without deeds.
std::string text_of(const std::string& heading, const Deeds& deeds);

}  // namespace tare
