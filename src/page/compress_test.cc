#include "page/compress.h"

#include <gtest/gtest.h>

namespace candor::page {
namespace {

std::string text_of(std::size_t bytes) {
    std::string text;
    for (std::size_t i = 0; text.size() < bytes; ++i) {
        text += "component " + std::to_string(i * 7919 % 1'000) + " is operational. ";
    }
    text.resize(bytes);
    return text;
}

ResourcePtr resource_of(std::size_t bytes) {
    return make_resource("text/plain", CacheClass::kPage, text_of(bytes));
}

// What the second pass makes of one resource of a site.
ResourcePtr smallest_of(const ResourcePtr& resource) {
    Site site;
    site.resources.set("/x", resource);
    const std::atomic<bool> cancelled = false;
    return smallest(site, cancelled)->resources.find("/x");
}

TEST(Compress, the_second_pass_leaves_alone_what_travels_in_one_packet_anyway) {
    const ResourcePtr below = resource_of(kSmallestMin - 1);
    EXPECT_EQ(smallest_of(below), below);
    const ResourcePtr at = resource_of(kSmallestMin);
    const ResourcePtr made = smallest_of(at);
    EXPECT_TRUE(made->is_smallest);
    EXPECT_LT(made->brotli.size(), at->brotli.size());
    EXPECT_EQ(made->identity, at->identity);
    EXPECT_EQ(made->etag, at->etag);
}

TEST(Compress, the_second_pass_makes_big_bodies_smaller_too) {
    const ResourcePtr big = resource_of(kBestBrotliMax + 1);
    const ResourcePtr made = smallest_of(big);
    EXPECT_TRUE(made->is_smallest);
    EXPECT_LT(made->brotli.size(), big->brotli.size());
    EXPECT_LE(made->gzip.size(), big->gzip.size());
    EXPECT_EQ(smallest_of(made), made);
}

TEST(Compress, a_cancelled_pass_makes_nothing) {
    Site site;
    site.resources.set("/x", resource_of(kSmallestMin));
    const std::atomic<bool> cancelled = true;
    EXPECT_EQ(smallest(site, cancelled), nullptr);
}

}  // namespace
}  // namespace candor::page
