// Runs a seccomp program in the test process, so that its answer can be had for any architecture
// and argument without loading it.
#pragma once

#include <linux/filter.h>
#include <linux/seccomp.h>

#include <cstdint>
#include <cstring>
#include <span>
#include <stdexcept>

namespace tare::test {

// The value the program returns for `data`. Throws on instructions and jumps that the kernel
// refuses (seccomp_check_filter and bpf_check_classic in the kernel's sources).
inline uint32_t run_bpf(std::span<const sock_filter> program, const seccomp_data& data) {
  uint32_t accumulator = 0, index = 0, memory[BPF_MEMWORDS] = {};
  for (size_t at = 0; at < program.size(); ++at) {
    const sock_filter& i = program[at];
    const uint32_t operand = (i.code & BPF_X) != 0 ? index : i.k;
    switch (i.code) {
      case BPF_LD | BPF_W | BPF_ABS:
        if (i.k % 4 != 0 || i.k > sizeof data - 4) throw std::out_of_range("load");
        std::memcpy(&accumulator, reinterpret_cast<const char*>(&data) + i.k, 4);
        break;
      case BPF_LD | BPF_IMM:
        accumulator = i.k;
        break;
      case BPF_LD | BPF_MEM:
        accumulator = memory[i.k % BPF_MEMWORDS];
        break;
      case BPF_LDX | BPF_IMM:
        index = i.k;
        break;
      case BPF_LDX | BPF_MEM:
        index = memory[i.k % BPF_MEMWORDS];
        break;
      case BPF_ST:
        memory[i.k % BPF_MEMWORDS] = accumulator;
        break;
      case BPF_MISC | BPF_TAX:
        index = accumulator;
        break;
      case BPF_MISC | BPF_TXA:
        accumulator = index;
        break;
      case BPF_ALU | BPF_AND | BPF_K:
      case BPF_ALU | BPF_AND | BPF_X:
        accumulator &= operand;
        break;
      case BPF_JMP | BPF_JA:
        at += i.k;
        break;
      case BPF_JMP | BPF_JEQ | BPF_K:
      case BPF_JMP | BPF_JEQ | BPF_X:
        at += accumulator == operand ? i.jt : i.jf;
        break;
      case BPF_JMP | BPF_JGT | BPF_K:
      case BPF_JMP | BPF_JGT | BPF_X:
        at += accumulator > operand ? i.jt : i.jf;
        break;
      case BPF_JMP | BPF_JGE | BPF_K:
      case BPF_JMP | BPF_JGE | BPF_X:
        at += accumulator >= operand ? i.jt : i.jf;
        break;
      case BPF_JMP | BPF_JSET | BPF_K:
      case BPF_JMP | BPF_JSET | BPF_X:
        at += (accumulator & operand) != 0 ? i.jt : i.jf;
        break;
      case BPF_RET | BPF_K:
        return i.k;
      case BPF_RET | BPF_A:
        return accumulator;
      default:
        throw std::runtime_error("instruction unknown to the interpreter");
    }
  }
  throw std::out_of_range("the program runs past its end");
}

}  // namespace tare::test
