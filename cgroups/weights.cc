// cpu.weight = ceil(10^((l² + 125·l) / 612 − 7/34)) with l = log2(shares): the formula that
// runtimes and kubelets agree on since 2025; three points fix it: 2 → 1, 1024 → 100, 262144 →
// 10000. Logarithm and power are computed here because the executable links libc alone, not libm.
#include "cgroups/weights.h"

#include <bit>

namespace tare::cgroups {
namespace {

constexpr uint64_t kMinShares = 2;
constexpr uint64_t kMaxShares = 262144;
constexpr uint64_t kMaxWeight = 10000;
constexpr uint64_t kMinIo = 10;
constexpr uint64_t kMaxIo = 1000;
constexpr int kBits = 52;
constexpr double kLn10 = 2.302585092994045684;

// Squaring doubles the logarithm, so each overflow past 2 is one more binary digit of it.
double log2_of(uint64_t number) {
  int whole = static_cast<int>(std::bit_width(number)) - 1;
  double rest = static_cast<double>(number) / static_cast<double>(uint64_t{1} << whole);
  double result = whole;
  double digit = 1;
  for (int i = 0; i < kBits; ++i) {
    digit /= 2;
    rest *= rest;
    if (rest >= 2) {
      rest /= 2;
      result += digit;
    }
  }
  return result;
}

// 10^x for 0 <= x < 4: the exponential series at x·ln10/16, then squared four times.
double power_of_10(double x) {
  constexpr int kTerms = 20;
  double argument = x * kLn10 / 16;
  double term = 1;
  double sum = 1;
  for (int i = 1; i < kTerms; ++i) {
    term *= argument / i;
    sum += term;
  }
  for (int i = 0; i < 4; ++i) sum *= sum;
  return sum;
}

}  // namespace

uint64_t cpu_weight(uint64_t shares) {
  if (shares <= kMinShares) return 1;
  if (shares >= kMaxShares) return kMaxWeight;
  double l = log2_of(shares);
  double exact = power_of_10((l * l + 125 * l) / 612 - 7.0 / 34);
  // Rounding errors are below this; no number of shares comes closer to the next weight.
  constexpr double kNoise = 1e-9;
  auto weight = static_cast<uint64_t>(exact);
  return exact - static_cast<double>(weight) > kNoise ? weight + 1 : weight;
}

uint64_t io_weight(uint16_t weight) {
  return 1 + (static_cast<uint64_t>(weight) - kMinIo) * (kMaxWeight - 1) / (kMaxIo - kMinIo);
}

}  // namespace tare::cgroups
