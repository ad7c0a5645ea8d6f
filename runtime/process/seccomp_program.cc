// The numbers of an architecture are a line, cut into segments with one answer each: a run of
// allowed calls is one segment, a call with conditions another, everything newer than the profile a
// third. A binary search finds the segment with a handful of jumps. The kernel translates a program
// for every process that loads it, so equal answers share one instruction where a jump reaches it.
//
// Conditional jumps hold 8 bits. Inside a clause they never need more; elsewhere `branch` goes
// through an unconditional jump, which has 32, when the distance is too long.
#include "runtime/process/seccomp_program.h"

#include <linux/seccomp.h>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <map>
#include <span>

namespace tare::process {
namespace {

using Code = std::vector<sock_filter>;

constexpr uint32_t kSkippedCall = 0xffffffff;
constexpr uint8_t kFail = 255;  // jump target until the end of the clause is known
constexpr size_t kLongestJump = 255;

struct Segment {
  uint32_t first = 0;  // up to the next segment's
  Code code;           // always returns; expects the number in A, may overwrite it
};

void append(Code& code, const Code& more) {
  code.insert(code.end(), more.begin(), more.end());
}

sock_filter load(size_t offset) {
  return {BPF_LD | BPF_W | BPF_ABS, 0, 0, static_cast<uint32_t>(offset)};
}

sock_filter test(int jump, uint32_t value, uint8_t then, uint8_t otherwise) {
  return {static_cast<uint16_t>(BPF_JMP | BPF_K | jump), then, otherwise, value};
}

sock_filter answer(uint32_t action) {
  return {BPF_RET | BPF_K, 0, 0, action};
}

// Written from its end: jumps lead forward, so where one leads to is there when it is written.
class Program {
 public:
  using Place = size_t;  // how many instructions there are from it to the end

  // Runs into what was written before it.
  Place block(const Code& code) {
    reversed_.insert(reversed_.end(), code.rbegin(), code.rend());
    return reversed_.size();
  }

  // In reach of the next branch.
  Place answer(uint32_t action) {
    Place& place = answers_[action];
    if (place == 0 || is_far(place)) place = block({process::answer(action)});
    return place;
  }

  Place branch(int jump, uint32_t value, Place then, Place otherwise) {
    then = in_reach(then);
    otherwise = in_reach(otherwise);
    auto distance = [&](Place to) { return static_cast<uint8_t>(reversed_.size() - to); };
    return block({test(jump, value, distance(then), distance(otherwise))});
  }

  // Whatever is written next goes on there.
  void run_into(Place place) {
    if (place != reversed_.size()) jump_to(place);
  }

  Code take() { return {reversed_.rbegin(), reversed_.rend()}; }

 private:
  // With room for the jumps of a branch on the way.
  bool is_far(Place place) const { return reversed_.size() - place > kLongestJump - 2; }
  Place in_reach(Place place) { return is_far(place) ? jump_to(place) : place; }
  Place jump_to(Place place) {
    return block({{BPF_JMP | BPF_JA, 0, 0, static_cast<uint32_t>(reversed_.size() - place)}});
  }

  Code reversed_;
  std::map<uint32_t, Place> answers_;
};

sock_filter load_half(unsigned argument, bool high) {
  constexpr bool kBigEndian = std::endian::native == std::endian::big;
  return load(offsetof(seccomp_data, args) + argument * sizeof(uint64_t) +
              (high != kBigEndian ? sizeof(uint32_t) : 0));
}

// Goes on behind its end when the condition holds, to kFail when not. The high half decides unless
// it is equal.
Code condition_code(const Condition& condition) {
  auto high = static_cast<uint32_t>(condition.value >> 32);
  auto low = static_cast<uint32_t>(condition.value);
  const sock_filter load_high = load_half(condition.argument, true);
  const sock_filter load_low = load_half(condition.argument, false);
  auto equal_high = [&] { return test(BPF_JEQ, high, 0, kFail); };
  switch (condition.comparison) {
    case Comparison::Eq:
      return {load_high, equal_high(), load_low, test(BPF_JEQ, low, 0, kFail)};
    case Comparison::Ne:
      return {load_high, test(BPF_JEQ, high, 0, 2), load_low, test(BPF_JEQ, low, kFail, 0)};
    case Comparison::Gt:
      return {load_high, test(BPF_JGT, high, 3, 0), equal_high(), load_low,
              test(BPF_JGT, low, 0, kFail)};
    case Comparison::Ge:
      return {load_high, test(BPF_JGT, high, 3, 0), equal_high(), load_low,
              test(BPF_JGE, low, 0, kFail)};
    case Comparison::Lt:
      return {load_high, test(BPF_JGT, high, kFail, 0), test(BPF_JEQ, high, 0, 2), load_low,
              test(BPF_JGE, low, kFail, 0)};
    case Comparison::Le:
      return {load_high, test(BPF_JGT, high, kFail, 0), test(BPF_JEQ, high, 0, 2), load_low,
              test(BPF_JGT, low, kFail, 0)};
    case Comparison::MaskedEq:
      break;
  }
  constexpr uint16_t kAnd = BPF_ALU | BPF_AND | BPF_K;
  return {load_high,
          {kAnd, 0, 0, static_cast<uint32_t>(condition.mask >> 32)},
          equal_high(),
          load_low,
          {kAnd, 0, 0, static_cast<uint32_t>(condition.mask)},
          test(BPF_JEQ, low, 0, kFail)};
}

// At most one condition an argument: 6 × 6 instructions and the answer.
Code clause_code(const Clause& clause) {
  Code code;
  for (const Condition& condition : clause.conditions) append(code, condition_code(condition));
  code.push_back(answer(clause.action));
  for (size_t i = 0; i < code.size(); ++i) {
    auto to_end = static_cast<uint8_t>(code.size() - i - 1);
    if (code[i].jt == kFail) code[i].jt = to_end;
    if (code[i].jf == kFail) code[i].jf = to_end;
  }
  return code;
}

Code call_code(const std::vector<Clause>& clauses, uint32_t fallback) {
  Code code;
  for (const Clause& clause : clauses) {
    append(code, clause_code(clause));
    if (clause.conditions.empty()) return code;
  }
  code.push_back(answer(fallback));
  return code;
}

// The line of one architecture, written from left to right; a later answer for the same first
// number replaces an earlier one.
class Line {
 public:
  void from(uint32_t first, Code code) {
    if (!segments_.empty() && segments_.back().first == first) segments_.pop_back();
    if (segments_.empty() || !same(segments_.back().code, code)) {
      segments_.push_back({first, std::move(code)});
    }
  }
  std::span<const Segment> segments() const { return segments_; }

 private:
  static bool same(const Code& a, const Code& b) {
    return a.size() == 1 && b.size() == 1 && a[0].k == b[0].k;
  }
  std::vector<Segment> segments_;
};

using Segments = std::span<const Segment>;

bool is_answer(Segments segments) {
  return segments.size() == 1 && segments[0].code.size() == 1;
}

Program::Place search(Program& program, Segments segments) {
  if (is_answer(segments)) return program.answer(segments[0].code[0].k);
  if (segments.size() == 1) return program.block(segments[0].code);
  size_t middle = segments.size() / 2;
  Segments low = segments.first(middle), high = segments.subspan(middle);
  // Answers last: they are to be in reach.
  Program::Place below = is_answer(low) ? 0 : search(program, low);
  Program::Place above = search(program, high);
  if (is_answer(low)) below = search(program, low);
  return program.branch(BPF_JGE, high[0].first, above, below);
}

Program::Place architecture_code(Program& program, std::vector<const AbiRules*> abis,
                                 const Answers& answers) {
  std::sort(abis.begin(), abis.end(), [](auto* a, auto* b) { return a->first < b->first; });
  Line line;
  line.from(0, {answer(answers.foreign)});
  for (const AbiRules* abi : abis) {
    line.from(abi->first, {answer(answers.fallback)});
    for (const auto& [number, clauses] : abi->calls) {
      line.from(number, call_code(clauses, answers.fallback));
      line.from(number + 1, {answer(answers.fallback)});
    }
    if (abi->newest) line.from(*abi->newest + 1, {answer(answers.newer)});
    line.from(abi->last + 1, {answer(answers.foreign)});
  }
  line.from(kSkippedCall, {answer(answers.fallback)});
  program.run_into(search(program, line.segments()));
  return program.block({load(offsetof(seccomp_data, nr))});
}

}  // namespace

std::vector<sock_filter> generate_program(const std::vector<AbiRules>& abis,
                                          const Answers& answers) {
  std::vector<uint32_t> architectures;
  for (const AbiRules& abi : abis) {
    if (std::find(architectures.begin(), architectures.end(), abi.architecture) ==
        architectures.end()) {
      architectures.push_back(abi.architecture);
    }
  }
  // From the last to the first, each the way out of the one before.
  Program program;
  Program::Place way_out = program.answer(answers.foreign);
  for (auto architecture = architectures.rbegin(); architecture != architectures.rend();
       ++architecture) {
    std::vector<const AbiRules*> theirs;
    for (const AbiRules& abi : abis) {
      if (abi.architecture == *architecture) theirs.push_back(&abi);
    }
    Program::Place code = architecture_code(program, theirs, answers);
    way_out = program.branch(BPF_JEQ, *architecture, code, way_out);
  }
  program.block({load(offsetof(seccomp_data, arch))});
  return program.take();
}

}  // namespace tare::process
