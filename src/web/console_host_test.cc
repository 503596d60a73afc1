#include "web/console_host.h"

#include <gtest/gtest.h>

#include <vector>

namespace candor::web {
namespace {

TEST(ConsoleHost, takes_addresses_loopback_and_its_own_names) {
    const std::vector<std::string> names = {"status.acme.example", "mon1.acme.example"};
    for (const char* host : {"127.0.0.1", "127.0.0.1:8082", "10.1.2.3", "[::1]:8082", "[fd00::7]",
                             "localhost:8082", "LOCALHOST", "candor", "candor:8082", "x.localhost",
                             "status.acme.example", "Mon1.Acme.Example.:8082", ""}) {
        EXPECT_TRUE(is_console_host(host, names)) << host;
    }
}

TEST(ConsoleHost, refuses_every_other_name) {
    const std::vector<std::string> names = {"status.acme.example"};
    for (const char* host :
         {"evil.example", "evil.example:8082", "127.0.0.1.evil.example", "x.status.acme.example",
          "acme.example", "localhost.evil.example", "evillocalhost.example", "1.2.3"}) {
        EXPECT_FALSE(is_console_host(host, names)) << host;
    }
}

}  // namespace
}  // namespace candor::web
