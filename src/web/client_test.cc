#include "web/client.h"

#include <gtest/gtest.h>

namespace candor::web {
namespace {

IpAddress ip(std::string_view text) {
    return *IpAddress::parse(text);
}

const TrustedProxies kProxies = {*IpRange::parse("10.0.0.0/8"), *IpRange::parse("fd00::/8")};

std::string client(std::string_view peer, std::vector<std::string_view> lines) {
    return client_address(kProxies, ip(peer), lines).text();
}

TEST(Client, a_stranger_is_who_connected_whatever_it_says) {
    EXPECT_EQ(client("192.0.2.1", {"198.51.100.7"}), "192.0.2.1");
    EXPECT_EQ(client("192.0.2.1", {"10.0.0.1, 198.51.100.7"}), "192.0.2.1");
    EXPECT_EQ(client("127.0.0.1", {"198.51.100.7"}), "127.0.0.1");
}

TEST(Client, behind_a_listed_proxy_the_last_address_counts) {
    EXPECT_EQ(client("10.0.0.1", {"198.51.100.7"}), "198.51.100.7");
    EXPECT_EQ(client("10.0.0.1", {"203.0.113.9, 198.51.100.7"}), "198.51.100.7");
    EXPECT_EQ(client("::ffff:10.0.0.1", {"198.51.100.7"}), "198.51.100.7");
    EXPECT_EQ(client("fd00::1", {"2001:db8::9"}), "2001:db8::9");
}

TEST(Client, listed_proxies_in_the_chain_are_passed_over) {
    EXPECT_EQ(client("10.0.0.1", {"203.0.113.9, 198.51.100.7, 10.0.0.3, 10.0.0.2"}),
              "198.51.100.7");
    EXPECT_EQ(client("10.0.0.1", {"203.0.113.9", "198.51.100.7", "10.0.0.2"}), "198.51.100.7");
    EXPECT_EQ(client("10.0.0.1", {"10.0.0.3, 10.0.0.2"}), "10.0.0.3") << "all of them are proxies";
    EXPECT_EQ(client("10.0.0.1", {}), "10.0.0.1");
}

TEST(Client, what_is_no_address_ends_the_search) {
    for (const char* bad : {"unknown", "", " ", ",", "198.51.100.7:x", "[2001:db8::1", "1.2.3",
                            "_hidden", "\"198.51.100.7\"", "198.51.100.7:123456"}) {
        const std::string line = std::string("203.0.113.9, ") + bad;
        EXPECT_EQ(client("10.0.0.1", {line}), "10.0.0.1") << bad;
    }
    EXPECT_EQ(client("10.0.0.1", {"203.0.113.9, nonsense, 10.0.0.2"}), "10.0.0.2");
}

TEST(Client, a_chain_is_followed_for_sixteen_proxies) {
    const auto chain = [](std::size_t proxies) {
        std::string line = "198.51.100.7";
        for (std::size_t i = 0; i < proxies; ++i) line += ", 10.0.0.2";
        return line;
    };
    EXPECT_EQ(client("10.0.0.1", {chain(kForwardedHopsMax - 1)}), "198.51.100.7");
    EXPECT_EQ(client("10.0.0.1", {chain(kForwardedHopsMax)}), "10.0.0.2");
    EXPECT_EQ(client("10.0.0.1", {chain(5000)}), "10.0.0.2");
}

TEST(Client, ports_are_left_out) {
    EXPECT_EQ(forwarded_address("192.0.2.1:4711"), ip("192.0.2.1"));
    EXPECT_EQ(forwarded_address("[2001:db8::1]:4711"), ip("2001:db8::1"));
    EXPECT_EQ(forwarded_address("[2001:db8::1]"), ip("2001:db8::1"));
    EXPECT_EQ(forwarded_address("2001:db8::1"), ip("2001:db8::1"));
    EXPECT_FALSE(forwarded_address("[2001:db8::1]x"));
    EXPECT_FALSE(forwarded_address("[2001:db8::1]:"));
    EXPECT_FALSE(forwarded_address("192.0.2.1:"));
}

TEST(Client, networks_are_those_of_the_caps) {
    EXPECT_EQ(network_of(ip("192.0.2.1")), network_of(ip("192.0.2.200")));
    EXPECT_NE(network_of(ip("192.0.2.1")), network_of(ip("192.0.3.1")));
    EXPECT_EQ(network_of(ip("2001:db8:1:2::1")), network_of(ip("2001:db8:1:3::1")));
    EXPECT_NE(network_of(ip("2001:db8:1::1")), network_of(ip("2001:db8:2::1")));
}

}  // namespace
}  // namespace candor::web
