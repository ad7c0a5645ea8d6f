// tare features: what is built in, for engines that ask before they use it.
#include "oci/features.h"

#include "runtime/cli/output.h"
#include "runtime/cli/verbs.h"
#include "runtime/cli/version.h"
#include "runtime/process/seccomp.h"

namespace tare::cli {

int features_command(const CommandLine&) {
  print(oci::features_json({.version = version(),
                            .commit = commit(),
                            .libseccomp = process::libseccomp_version(),
                            .seccomp_architectures = process::seccomp_architectures(),
                            .seccomp_flags = process::supported_seccomp_flags()}));
  return 0;
}

}  // namespace tare::cli
