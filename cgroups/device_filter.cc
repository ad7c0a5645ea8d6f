// bpf(2) without libbpf: four commands. The attribute is always the whole union, zeroed: kernels
// 6.17 to 7.1 write BPF_PROG_QUERY's answer at the end of it whatever size they were told.
// Programs live as long as the cgroup they are attached to; nothing is pinned. Ours are known by
// name, so that a filter which an administrator put on a cgroup stays.
#include "cgroups/device_filter.h"

#include <linux/bpf.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <vector>

#include "runtime/base/error.h"

namespace tare::cgroups {
namespace {

constexpr char kProgramName[] = "tare_devices";  // at most BPF_OBJ_NAME_LEN, in bpftool's listing
constexpr char kLicense[] = "Apache-2.0";
constexpr uint32_t kMaxPrograms = 64;  // BPF_CGROUP_MAX_PROGS

long bpf(bpf_cmd command, bpf_attr& attribute) {
  return ::syscall(SYS_bpf, command, &attribute, sizeof attribute);
}

uint64_t address(const void* pointer) {
  return reinterpret_cast<uintptr_t>(pointer);
}

uint32_t number(const Fd& fd) {
  return static_cast<uint32_t>(fd.get());
}

Fd load(std::span<const std::byte> program) {
  bpf_attr attribute;
  std::memset(&attribute, 0, sizeof attribute);
  attribute.prog_type = BPF_PROG_TYPE_CGROUP_DEVICE;
  attribute.expected_attach_type = BPF_CGROUP_DEVICE;
  attribute.insns = address(program.data());
  attribute.insn_cnt = static_cast<uint32_t>(program.size() / sizeof(bpf_insn));
  attribute.license = address(kLicense);
  std::memcpy(attribute.prog_name, kProgramName, sizeof kProgramName);
  return Fd(static_cast<int>(bpf(BPF_PROG_LOAD, attribute)));
}

bool is_ours(const Fd& program) {
  bpf_prog_info info;
  std::memset(&info, 0, sizeof info);
  bpf_attr attribute;
  std::memset(&attribute, 0, sizeof attribute);
  attribute.info.bpf_fd = number(program);
  attribute.info.info_len = sizeof info;
  attribute.info.info = address(&info);
  if (bpf(BPF_OBJ_GET_INFO_BY_FD, attribute) != 0) throw Error(errno, "bpf", "program info");
  return std::strncmp(info.name, kProgramName, sizeof info.name) == 0;
}

// Ids of the programs attached to this very cgroup, oldest first.
std::vector<uint32_t> attached(const Fd& cgroup) {
  std::vector<uint32_t> ids(kMaxPrograms);
  bpf_attr attribute;
  std::memset(&attribute, 0, sizeof attribute);
  attribute.query.target_fd = number(cgroup);
  attribute.query.attach_type = BPF_CGROUP_DEVICE;
  attribute.query.prog_ids = address(ids.data());
  attribute.query.prog_cnt = kMaxPrograms;
  if (bpf(BPF_PROG_QUERY, attribute) != 0) throw Error(errno, "bpf", "query of device programs");
  ids.resize(attribute.query.prog_cnt);
  return ids;
}

// Those of them that tare attached.
std::vector<Fd> attached_by_us(const Fd& cgroup) {
  std::vector<Fd> ours;
  for (uint32_t id : attached(cgroup)) {
    bpf_attr attribute;
    std::memset(&attribute, 0, sizeof attribute);
    attribute.prog_id = id;
    Fd program(static_cast<int>(bpf(BPF_PROG_GET_FD_BY_ID, attribute)));
    if (program && is_ours(program)) ours.push_back(std::move(program));
  }
  return ours;
}

// In the place of `former` where there is one (BPF_F_REPLACE, Linux 5.6).
bool attach(const Fd& cgroup, std::span<const std::byte> program, const Fd* former) {
  Fd loaded = load(program);
  if (!loaded && errno == EPERM) return false;
  if (!loaded) throw Error(errno, "bpf", "load of the device program");
  bpf_attr attribute;
  std::memset(&attribute, 0, sizeof attribute);
  attribute.target_fd = number(cgroup);
  attribute.attach_bpf_fd = number(loaded);
  attribute.attach_type = BPF_CGROUP_DEVICE;
  attribute.attach_flags = BPF_F_ALLOW_MULTI;
  if (former != nullptr) {
    attribute.attach_flags |= BPF_F_REPLACE;
    attribute.replace_bpf_fd = number(*former);
  }
  if (bpf(BPF_PROG_ATTACH, attribute) == 0) return true;
  if (errno == EPERM) return false;
  throw Error(errno, "bpf", "attach of the device program");
}

void detach(const Fd& cgroup, const Fd& program) {
  bpf_attr attribute;
  std::memset(&attribute, 0, sizeof attribute);
  attribute.target_fd = number(cgroup);
  attribute.attach_bpf_fd = number(program);
  attribute.attach_type = BPF_CGROUP_DEVICE;
  if (bpf(BPF_PROG_DETACH, attribute) != 0) throw Error(errno, "bpf", "detach of a device program");
}

}  // namespace

bool attach_device_program(const Fd& cgroup, std::span<const std::byte> program) {
  return attach(cgroup, program, nullptr);
}

bool replace_device_program(const Fd& cgroup, std::span<const std::byte> program) {
  std::vector<Fd> ours;
  try {
    ours = attached_by_us(cgroup);
  } catch (const Error& error) {
    if (error.error() != EPERM) throw;
    return false;
  }
  bool wanted = !program.empty();
  if (wanted && !attach(cgroup, program, ours.empty() ? nullptr : &ours.back())) return false;
  if (wanted && !ours.empty()) ours.pop_back();
  for (const Fd& former : ours) detach(cgroup, former);
  return true;
}

void detach_device_programs(const Fd& cgroup, size_t keep) {
  std::vector<Fd> ours = attached_by_us(cgroup);
  for (size_t i = 0; i + keep < ours.size(); ++i) detach(cgroup, ours[i]);
}

}  // namespace tare::cgroups
