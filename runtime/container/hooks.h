// Hooks that run in the runtime's own namespaces: prestart, createRuntime, poststart, poststop.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "oci/config.h"

namespace tare {

enum class HookFailure {
  Throw,  // the first failure ends the list
  Warn,   // a warning each, and on with the next (hooks-21 of the specification)
};

// "error running KIND hook #1", which is the second: they are counted from 0, as runc does.
std::string hook_failed(std::string_view kind, size_t place);

struct HookInput {
  std::string state_json;  // what each reads
  std::string cwd;         // the bundle
};

// Runs them one after the other. Each is a process group of its own, started by absolute path in
// `input.cwd` (or "/" when that is gone), reads `input.state_json` and then end-of-file, and has
// our environment unless it names one. Its output is kept, the last 4 KiB of each stream, for the
// error: "error running KIND hook #0: exit status 1, stdout: …, stderr: …". At its timeout the
// whole group is killed. What a hook leaves running in the background is not waited for.
void run_hooks(std::string_view kind, const std::vector<oci::Hook>& hooks, const HookInput& input,
               HookFailure policy = HookFailure::Throw);

}  // namespace tare
