// Field numbers are those of images/rpc.proto of criu 4.1; they never change their meaning, and a
// criu that does not know one passes over it.
#include "runtime/checkpoint/criu_message.h"

#include "runtime/base/error.h"
#include "runtime/checkpoint/protobuf.h"

namespace tare {
namespace {

using protobuf::Decoder;
using protobuf::Encoder;
using protobuf::Field;

constexpr int kMajor = 10000;
constexpr int kMinor = 100;

Encoder pair(const CriuPair& content) {
  Encoder message;
  message.text(1, content.key);
  message.text(2, content.value);
  return message;
}

void add_text(Encoder& message, uint32_t field, const std::string& text) {
  if (!text.empty()) message.text(field, text);
}

void add_flags(Encoder& message, const CriuOptions& options) {
  const std::pair<uint32_t, bool> flags[] = {
      {3, options.leave_running},
      {4, options.ext_unix_sk},
      {5, options.tcp_established},
      {6, options.evasive_devices},
      {7, options.shell_job},
      {8, options.file_locks},
      {12, true /* notify_scripts */},
      {15, options.track_memory},
      {16, options.auto_dedup},
      {18, options.link_remap},
      {24, true /* manage_cgroups, what there was before the mode */},
      {26, options.restore_sibling},
      {46, options.tcp_skip_in_flight},
      {48, options.lazy_pages},
      {50, options.orphan_pts_master},
      {52, options.tcp_close},
  };
  for (auto [field, value] : flags) {
    if (value) message.flag(field, true);
  }
}

void add_page_server(Encoder& message, const CriuOptions& options) {
  if (options.page_server_address.empty()) return;
  Encoder server;
  server.text(1, options.page_server_address);
  server.integer(2, options.page_server_port);
  message.message(11, server);
}

void add_lists(Encoder& message, const CriuOptions& options) {
  for (const CriuPair& mount : options.external_mounts) message.message(23, pair(mount));
  for (const CriuPair& root : options.cgroup_roots) message.message(25, pair(root));
  for (const CriuInheritedFd& inherited : options.inherited) {
    Encoder entry;
    entry.text(1, inherited.key);
    entry.integer(2, inherited.fd);
    message.message(27, entry);
  }
  for (const std::string& external : options.external) message.text(37, external);
  for (const CriuPair& joined : options.join_namespaces) message.message(39, pair(joined));
}

Encoder encode(const CriuOptions& options) {
  Encoder message;
  message.integer(1, options.images_dir_fd);
  if (options.pid != 0) message.integer(2, options.pid);
  add_flags(message, options);
  message.integer(9, options.log_level);
  add_text(message, 10, options.log_file);
  add_page_server(message, options);
  add_text(message, 13, options.root);
  add_text(message, 14, options.parent_image);
  if (options.work_dir_fd >= 0) message.integer(17, options.work_dir_fd);
  add_lists(message, options);
  message.integer(34, static_cast<int>(options.cgroup_mode));
  if (options.empty_namespaces != 0) message.number(38, options.empty_namespaces);
  add_text(message, 44, options.freeze_cgroup);
  add_text(message, 51, options.config_file);
  add_text(message, 53, options.lsm_profile);
  add_text(message, 60, options.cgroup_yard);
  add_text(message, 63, options.lsm_mount_context);
  return message;
}

Encoder request(CriuType type) {
  Encoder message;
  message.integer(1, static_cast<int>(type));
  return message;
}

void read_notification(std::string_view bytes, CriuReply& reply) {
  Decoder decoder(bytes);
  while (auto field = decoder.next()) {
    if (field->number == 1) reply.script = field->text();
    if (field->number == 2) reply.pid = field->integer();
  }
  if (reply.pid < 0) throw Error("criu sent a process id that is none");
}

int part_of_version(const Field& field, int limit) {
  int part = field.integer();
  if (part < 0 || part >= limit) throw Error("criu sent a version that is none");
  return part;
}

// One built from git lies between the release it is based on and the next.
int read_version(std::string_view bytes) {
  int major = 0, minor = 0, sublevel = 0;
  bool from_git = false;
  Decoder decoder(bytes);
  while (auto field = decoder.next()) {
    if (field->number == 1) major = part_of_version(*field, kMajor);
    if (field->number == 2) minor = part_of_version(*field, kMinor);
    if (field->number == 3) from_git = !field->text().empty();
    if (field->number == 4) sublevel = part_of_version(*field, kMinor);
  }
  int version = major * kMajor + minor * kMinor;
  return from_git ? version + kMinor : version + sublevel;
}

CriuFeatures read_features(std::string_view bytes) {
  CriuFeatures features;
  Decoder decoder(bytes);
  while (auto field = decoder.next()) {
    if (field->number == 1) features.memory_tracking = field->flag();
    if (field->number == 2) features.lazy_pages = field->flag();
  }
  return features;
}

}  // namespace

std::string criu_type_name(CriuType type) {
  switch (type) {
    case CriuType::Dump:
      return "DUMP";
    case CriuType::Restore:
      return "RESTORE";
    case CriuType::PreDump:
      return "PRE_DUMP";
    case CriuType::Notify:
      return "NOTIFY";
    case CriuType::FeatureCheck:
      return "FEATURE_CHECK";
    case CriuType::Version:
      return "VERSION";
  }
  return std::to_string(static_cast<int>(type));
}

std::string criu_request(CriuType type, const CriuOptions& options) {
  Encoder message = request(type);
  message.message(2, encode(options));
  return message.bytes();
}

std::string criu_version_request() {
  return request(CriuType::Version).bytes();
}

std::string criu_feature_request(const CriuFeatures& features) {
  Encoder wanted;
  if (features.memory_tracking) wanted.flag(1, true);
  if (features.lazy_pages) wanted.flag(2, true);
  Encoder message = request(CriuType::FeatureCheck);
  message.message(5, wanted);
  return message.bytes();
}

std::string criu_notify_answer(bool success) {
  Encoder message = request(CriuType::Notify);
  message.flag(3, success);
  return message.bytes();
}

CriuReply read_criu_reply(std::string_view bytes) {
  CriuReply reply;
  bool typed = false, decided = false;
  Decoder decoder(bytes);
  while (auto field = decoder.next()) {
    switch (field->number) {
      case 1:
        reply.type = static_cast<CriuType>(field->integer());
        typed = true;
        break;
      case 2:
        reply.success = field->flag();
        decided = true;
        break;
      case 5:
        read_notification(field->text(), reply);
        break;
      case 7:
        reply.error = field->integer();
        break;
      case 8:
        reply.features = read_features(field->text());
        break;
      case 9:
        reply.message = field->text();
        break;
      case 10:
        reply.version = read_version(field->text());
        break;
      default:
        break;
    }
  }
  if (!typed || !decided) throw Error("criu sent something that is no reply");
  return reply;
}

}  // namespace tare
