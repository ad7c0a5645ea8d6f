// tare check: what a bundle would fail at here, or what this host offers.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "runtime/check/finding.h"
#include "runtime/check/host.h"
#include "runtime/container/create.h"

namespace tare::check {

struct Report {
  std::string bundle;                     // absolute; empty: the host alone was looked at
  std::vector<std::string_view> checked;  // names of the requirements that applied
  Findings findings;
};

// Every violation of the specification and everything the host cannot give. Without violations all
// requirements are looked at; and if nothing was found then, the plan that create would execute is
// made, so that whatever else stands in its way is said too. Nothing is created. Throws only when
// there is no such bundle or configuration.
Report check_bundle(const CreateRequest& request, const Host& host);
Report check_host(const Host& host);
// What `tare sandbox` and its options need.
Report check_sandbox(const Host& host);

// What stands in the way, and what to do about it; both empty: nothing.
struct Obstacle {
  std::string what, remedy;
};
// To any sandbox. Of the host only user, namespaces and security are looked at.
Obstacle sandbox_obstacle(const Host& host);

// For people, and for programs: tare-check(8) documents the second.
std::string report_text(const Report& report, const Host& host);
std::string report_json(const Report& report, const Host& host);
// The same of check_sandbox: tare-sandbox(8).
std::string sandbox_report_text(const Report& report);
std::string sandbox_report_json(const Report& report);

}  // namespace tare::check
