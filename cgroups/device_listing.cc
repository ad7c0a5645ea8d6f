// The instructions themselves are read, not the configuration they were made of: what is shown is
// what the kernel will do. Jumps go forward only (device_program.cc), so one pass over each of the
// two parts, characters and blocks, sees every entry once with its major and minor known.
#include "cgroups/device_listing.h"

#include <linux/bpf.h>

#include <cstdint>
#include <cstring>
#include <optional>

namespace tare::cgroups {
namespace {

constexpr size_t kPrologue = 6;
constexpr unsigned kAll = BPF_DEVCG_ACC_MKNOD | BPF_DEVCG_ACC_READ | BPF_DEVCG_ACC_WRITE;

// A number that holds up to the instruction where its comparison lands.
struct Match {
  uint32_t number = 0;
  size_t until = 0;
};

class Listing {
 public:
  explicit Listing(std::span<const std::byte> program)
      : code_(program.size() / sizeof(bpf_insn)), sound_(program.size() % sizeof(bpf_insn) == 0) {
    if (!code_.empty()) std::memcpy(code_.data(), program.data(), code_.size() * sizeof(bpf_insn));
  }

  std::vector<std::string> lines() {
    sound_ = sound_ && code_.size() > kPrologue && is_jump(kPrologue, BPF_JEQ, BPF_REG_3);
    if (sound_) {
      size_t block = target(kPrologue);
      part('c', kPrologue + 1, block);
      part('b', block, code_.size());
    }
    if (sound_) return lines_;
    return {std::to_string(code_.size()) + " instructions"};
  }

 private:
  bool is_jump(size_t at, uint8_t operation, uint8_t reg) const {
    return code_[at].code == (BPF_JMP32 | operation | BPF_K) && code_[at].dst_reg == reg;
  }
  size_t target(size_t at) const { return at + 1 + static_cast<size_t>(code_[at].off); }

  // The verdict that the jump at `at` leads to.
  bool allows(size_t at) {
    size_t verdict = target(at);
    sound_ = sound_ && verdict < code_.size() && code_[verdict].code == (BPF_ALU | BPF_MOV | BPF_K);
    return sound_ && code_[verdict].imm == 1;
  }

  // One type's entries, up to the jump that decides the rest.
  void part(char type, size_t begin, size_t end) {
    type_ = type;
    major_.reset();
    minor_.reset();
    for (size_t at = begin; at < end && at < code_.size() && sound_; ++at) {
      if (major_ && at >= major_->until) major_.reset();
      if (minor_ && at >= minor_->until) minor_.reset();
      if (!entry(at)) return;
    }
  }

  // False after the part's last instruction.
  bool entry(size_t at) {
    auto value = static_cast<uint32_t>(code_[at].imm);
    if (is_jump(at, BPF_JNE, BPF_REG_4)) {
      major_ = {value, target(at)};
    } else if (is_jump(at, BPF_JNE, BPF_REG_5)) {
      minor_ = {value, target(at)};
    } else if (is_jump(at, BPF_JEQ, BPF_REG_5)) {
      say(allows(at), value, kAll);
    } else if (is_jump(at, BPF_JSET, BPF_REG_2)) {
      say(allows(at), minor(), value);
    } else if (code_[at].code == (BPF_ALU | BPF_AND | BPF_K)) {
      cleared_ = ~value & kAll;
    } else if (is_jump(at, BPF_JEQ, BPF_REG_2)) {
      say(allows(at), minor(), cleared_);
    } else if (code_[at].code == (BPF_JMP | BPF_JA)) {
      if (major_) {
        say(allows(at), std::nullopt, kAll);
        return true;
      }
      lines_.push_back(std::string(allows(at) ? "allow " : "deny ") + type_ + " otherwise");
      return false;
    } else {
      sound_ = false;
    }
    return sound_;
  }

  std::optional<uint32_t> minor() const {
    return minor_ ? std::optional(minor_->number) : std::nullopt;
  }

  void say(bool allow, std::optional<uint32_t> minor, unsigned access) {
    auto text = [](const std::optional<uint32_t>& number) {
      return number ? std::to_string(*number) : std::string("*");
    };
    std::string line = std::string(allow ? "allow " : "deny ") + type_ + " ";
    line += text(major_ ? std::optional(major_->number) : std::nullopt) + ":" + text(minor) + " ";
    if ((access & BPF_DEVCG_ACC_READ) != 0) line += "r";
    if ((access & BPF_DEVCG_ACC_WRITE) != 0) line += "w";
    if ((access & BPF_DEVCG_ACC_MKNOD) != 0) line += "m";
    lines_.push_back(std::move(line));
  }

  std::vector<bpf_insn> code_;
  std::vector<std::string> lines_;
  std::optional<Match> major_, minor_;
  unsigned cleared_ = 0;
  char type_ = 'c';
  bool sound_;
};

}  // namespace

std::vector<std::string> list_device_program(std::span<const std::byte> program) {
  if (program.empty()) return {"allow everything"};
  return Listing(program).lines();
}

}  // namespace tare::cgroups
