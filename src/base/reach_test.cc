#include "base/reach.h"

#include <gtest/gtest.h>

namespace candor {
namespace {

AddressKind kind(const char* text) {
    const auto address = IpAddress::parse(text);
    EXPECT_TRUE(address) << text;
    return address ? kind_of(*address) : AddressKind::kSpecial;
}

TEST(AddressKind, public_addresses_are_public) {
    for (const char* good :
         {"8.8.8.8", "1.1.1.1", "100.63.255.255", "100.128.0.0", "172.15.255.255", "172.32.0.0",
          "192.0.1.1", "223.255.255.255", "168.63.129.17", "2606:4700::1111", "2a00:1450::1",
          "2001:4860::8888", "2001:200::1"}) {
        EXPECT_EQ(kind(good), AddressKind::kPublic) << good;
    }
}

TEST(AddressKind, what_stays_inside_is_private) {
    for (const char* one :
         {"10.0.0.1", "10.255.255.255", "100.64.0.1", "100.127.255.255", "172.16.0.1",
          "172.31.255.255", "192.168.1.1", "192.0.2.1", "198.18.0.1", "198.19.255.255",
          "198.51.100.1", "203.0.113.1", "fc00::1", "fdff::1", "2001:db8::1", "3fff::1"}) {
        EXPECT_EQ(kind(one), AddressKind::kPrivate) << one;
    }
}

TEST(AddressKind, loopback_and_link_local_are_told_apart) {
    for (const char* one : {"127.0.0.1", "127.1.2.3", "::1", "::ffff:127.0.0.1"}) {
        EXPECT_EQ(kind(one), AddressKind::kLoopback) << one;
    }
    for (const char* one : {"169.254.0.1", "169.254.169.253", "fe80::1", "febf::1"}) {
        EXPECT_EQ(kind(one), AddressKind::kLinkLocal) << one;
    }
}

TEST(AddressKind, metadata_services_outrank_their_range) {
    for (const char* one : {"169.254.169.254", "169.254.170.2", "169.254.170.23", "100.100.100.200",
                            "168.63.129.16", "192.0.0.192", "fd00:ec2::254", "fd00:ec2::23",
                            "fd20:ce::254", "::ffff:169.254.169.254"}) {
        EXPECT_EQ(kind(one), AddressKind::kMetadata) << one;
    }
}

TEST(AddressKind, the_rest_is_special) {
    for (const char* one :
         {"0.0.0.0",          "0.1.2.3",        "192.0.0.1",       "192.88.99.1", "224.0.0.1",
          "239.255.255.255",  "240.0.0.1",      "255.255.255.255", "::",          "::8.8.8.8",
          "64:ff9b::8.8.8.8", "64:ff9b::a00:1", "64:ff9b:1::1",    "100::1",      "2001::1",
          "2001:10::1",       "2001:20::1",     "2002:7f00:1::",   "fec0::1",     "ff02::1",
          "5f00::1"}) {
        EXPECT_EQ(kind(one), AddressKind::kSpecial) << one;
    }
}

bool allows(const ReachRules& rules, const char* text) {
    return rules.allows(*IpAddress::parse(text));
}

TEST(ReachRules, strangers_reach_public_addresses_only) {
    const ReachRules rules = reach_of_strangers();
    EXPECT_TRUE(allows(rules, "8.8.8.8"));
    EXPECT_TRUE(allows(rules, "2a00:1450::1"));
    for (const char* bad : {"127.0.0.1", "10.0.0.1", "169.254.1.1", "169.254.169.254", "0.0.0.0",
                            "::1", "::ffff:10.0.0.1", "fd00::1", "ff02::1"}) {
        EXPECT_FALSE(allows(rules, bad)) << bad;
    }
}

TEST(ReachRules, operators_reach_their_own_network_but_no_metadata) {
    const ReachRules rules = reach_of_operators();
    for (const char* good : {"8.8.8.8", "10.0.0.1", "127.0.0.1", "::1", "fd00::1"}) {
        EXPECT_TRUE(allows(rules, good)) << good;
    }
    for (const char* bad : {"169.254.169.254", "169.254.1.1", "fe80::1", "224.0.0.1", "0.0.0.0",
                            "168.63.129.16", "64:ff9b::a9fe:a9fe"}) {
        EXPECT_FALSE(allows(rules, bad)) << bad;
    }
}

TEST(ReachRules, a_listed_range_is_allowed_whatever_its_kind) {
    ReachRules rules;
    EXPECT_TRUE(rules.add("169.254.169.254"));
    EXPECT_TRUE(rules.add("link-local"));
    EXPECT_FALSE(rules.add("metadata"));
    EXPECT_FALSE(rules.add("10.0.0.1/8"));
    EXPECT_TRUE(allows(rules, "169.254.169.254"));
    EXPECT_TRUE(allows(rules, "fe80::1"));
    EXPECT_FALSE(allows(rules, "169.254.170.2"));
    EXPECT_FALSE(allows(rules, "8.8.8.8"));
}

TEST(ReachRules, where_a_stranger_points_only_public_and_listed_addresses_are_allowed) {
    ReachRules rules = reach_of_operators();
    EXPECT_TRUE(rules.add("10.1.0.0/16"));
    EXPECT_TRUE(rules.allows_stranger(*IpAddress::parse("8.8.8.8")));
    EXPECT_TRUE(rules.allows_stranger(*IpAddress::parse("10.1.2.3")));
    EXPECT_FALSE(rules.allows_stranger(*IpAddress::parse("10.2.0.1")));
    EXPECT_FALSE(rules.allows_stranger(*IpAddress::parse("127.0.0.1")));
}

}  // namespace
}  // namespace candor
