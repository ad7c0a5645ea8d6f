// What the two halves of the floor agree on: the numbers of the descriptors that the parent leaves
// for init.
#pragma once

inline constexpr int kRootFd = 100;
inline constexpr int kSeccompFd = 101;
inline constexpr int kFirstDeviceFd = 110;
inline constexpr int kFirstBindFd = 120;

inline constexpr int kDeviceNodes = 6;
inline constexpr const char* kDeviceNames[] = {"null", "zero", "full", "random", "urandom", "tty"};
