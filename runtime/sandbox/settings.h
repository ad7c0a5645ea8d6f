// One setting of a sandbox, by the name that it has on the command line and in policy files.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "runtime/sandbox/policy.h"

namespace tare::sandbox {

struct Setting {
  std::string name;                 // "ro-bind"
  std::vector<std::string> values;  // as many as settings() says
  std::string origin;               // where it stands: "--ro-bind", "policy.json: /files/3"
  std::string base;                 // absolute: relative paths of the host start here
};

// What `name` takes: 0 (a switch, "true" or "false"), or 1 to 3 values; -1: there is no such
// setting.
int values_of(std::string_view name);
// It adds an entry to the view: their order matters.
bool is_place(std::string_view name);
// All there are.
std::vector<std::string> setting_names();

// Changes `policy` accordingly; a later setting overrides an earlier one, or is added to it where
// several make sense. Throws naming the origin when a value is wrong.
void apply(const Setting& setting, Policy& policy);

}  // namespace tare::sandbox
