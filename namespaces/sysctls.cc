// Kernel parameters have two spellings, and names of interfaces in them may have dots.
#include "namespaces/sysctls.h"

namespace tare::namespaces {

void plan_sysctl(const oci::Map<std::string>& sysctl, int slot, Steps& steps) {
  for (const auto& [key, value] : sysctl) {
    std::string path = "sys/";
    // "net.ipv4.conf.all" and "net/ipv4/conf/eth0.1": the first separator decides (sysctl.d(5)).
    size_t separator = key.find_first_of("./");
    bool slashes = separator != std::string::npos && key[separator] == '/';
    for (char c : key) path += !slashes && c == '.' ? '/' : !slashes && c == '/' ? '.' : c;
    act::Step& step = steps.add(act::OpKind::WriteProc, "sysctl " + key);
    step.fd = slot;
    step.text = path;
    step.text2 = value;
  }
}

}  // namespace tare::namespaces
