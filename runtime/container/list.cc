// One broken entry must not hide the others: each is read inside a catch of its own.
//
// User names come from /etc/passwd itself (passwd(5)): getpwuid would load the name service's
// modules into a static-minded program, and may ask the network.
#include "runtime/container/list.h"

#include <fcntl.h>

#include "runtime/base/error.h"
#include "runtime/base/log.h"
#include "runtime/base/strings.h"
#include "runtime/base/sys.h"
#include "runtime/container/status.h"

namespace tare {
namespace {

constexpr size_t kMaxPasswd = 4U << 20U;
constexpr size_t kUidField = 2;

// The user database, read once when the first name is asked for.
class UserNames {
 public:
  std::string name(uid_t uid) {
    if (!text_) text_ = read();
    for (std::string_view line : split(*text_, '\n')) {
      auto fields = split(line, ':');
      if (fields.size() <= kUidField || fields[0].empty()) continue;
      if (parse_number<uid_t>(fields[kUidField]) == uid) return std::string(fields[0]);
    }
    return "#" + std::to_string(uid);
  }

 private:
  static std::string read() {
    try {
      return sys::try_read_file_at(AT_FDCWD, "/etc/passwd", kMaxPasswd).value_or("");
    } catch (const Error& error) {
      // A name is a nicety, and the number says the same.
      log_debug(error.what());
      return "";
    }
  }

  std::optional<std::string> text_;
};

}  // namespace

std::vector<oci::State> list(const Store& store) {
  std::vector<oci::State> states;
  UserNames users;
  for (const std::string& id : store.ids()) {
    try {
      auto directory = store.try_find(id);
      if (!directory) continue;
      auto record = directory->try_read();
      if (!record) continue;
      oci::State state = state_of(*directory, *record);
      state.owner = users.name(sys::fstat(directory->fd(), id).st_uid);
      states.push_back(std::move(state));
    } catch (const Error& error) {
      log_warning("container " + quote(id) + ": " + error.what());
    }
  }
  return states;
}

}  // namespace tare
