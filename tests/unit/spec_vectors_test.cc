// The specification's own documents, good and bad (tests/spec/vectors): good ones are accepted, bad
// ones refused at the member that is bad, but for those listed here with the reason.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <map>

#include "oci/reader.h"
#include "oci/validate.h"
#include "runtime/base/sys.h"

namespace tare::oci {
namespace {

struct Deviation {
  Strings pointers;  // of the violations; none: accepted
  const char* reason;
};

const std::map<std::string, Deviation> kGoodButRefused = {
    {"freebsd-example.json",
     {{"/hostname"}, "for FreeBSD: on Linux it would name the host, having no UTS namespace"}},
    {"linux-netdevice.json",
     {{"/linux/netDevices"}, "without a network namespace there is nowhere to move them"}},
    {"spec-example.json", {{"/ociVersion"}, "0.5.0-dev is no version of major 1"}},
    {"zos-example.json",
     {{"/ociVersion", "/hostname"},
      "for z/OS: version 0.5.0-dev is none of major 1, and the host would be named"}},
};

const std::map<std::string, Deviation> kBadButAccepted = {
    {"freebsd-vnet-disable.json", {{}, "objects of other platforms are not looked into"}},
};

const std::map<std::string, std::string> kBadAt = {
    {"invalid-json.json", ""},
    {"linux-hugepage.json", "/linux/resources/hugepageLimits/0/pageSize"},
    {"linux-netdevice.json", "/linux/netDevices/eth0/name"},
    {"linux-rdma.json", "/linux/resources/rdma/mlx5_1/hcaHandles"},
};

std::string directory(const std::string& kind) {
  const char* vectors = std::getenv("VECTORS");
  return std::string(vectors == nullptr ? "tests/spec/vectors" : vectors) + "/config/" + kind;
}

Strings files(const std::string& kind) {
  Strings names =
      sys::list_directory(sys::openat(AT_FDCWD, directory(kind), O_RDONLY | O_DIRECTORY));
  std::sort(names.begin(), names.end());
  return names;
}

std::vector<Violation> faults(const std::string& kind, const std::string& name) {
  std::vector<Violation> violations;
  Config config =
      read_config(sys::read_file_at(AT_FDCWD, directory(kind) + "/" + name), violations);
  if (violations.empty()) validate(config, violations);
  return violations;
}

Strings pointers(const std::vector<Violation>& violations) {
  Strings result;
  for (const Violation& violation : violations) result.push_back(violation.pointer);
  return result;
}

// Shows: gen-6
TEST(SpecVectors, GoodDocumentsAreAccepted) {
  Strings names = files("good");
  EXPECT_GE(names.size(), 9u);
  for (const std::string& name : names) {
    std::vector<Violation> found = faults("good", name);
    auto deviation = kGoodButRefused.find(name);
    if (deviation == kGoodButRefused.end()) {
      EXPECT_EQ(describe(name, found), "");
    } else {
      EXPECT_EQ(pointers(found), deviation->second.pointers) << describe(name, found);
    }
  }
}

// Shows: gen-1, gen-5, huge-2, rdma-1, other-4
TEST(SpecVectors, BadDocumentsAreRefusedWhereTheyAreBad) {
  Strings names = files("bad");
  EXPECT_EQ(names.size(), kBadAt.size() + kBadButAccepted.size());
  for (const std::string& name : names) {
    std::vector<Violation> found = faults("bad", name);
    if (kBadButAccepted.contains(name)) {
      EXPECT_EQ(describe(name, found), "");
    } else {
      ASSERT_TRUE(kBadAt.contains(name)) << name;
      EXPECT_EQ(pointers(found), Strings{kBadAt.at(name)}) << describe(name, found);
    }
  }
}

}  // namespace
}  // namespace tare::oci
