// The file is a header of fixed size, the filter's instructions and a configuration as JSON: exec
// compiles nothing.
//
// There is no rename: the folder is ours alone until the record says `created`, and nobody looks
// for the file before.
#include "runtime/container/exec_basis.h"

#include <fcntl.h>
#include <linux/filter.h>

#include <cstring>

#include "oci/reader.h"
#include "oci/seccomp.h"
#include "runtime/base/error.h"
#include "runtime/base/paths.h"
#include "runtime/base/sys.h"

namespace tare {
namespace {

constexpr const char* kFile = "exec";
constexpr size_t kMaxFile = 16U << 20U;
constexpr uint32_t kMagic = 0x63657865;
constexpr uint32_t kVersion = 1;

struct Header {
  uint32_t magic = kMagic;
  uint32_t version = kVersion;
  uint32_t new_keyring = 1;
  uint32_t has_filter = 0;
  uint32_t filter_flags = 0;
  uint32_t filter_size = 0;  // bytes
};

[[noreturn]] void refuse(const std::string& why) {
  throw Error(std::string("container's file ") + kFile + ": " + why);
}

Header read_header(std::string_view text) {
  Header header;
  if (text.size() < sizeof header) refuse("it ends too early");
  std::memcpy(&header, text.data(), sizeof header);
  if (header.magic != kMagic || header.version != kVersion) refuse("of another version of tare");
  if (header.filter_size > text.size() - sizeof header ||
      header.filter_size % sizeof(sock_filter) != 0) {
    refuse("its filter has a wrong size");
  }
  return header;
}

}  // namespace

oci::Config exec_config(const oci::Config& config, const std::string& bundle) {
  oci::Config kept;
  kept.oci_version = config.oci_version;
  kept.root = config.root;  // the reader misses it otherwise
  kept.process = config.process;
  if (!config.linux_) return kept;
  kept.linux_.emplace();
  kept.linux_->personality = config.linux_->personality;
  kept.linux_->memory_policy = config.linux_->memory_policy;
  const auto& seccomp = config.linux_->seccomp;
  if (seccomp && oci::notifies(*seccomp)) {
    oci::Seccomp& listener = kept.linux_->seccomp.emplace();
    listener.default_action = seccomp->default_action;
    listener.listener_path = absolute_from(bundle, seccomp->listener_path);
    listener.listener_metadata = seccomp->listener_metadata;
  }
  return kept;
}

void write_exec_basis(const Fd& folder, const ExecBasis& basis) {
  Header header;
  header.new_keyring = basis.new_keyring ? 1 : 0;
  std::string text(sizeof header, '\0');
  if (basis.filter) {
    const auto& program = basis.filter->program;
    header.has_filter = 1;
    header.filter_flags = basis.filter->flags;
    header.filter_size = static_cast<uint32_t>(program.size());
    text.append(reinterpret_cast<const char*>(program.data()), program.size());
  }
  std::memcpy(text.data(), &header, sizeof header);
  text += oci::write_config(basis.config);
  Fd file = sys::openat(folder.get(), kFile, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0600);
  sys::write_all(file, text, kFile);
}

ExecBasis read_exec_basis(const Fd& folder) {
  auto text = sys::try_read_file_at(folder.get(), kFile, kMaxFile);
  if (!text) refuse("it is missing");
  Header header = read_header(*text);
  ExecBasis basis;
  basis.new_keyring = header.new_keyring != 0;
  std::string_view rest = std::string_view(*text).substr(sizeof header);
  if (header.has_filter != 0) {
    basis.filter.emplace();
    basis.filter->flags = header.filter_flags;
    const auto* program = reinterpret_cast<const std::byte*>(rest.data());
    basis.filter->program.assign(program, program + header.filter_size);
  }
  std::vector<oci::Violation> violations;
  basis.config = oci::read_config(rest.substr(header.filter_size), violations);
  if (!violations.empty()) throw Error(oci::describe(kFile, violations));
  return basis;
}

}  // namespace tare
