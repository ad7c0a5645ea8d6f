// A new network namespace has its loopback down; programs expect it up (netdevice(7)).
#include <linux/if.h>
#include <linux/sockios.h>

#include "namespaces/ops.h"
#include "runtime/act/kernel.h"
#include "runtime/act/syscall.h"
#include "runtime/act/text.h"

namespace tare::act {
namespace {

constexpr int kAfInet = 2;
constexpr int kSockDgram = 2;

}  // namespace

void loopback_up(Context& context, const Op&) {
  ScopedFd socket(
      must(context, call(__NR_socket, kAfInet, kSockDgram | O_CLOEXEC, 0), "socket", "loopback"));
  struct ifreq request {};
  copy(request.ifr_ifrn.ifrn_name, "lo", 3);
  request.ifr_ifru.ifru_flags = IFF_UP | IFF_RUNNING;
  must(context, call(__NR_ioctl, socket.get(), SIOCSIFFLAGS, &request), "ioctl",
       "bring up the loopback interface");
}

}  // namespace tare::act
