// Where message buses listen. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tare::dbus {

// The socket paths in an address such as DBUS_SESSION_BUS_ADDRESS has ("unix:path=/run/bus;…"), in
// their order. Other transports are left out, as is what is not well formed.
std::vector<std::string> socket_paths(std::string_view address);

}  // namespace tare::dbus
