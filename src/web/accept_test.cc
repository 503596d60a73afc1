#include "web/accept.h"

#include <gtest/gtest.h>

namespace candor::web {
namespace {

std::string encodings(std::string_view header) {
    const AcceptedEncodings accepted = accepted_encodings(header);
    return std::string(accepted.brotli ? "br " : "") + (accepted.gzip ? "gzip" : "");
}

TEST(Accept, encodings) {
    EXPECT_EQ(encodings(""), "");
    EXPECT_EQ(encodings("gzip, deflate, br"), "br gzip");
    EXPECT_EQ(encodings("GZIP"), "gzip");
    EXPECT_EQ(encodings("x-gzip"), "gzip");
    EXPECT_EQ(encodings("gzip;q=0, br;q=0.001"), "br ");
    EXPECT_EQ(encodings("*"), "br gzip");
    EXPECT_EQ(encodings("*, br;q=0"), "gzip");
    EXPECT_EQ(encodings("*;q=0, gzip"), "gzip");
    EXPECT_EQ(encodings("identity"), "");
    EXPECT_EQ(encodings(", ,gzip ; q=1.0,"), "gzip");
    EXPECT_EQ(encodings("gzip;q=banana"), "") << "malformed is refused, never guessed";
    EXPECT_EQ(encodings("gzipp, brr"), "");
}

TEST(Accept, qualities) {
    EXPECT_EQ(quality_of(""), 1000);
    EXPECT_EQ(quality_of("q=0.5"), 500);
    EXPECT_EQ(quality_of("version=1; Q=0.123"), 123);
    EXPECT_EQ(quality_of("q=1.000"), 1000);
    EXPECT_EQ(quality_of("q=0"), 0);
    for (const char* bad : {"q=", "q=2", "q=1.001", "q=0.1234", "q=.5", "q=-1", "q=0,5", "q=0x"}) {
        EXPECT_EQ(quality_of(bad), 0) << bad;
    }
}

TEST(Accept, openmetrics_only_when_wanted) {
    EXPECT_FALSE(prefers_openmetrics(""));
    EXPECT_FALSE(prefers_openmetrics("*/*"));
    EXPECT_FALSE(prefers_openmetrics("text/plain"));
    EXPECT_TRUE(prefers_openmetrics("application/openmetrics-text"));
    EXPECT_TRUE(prefers_openmetrics("application/openmetrics-text;version=1.0.0,text/plain;q=0.5"));
    EXPECT_FALSE(prefers_openmetrics("application/openmetrics-text;q=0.3,text/plain"));
    EXPECT_FALSE(prefers_openmetrics("application/openmetrics-text;version=0.0.1,*/*;q=0.1"));
    // What Prometheus 2.42 sends.
    EXPECT_TRUE(prefers_openmetrics(
        "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;"
        "q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1"));
}

TEST(Accept, etags_compare_weakly) {
    EXPECT_TRUE(matches_etag("\"a\"", "\"a\""));
    EXPECT_TRUE(matches_etag("W/\"a\"", "\"a\""));
    EXPECT_TRUE(matches_etag("\"x\" , \"a\"", "\"a\""));
    EXPECT_TRUE(matches_etag("*", "\"a\""));
    EXPECT_FALSE(matches_etag("", "\"a\""));
    EXPECT_FALSE(matches_etag("a", "\"a\""));
    EXPECT_FALSE(matches_etag("\"a-gz\"", "\"a\""));
}

}  // namespace
}  // namespace candor::web
