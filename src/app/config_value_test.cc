#include "app/config_value.h"

#include <gtest/gtest.h>

namespace candor::app {
namespace {

TEST(ConfigValue, durations_have_a_whole_number_and_one_unit) {
    EXPECT_EQ(parse_duration("500ms"), milliseconds(500));
    EXPECT_EQ(parse_duration("10s"), seconds(10));
    EXPECT_EQ(parse_duration("5m"), minutes(5));
    EXPECT_EQ(parse_duration("2h"), hours(2));
    EXPECT_EQ(parse_duration("35d"), days(35));
    EXPECT_EQ(parse_duration("0s"), Duration{});
    for (const char* bad : {"", "s", "5", "-5s", "+5s", "1.5h", "5 s", "5S", "1d2h", "5w", "ms",
                            "1000000001s", "99999999999999999999s"}) {
        EXPECT_FALSE(parse_duration(bad)) << bad;
    }
}

TEST(ConfigValue, durations_are_written_with_the_largest_whole_unit) {
    EXPECT_EQ(format_duration(seconds(90)), "90s");
    EXPECT_EQ(format_duration(hours(24)), "1d");
    EXPECT_EQ(format_duration(milliseconds(1500)), "1500ms");
    EXPECT_EQ(format_duration({}), "0s");
}

TEST(ConfigValue, confirmations_are_k_of_n_within_the_window) {
    EXPECT_EQ(parse_confirmation("3/5"), (Confirmation{3, 5}));
    EXPECT_EQ(parse_confirmation("20/20"), (Confirmation{20, 20}));
    for (const char* bad : {"", "3", "0/3", "4/3", "1/21", "3/", "/3", "3/5/7", "a/b", " 3/5"}) {
        EXPECT_FALSE(parse_confirmation(bad)) << bad;
    }
}

TEST(ConfigValue, host_and_port) {
    EXPECT_EQ(parse_host_port("DB.example:5432")->host, "db.example");
    EXPECT_EQ(parse_host_port("[::1]:80")->host, "::1");
    EXPECT_EQ(parse_host_port("[::1]:80")->port, 80);
    EXPECT_EQ(parse_host_port("a", std::uint16_t{53})->port, 53);
    for (const char* bad : {"", ":80", "a", "a:", "a:0", "a:65536", "a:-1", "a:80:90", "[::1]",
                            "[::1", "[a]:80", "a b:80", "a:8 0", "[::1]x:80", "-a:80", "a..b:80"}) {
        EXPECT_FALSE(parse_host_port(bad)) << bad;
    }
}

TEST(ConfigValue, listen_addresses_are_numeric_and_may_let_the_system_choose) {
    EXPECT_EQ(parse_listen_address("127.0.0.1:0"), (ListenAddress{"127.0.0.1", 0}));
    EXPECT_EQ(parse_listen_address("[::]:8080"), (ListenAddress{"::", 8080}));
    EXPECT_EQ(format_address({"::", 8080}), "[::]:8080");
    for (const char* bad : {"localhost:80", "127.0.0.1", "127.0.0.1:", "::1:80", "300.0.0.1:80"}) {
        EXPECT_FALSE(parse_listen_address(bad)) << bad;
    }
}

TEST(ConfigValue, urls) {
    const auto url = parse_http_url("HTTPS://API.example:8443/x?y#z");
    ASSERT_TRUE(url);
    EXPECT_EQ(url->scheme, "https");
    EXPECT_EQ(url->host, "api.example");
    EXPECT_EQ(url->port, 8443);
    EXPECT_TRUE(url->has_path);
    EXPECT_EQ(parse_http_url("http://[::1]")->host, "::1");
    EXPECT_EQ(parse_http_url("http://a?b")->host, "a");
    for (const char* bad :
         {"", "http:", "http://", "file:///etc/passwd", "gopher://a", "http:///x", "http://a b",
          "http://a\nb", "http://user:pw@a", "http://ä.example", "//a", "http://a:x/"}) {
        EXPECT_FALSE(parse_http_url(bad)) << bad;
    }
    EXPECT_TRUE(parse_http_url("http://a/" + std::string(kUrlBytesMax - 9, 'x')));
    EXPECT_FALSE(parse_http_url("http://a/" + std::string(kUrlBytesMax - 8, 'x')));
}

TEST(ConfigValue, ids_and_names_have_their_bounds) {
    EXPECT_FALSE(check_id(std::string(kIdBytesMax, 'a')));
    EXPECT_TRUE(check_id(std::string(kIdBytesMax + 1, 'a')));
    EXPECT_TRUE(check_id(""));
    EXPECT_TRUE(check_id("Web"));
    EXPECT_TRUE(check_id("a_b"));
    std::string name;
    for (std::size_t i = 0; i < kNameCharactersMax; ++i) name += "é";
    EXPECT_FALSE(check_name(name));
    EXPECT_TRUE(check_name(name + "x"));
    EXPECT_TRUE(check_name(""));
    EXPECT_TRUE(check_name("a\nb"));
}

TEST(ConfigValue, resolvers_are_numeric) {
    EXPECT_FALSE(check_resolver("192.0.2.53"));
    EXPECT_FALSE(check_resolver("192.0.2.53:5353"));
    EXPECT_FALSE(check_resolver("2001:db8::53"));
    EXPECT_FALSE(check_resolver("[2001:db8::53]:53"));
    EXPECT_TRUE(check_resolver("dns.example"));
}

TEST(ConfigValue, json_pointers_escape_with_tilde) {
    EXPECT_FALSE(check_json_pointer(""));
    EXPECT_FALSE(check_json_pointer("/a~1b/~0"));
    EXPECT_TRUE(check_json_pointer("a"));
    EXPECT_TRUE(check_json_pointer("/a~"));
    EXPECT_TRUE(check_json_pointer("/a~2"));
}

TEST(ConfigValue, headers_that_frame_the_message_are_refused) {
    EXPECT_FALSE(check_header_name("X-Token"));
    EXPECT_TRUE(check_header_name("Content-Length"));
    EXPECT_TRUE(check_header_name("transfer-encoding"));
    EXPECT_TRUE(check_header_name("a b"));
    EXPECT_TRUE(check_header_value("a\r\nEvil: 1"));
}

}  // namespace
}  // namespace candor::app
