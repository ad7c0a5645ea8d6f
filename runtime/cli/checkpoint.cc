// tare checkpoint: writes a container to images, by criu, and deletes it unless told otherwise.
#include "runtime/checkpoint/checkpoint.h"

#include "runtime/base/error.h"
#include "runtime/base/log.h"
#include "runtime/base/strings.h"
#include "runtime/base/user_namespace.h"
#include "runtime/cli/criu_settings.h"
#include "runtime/cli/globals.h"
#include "runtime/cli/verbs.h"

namespace tare::cli {
namespace {

constexpr int kMaxPort = 65535;

// "ADDRESS:PORT", "[::1]:PORT"
void read_page_server(const std::string& text, CheckpointRequest& request) {
  if (text.empty()) return;
  size_t colon = text.rfind(':');
  std::string address = text.substr(0, colon == std::string::npos ? 0 : colon);
  if (address.starts_with('[') && address.ends_with(']')) {
    address = address.substr(1, address.size() - 2);
  } else if (address.find(':') != std::string::npos) {
    address.clear();
  }
  if (address.empty() || colon + 1 == text.size()) {
    throw Error("Use --page-server ADDRESS:PORT to specify page server");
  }
  auto port = parse_number<int>(std::string_view(text).substr(colon + 1));
  if (!port || *port < 0 || *port > kMaxPort) throw Error("Invalid port number");
  request.page_server_address = address;
  request.page_server_port = *port;
}

}  // namespace

CriuSettings criu_settings(const CommandLine& line) {
  const Options& options = line.options;
  if (is_rootless()) {
    log_warning("criu may not be able to serve an ordinary user");
  }
  // runc manages no interfaces either: the network is always "empty", and nothing else may be.
  for (const std::string& name : options.all(Tag::EmptyNs)) {
    if (name != "network") throw Error("namespace " + quote(name) + " is not supported");
  }
  CriuSettings settings;
  settings.image_path = absolute(options.text(Tag::ImagePath, "checkpoint"));
  settings.work_path = absolute(options.text(Tag::WorkPath));
  settings.cgroup_mode = parse_cgroup_mode(options.text(Tag::ManageCgroupsMode));
  settings.tcp_established = options.flag(Tag::TcpEstablished);
  settings.tcp_close = options.flag(Tag::TcpClose);
  settings.ext_unix_sk = options.flag(Tag::ExtUnixSk);
  settings.shell_job = options.flag(Tag::ShellJob);
  settings.file_locks = options.flag(Tag::FileLocks);
  settings.auto_dedup = options.flag(Tag::AutoDedup);
  settings.lazy_pages = options.flag(Tag::LazyPages);
  return settings;
}

int checkpoint_command(const CommandLine& line) {
  const Options& options = line.options;
  ContainerDirectory directory = find_container(line, Lock::Yes);
  CheckpointRequest request;
  request.criu = criu_settings(line);
  request.parent_path = options.text(Tag::ParentPath);
  read_page_server(options.text(Tag::PageServer), request);
  if (options.has(Tag::StatusFd)) request.status_fd = options.count(Tag::StatusFd);
  request.leave_running = options.flag(Tag::LeaveRunning);
  request.pre_dump = options.flag(Tag::PreDump);
  request.link_remap = options.flag(Tag::LinkRemap);
  request.tcp_skip_in_flight = options.flag(Tag::TcpSkipInFlight);
  checkpoint(directory, request);
  return 0;
}

}  // namespace tare::cli
