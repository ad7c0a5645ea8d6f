// The algorithm of FIPS 180-4, section 6.2, in its words: a message schedule W of 64 words for each
// block of 64 bytes, and 64 rounds over the working variables a … h. For a kilobyte once a run, so
// nothing is unrolled, and no library is linked for it.
#include "runtime/base/sha256.h"

#include <array>
#include <bit>
#include <cstdint>
#include <cstdio>

namespace tare {
namespace {

constexpr size_t kBlock = 64;
constexpr size_t kRounds = 64;
using State = std::array<uint32_t, 8>;

// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
constexpr std::array<uint32_t, kRounds> kConstants = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

uint32_t big_endian(std::string_view bytes) {
  uint32_t word = 0;
  for (char byte : bytes.substr(0, 4)) word = word << 8U | static_cast<unsigned char>(byte);
  return word;
}

std::array<uint32_t, kRounds> schedule(std::string_view block) {
  std::array<uint32_t, kRounds> w{};
  for (size_t i = 0; i < 16; ++i) w[i] = big_endian(block.substr(4 * i));
  for (size_t i = 16; i < kRounds; ++i) {
    uint32_t early = w[i - 15], late = w[i - 2];
    uint32_t s0 = std::rotr(early, 7) ^ std::rotr(early, 18) ^ early >> 3U;
    uint32_t s1 = std::rotr(late, 17) ^ std::rotr(late, 19) ^ late >> 10U;
    w[i] = w[i - 16] + s0 + w[i - 7] + s1;
  }
  return w;
}

void take(std::string_view block, State& state) {
  auto w = schedule(block);
  auto [a, b, c, d, e, f, g, h] = state;
  for (size_t i = 0; i < kRounds; ++i) {
    uint32_t s1 = std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25);
    uint32_t choice = (e & f) ^ (~e & g);
    uint32_t first = h + s1 + choice + kConstants[i] + w[i];
    uint32_t s0 = std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22);
    uint32_t majority = (a & b) ^ (a & c) ^ (b & c);
    h = g;
    g = f;
    f = e;
    e = d + first;
    d = c;
    c = b;
    b = a;
    a = first + s0 + majority;
  }
  const State added = {a, b, c, d, e, f, g, h};
  for (size_t i = 0; i < state.size(); ++i) state[i] += added[i];
}

// A one bit, zeros, and the length in bits as eight bytes.
std::string padded_end(std::string_view rest, uint64_t bytes) {
  std::string text(rest);
  text += '\x80';
  while (text.size() % kBlock != kBlock - 8) text += '\0';
  for (int shift = 56; shift >= 0; shift -= 8) {
    text += static_cast<char>(bytes * 8 >> static_cast<unsigned>(shift) & 0xffU);
  }
  return text;
}

}  // namespace

std::string sha256(std::string_view bytes) {
  // The same of the square roots of the first 8 primes.
  State state = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  size_t whole = bytes.size() / kBlock * kBlock;
  for (size_t at = 0; at < whole; at += kBlock) take(bytes.substr(at, kBlock), state);
  std::string end = padded_end(bytes.substr(whole), bytes.size());
  for (size_t at = 0; at < end.size(); at += kBlock) {
    take(std::string_view(end).substr(at, kBlock), state);
  }
  std::string text;
  for (uint32_t word : state) {
    char digits[9];
    std::snprintf(digits, sizeof digits, "%08x", word);
    text += digits;
  }
  return text;
}

}  // namespace tare
