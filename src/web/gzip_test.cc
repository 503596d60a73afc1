#include "web/gzip.h"

#include <gtest/gtest.h>
#include <zlib.h>

namespace candor::web {
namespace {

std::string inflated(std::string bytes) {
    z_stream stream{};
    inflateInit2(&stream, 15 + 16);
    std::string out(2'000'000, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(bytes.data());
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
    out.resize(stream.total_out);
    inflateEnd(&stream);
    return out;
}

TEST(Gzip, comes_back_as_it_was) {
    std::string noise;
    for (unsigned i = 0, x = 1; i < 100'000; ++i) {
        x = x * 1664525 + 1013904223;
        noise += static_cast<char>(x >> 24);
    }
    for (const std::string& text :
         {std::string(), std::string("a"), std::string(1'000'000, 'x'), noise}) {
        EXPECT_EQ(inflated(gzip_bytes(text)), text);
    }
    EXPECT_LT(gzip_bytes(std::string(1'000'000, 'x')).size(), 10'000U);
}

}  // namespace
}  // namespace candor::web
