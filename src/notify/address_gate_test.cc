#include "notify/address_gate.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/un.h>

namespace candor::notify {
namespace {

bool allows(const char* text) {
    sockaddr_storage storage{};
    auto* in = reinterpret_cast<sockaddr_in*>(&storage);
    auto* in6 = reinterpret_cast<sockaddr_in6*>(&storage);
    if (inet_pton(AF_INET, text, &in->sin_addr) == 1) {
        in->sin_family = AF_INET;
    } else {
        EXPECT_EQ(inet_pton(AF_INET6, text, &in6->sin6_addr), 1) << text;
        in6->sin6_family = AF_INET6;
    }
    return is_public_address(reinterpret_cast<const sockaddr&>(storage));
}

TEST(AddressGate, public_addresses_pass) {
    for (const char* good : {"8.8.8.8", "1.1.1.1", "100.63.255.255", "100.128.0.0",
                             "172.15.255.255", "172.32.0.0", "192.0.1.1", "223.255.255.255",
                             "2606:4700::1111", "2a00:1450::1", "2001:4860::8888", "2001:200::1"}) {
        EXPECT_TRUE(allows(good)) << good;
    }
}

TEST(AddressGate, everything_special_is_refused) {
    for (const char* bad :
         {"0.0.0.0",        "0.1.2.3",         "10.0.0.1",        "10.255.255.255",
          "100.64.0.1",     "100.100.100.200", "100.127.255.255", "127.0.0.1",
          "127.1.2.3",      "168.63.129.16",   "169.254.169.254", "172.16.0.1",
          "172.31.255.255", "192.0.0.192",     "192.0.2.1",       "192.88.99.1",
          "192.168.1.1",    "198.18.0.1",      "198.19.255.255",  "198.51.100.1",
          "203.0.113.1",    "224.0.0.1",       "239.255.255.255", "240.0.0.1",
          "255.255.255.255"}) {
        EXPECT_FALSE(allows(bad)) << bad;
    }
}

TEST(AddressGate, everything_special_in_ipv6_is_refused) {
    for (const char* bad : {"::",
                            "::1",
                            "::ffff:8.8.8.8",
                            "::ffff:127.0.0.1",
                            "::8.8.8.8",
                            "64:ff9b::8.8.8.8",
                            "64:ff9b::a00:1",
                            "64:ff9b:1::1",
                            "100::1",
                            "2001::1",
                            "2001:10::1",
                            "2001:20::1",
                            "2001:db8::1",
                            "2002:7f00:1::",
                            "3fff::1",
                            "fc00::1",
                            "fd00:ec2::254",
                            "fe80::1",
                            "fec0::1",
                            "ff02::1",
                            "5f00::1"}) {
        EXPECT_FALSE(allows(bad)) << bad;
    }
}

TEST(AddressGate, other_families_are_refused) {
    sockaddr_un local{};
    local.sun_family = AF_UNIX;
    EXPECT_FALSE(is_public_address(reinterpret_cast<const sockaddr&>(local)));
}

}  // namespace
}  // namespace candor::notify
