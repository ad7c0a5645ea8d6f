// The C library's regular expressions (regcomp(3)): the notation of grep -E, and nothing to link.
#include "runtime/container/matching.h"

#include <regex.h>

#include <vector>

#include "runtime/base/error.h"
#include "runtime/base/strings.h"

namespace tare {
namespace {

class Pattern {
 public:
  explicit Pattern(const std::string& text) {
    int error = ::regcomp(&compiled_, text.c_str(), REG_EXTENDED | REG_NOSUB);
    if (error == 0) return;
    char reason[128];
    ::regerror(error, &compiled_, reason, sizeof reason);
    throw Error("invalid regular expression " + quote(text) + ": " + reason);
  }
  ~Pattern() { ::regfree(&compiled_); }
  Pattern(const Pattern&) = delete;
  Pattern& operator=(const Pattern&) = delete;

  bool matches(const std::string& text) const {
    return ::regexec(&compiled_, text.c_str(), 0, nullptr, 0) == 0;
  }

 private:
  regex_t compiled_{};
};

}  // namespace

void for_each_matching(const Store& store, const std::string& pattern,
                       const std::function<void(const std::string& id)>& act) {
  Pattern wanted(pattern);
  std::vector<std::string> failures;
  for (const std::string& id : store.ids()) {
    if (!wanted.matches(id)) continue;
    try {
      act(id);
    } catch (const Error& error) {
      failures.push_back("container " + quote(id) + ": " + error.what());
    }
  }
  if (!failures.empty()) throw Error(join(failures, "; "));
}

}  // namespace tare
