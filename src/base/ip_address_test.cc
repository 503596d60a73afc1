#include "base/ip_address.h"

#include <gtest/gtest.h>

namespace candor {
namespace {

TEST(IpAddress, is_read_and_printed) {
    for (const char* text :
         {"192.0.2.1", "0.0.0.0", "255.255.255.255", "::", "::1", "2001:db8::1", "fe80::1:2:3:4"}) {
        const auto address = IpAddress::parse(text);
        ASSERT_TRUE(address) << text;
        EXPECT_EQ(address->text(), text);
    }
}

TEST(IpAddress, malformed_ones_are_refused) {
    for (const std::string& text :
         {std::string(), std::string("1"), std::string("1.2.3"), std::string("1.2.3.4.5"),
          std::string("1.2.3.256"), std::string("01.2.3.4"), std::string("1.2.3.4 "),
          std::string("[::1]"), std::string("fe80::1%eth0"), std::string("::1::"),
          std::string("localhost"), std::string("1.2.3.4\0x", 9), std::string(46, '0')}) {
        EXPECT_FALSE(IpAddress::parse(text)) << text;
    }
}

TEST(IpAddress, the_longest_text_fits_the_bound) {
    const std::string longest = "0000:0000:0000:0000:0000:ffff:255.255.255.255";
    EXPECT_EQ(longest.size(), kIpTextBytesMax);
    EXPECT_TRUE(IpAddress::parse(longest));
}

TEST(IpAddress, mapped_equals_plain_ipv4) {
    EXPECT_EQ(IpAddress::parse("::ffff:10.0.0.1"), IpAddress::parse("10.0.0.1"));
    EXPECT_EQ(IpAddress::from_v4(0x0a000001).text(), "10.0.0.1");
    EXPECT_EQ(IpAddress::from_v4(0x0a000001).v4(), 0x0a000001U);
    EXPECT_FALSE(IpAddress::parse("::10.0.0.1")->is_v4());
}

TEST(IpRange, holds_what_its_prefix_says) {
    const auto holds = [](const char* range, const char* address) {
        return IpRange::parse(range)->holds(*IpAddress::parse(address));
    };
    EXPECT_TRUE(holds("10.0.0.0/8", "10.255.0.1"));
    EXPECT_FALSE(holds("10.0.0.0/8", "11.0.0.0"));
    EXPECT_TRUE(holds("10.0.0.0/8", "::ffff:10.1.1.1"));
    EXPECT_FALSE(holds("10.0.0.0/8", "a00::"));
    EXPECT_TRUE(holds("192.168.4.0/22", "192.168.7.255"));
    EXPECT_FALSE(holds("192.168.4.0/22", "192.168.8.0"));
    EXPECT_TRUE(holds("0.0.0.0/0", "8.8.8.8"));
    EXPECT_FALSE(holds("0.0.0.0/0", "::1"));
    EXPECT_TRUE(holds("::/0", "::1"));
    EXPECT_TRUE(holds("fd00::/8", "fdff::1"));
    EXPECT_TRUE(holds("192.0.2.7", "192.0.2.7"));
    EXPECT_FALSE(holds("192.0.2.7", "192.0.2.6"));
}

TEST(IpRange, malformed_ones_are_refused) {
    for (const char* text :
         {"", "/8", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/08", "10.0.0.0/8/8",
          "10.0.0.0/8 ", "::/129", "10.0.0.1/8", "fd00::1/64", "10.0/8", "example.net/8"}) {
        EXPECT_FALSE(IpRange::parse(text)) << text;
    }
}

TEST(IpRange, prints_as_it_was_written) {
    for (const char* text : {"10.0.0.0/8", "0.0.0.0/0", "fd00::/8", "192.0.2.7", "::1", "::/0"}) {
        EXPECT_EQ(IpRange::parse(text)->text(), text);
    }
}

}  // namespace
}  // namespace candor
