// By which names may the console be asked? A page of an attacker can point its own name at this
// machine's address, and a browser inside then reads the answers as that page's own (DNS
// rebinding). Such a request still says the attacker's name in its Host header.
//
// Not a check of who asks: that is the route's access rule. Pure.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace candor::web {

// True for an IP address, a loopback name, a name of one label (no stranger can own one) and the
// names given, each with or without a port. True without any host: no browser omits it.
bool is_console_host(std::string_view host, std::span<const std::string> names);

}  // namespace candor::web
