// The kernel runs the program at each open and mknod of a device (bpf_cgroup_dev_ctx: access and
// type in one word, major, minor); 1 allows. Registers:
//   r2 accesses asked for and not allowed yet   r3 type   r4 major   r5 minor
// One part for each type: entries in order; neighbours with the same major share its comparison; an
// entry for all accesses jumps to a verdict, one for some clears them in r2 and allows once none is
// left. The verdict blocks are at the end: jumps go forward only, verification is one pass.
#include "cgroups/device_program.h"

#include <linux/bpf.h>

#include <cstdint>
#include <cstring>

#include "runtime/base/error.h"

namespace tare::cgroups {
namespace {

constexpr unsigned kAll = BPF_DEVCG_ACC_MKNOD | BPF_DEVCG_ACC_READ | BPF_DEVCG_ACC_WRITE;
constexpr size_t kMaxInstructions = INT16_MAX;  // so that every jump has room for its offset
constexpr int kAccessShift = 16;                // above the type in bpf_cgroup_dev_ctx.access_type
constexpr int32_t kTypeMask = 0xffff;

class Assembler {
 public:
  void prologue() {
    load(BPF_REG_2, offsetof(bpf_cgroup_dev_ctx, access_type));
    load(BPF_REG_4, offsetof(bpf_cgroup_dev_ctx, major));
    load(BPF_REG_5, offsetof(bpf_cgroup_dev_ctx, minor));
    emit({.code = BPF_ALU | BPF_MOV | BPF_X, .dst_reg = BPF_REG_3, .src_reg = BPF_REG_2});
    emit({.code = BPF_ALU | BPF_AND | BPF_K, .dst_reg = BPF_REG_3, .imm = kTypeMask});
    emit({.code = BPF_ALU | BPF_RSH | BPF_K, .dst_reg = BPF_REG_2, .imm = kAccessShift});
  }

  // A conditional jump whose target is given later, by land(); its place.
  size_t jump(uint8_t operation, uint8_t reg, uint32_t value) {
    emit({.code = static_cast<uint8_t>(BPF_JMP32 | operation | BPF_K),
          .dst_reg = static_cast<uint8_t>(reg & 0xf),
          .imm = static_cast<int32_t>(value)});
    return code_.size() - 1;
  }

  // Makes the jump at `place` come here.
  void land(size_t place) {
    if (code_.size() > kMaxInstructions) throw Error("linux.resources.devices has too many rules");
    code_[place].off = static_cast<int16_t>(code_.size() - place - 1);
  }

  void jump_to_verdict(uint8_t operation, uint8_t reg, uint32_t value, bool allow) {
    (allow ? to_allow_ : to_deny_).push_back(jump(operation, reg, value));
  }

  void verdict(bool allow) {
    emit({.code = BPF_JMP | BPF_JA});
    (allow ? to_allow_ : to_deny_).push_back(code_.size() - 1);
  }

  void clear_accesses(unsigned access) {
    emit({.code = BPF_ALU | BPF_AND | BPF_K,
          .dst_reg = BPF_REG_2,
          .imm = static_cast<int32_t>(~access)});
  }

  std::vector<std::byte> finish() {
    verdict_block(to_deny_, 0);
    verdict_block(to_allow_, 1);
    std::vector<std::byte> bytes(code_.size() * sizeof(bpf_insn));
    std::memcpy(bytes.data(), code_.data(), bytes.size());
    return bytes;
  }

 private:
  void emit(bpf_insn instruction) { code_.push_back(instruction); }

  void load(uint8_t reg, size_t offset) {
    emit({.code = BPF_LDX | BPF_MEM | BPF_W,
          .dst_reg = static_cast<uint8_t>(reg & 0xf),
          .src_reg = BPF_REG_1,
          .off = static_cast<int16_t>(offset)});
  }

  // The verifier refuses what nothing jumps to.
  void verdict_block(const std::vector<size_t>& jumps, int32_t value) {
    if (jumps.empty()) return;
    for (size_t place : jumps) land(place);
    emit({.code = BPF_ALU | BPF_MOV | BPF_K, .dst_reg = BPF_REG_0, .imm = value});
    emit({.code = BPF_JMP | BPF_EXIT});
  }

  std::vector<bpf_insn> code_;
  std::vector<size_t> to_allow_, to_deny_;
};

// The major matches already.
void assemble_entry(Assembler& out, const DeviceEntry& entry) {
  if (entry.access == kAll && entry.minor) {
    out.jump_to_verdict(BPF_JEQ, BPF_REG_5, *entry.minor, entry.allow);
    return;
  }
  if (entry.access == kAll) {
    out.verdict(entry.allow);
    return;
  }
  std::optional<size_t> other_minor;
  if (entry.minor) other_minor = out.jump(BPF_JNE, BPF_REG_5, *entry.minor);
  if (entry.allow) {
    out.clear_accesses(entry.access);
    out.jump_to_verdict(BPF_JEQ, BPF_REG_2, 0, true);
  } else {
    out.jump_to_verdict(BPF_JSET, BPF_REG_2, entry.access, false);
  }
  if (other_minor) out.land(*other_minor);
}

void assemble_list(Assembler& out, const DeviceList& list) {
  const std::vector<DeviceEntry>& entries = list.entries;
  for (size_t first = 0; first < entries.size();) {
    const std::optional<uint32_t>& major = entries[first].major;
    size_t end = first + 1;
    while (end < entries.size() && entries[end].major == major) ++end;
    std::optional<size_t> other_major;
    if (major) other_major = out.jump(BPF_JNE, BPF_REG_4, *major);
    for (; first < end; ++first) assemble_entry(out, entries[first]);
    if (other_major) out.land(*other_major);
  }
  out.verdict(list.otherwise);
}

}  // namespace

std::vector<std::byte> device_program(const DevicePolicy& policy) {
  if (policy.allows_everything()) return {};
  Assembler out;
  out.prologue();
  size_t block = out.jump(BPF_JEQ, BPF_REG_3, BPF_DEVCG_DEV_BLOCK);
  assemble_list(out, policy.character);
  out.land(block);
  assemble_list(out, policy.block);
  return out.finish();
}

}  // namespace tare::cgroups
