// create --explain and run --explain: the plan, printed instead of executed.
#include "runtime/container/explain.h"

#include "runtime/base/error.h"
#include "runtime/base/strings.h"
#include "runtime/cli/create_request.h"
#include "runtime/cli/output.h"

namespace tare::cli {

bool explained(const CommandLine& line, const CreateRequest& request) {
  const Options& options = line.options;
  if (!options.flag(Tag::Explain)) {
    if (options.has(Tag::Format)) throw Error("--format is for --explain only");
    return false;
  }
  std::string format = options.text(Tag::Format, "text");
  if (format != "text" && format != "json") throw Error("invalid format option: " + quote(format));
  Scope scope("create " + request.id);
  Intention intention = intend(request);
  print(format == "json" ? explain_json(request, intention) : explain_text(request, intention));
  return true;
}

}  // namespace tare::cli
