// tare list: the containers of a state root as a table, as JSON, or their ids alone. The default
// root may be missing (nothing was ever created); one that was named may not.
#include "runtime/container/list.h"

#include <algorithm>
#include <array>

#include "oci/state.h"
#include "runtime/base/error.h"
#include "runtime/base/strings.h"
#include "runtime/cli/globals.h"
#include "runtime/cli/output.h"
#include "runtime/cli/verbs.h"

namespace tare::cli {
namespace {

constexpr size_t kColumns = 6;
constexpr size_t kLeastWidth = 12;  // runc's: tools cut at columns
constexpr size_t kPadding = 3;

using Row = std::array<std::string, kColumns>;

std::string table(const std::vector<oci::State>& states) {
  std::vector<Row> rows{{"ID", "PID", "STATUS", "BUNDLE", "CREATED", "OWNER"}};
  for (const oci::State& state : states) {
    rows.push_back({state.id, std::to_string(state.pid), oci::status_name(state.status),
                    state.bundle, state.created, state.owner});
  }
  std::array<size_t, kColumns> widths{};
  for (size_t column = 0; column < kColumns; ++column) {
    widths[column] = kLeastWidth;
    for (const Row& row : rows) {
      widths[column] = std::max(widths[column], row[column].size() + kPadding);
    }
  }
  std::string text;
  for (const Row& row : rows) {
    for (size_t column = 0; column + 1 < kColumns; ++column) {
      text.append(row[column]).append(widths[column] - row[column].size(), ' ');
    }
    text += row.back() + "\n";
  }
  return text;
}

std::string ids(const std::vector<oci::State>& states) {
  std::string text;
  for (const oci::State& state : states) text += state.id + "\n";
  return text;
}

}  // namespace

int list_command(const CommandLine& line) {
  std::string format = line.options.text(Tag::Format, "table");
  if (format != "table" && format != "json") throw Error("invalid format option: " + quote(format));
  std::string root = state_root(line.options);
  auto store = Store::open(root);
  if (!store && line.options.has(Tag::Root)) throw Error(ENOENT, "open", root);
  std::vector<oci::State> states;
  if (store) states = list(*store);
  if (line.options.flag(Tag::Quiet)) {
    print(ids(states));
  } else {
    print(format == "json" ? oci::states_json(states) : table(states));
  }
  return 0;
}

}  // namespace tare::cli
