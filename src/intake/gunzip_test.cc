#include "intake/gunzip.h"

#include <gtest/gtest.h>
#include <zlib.h>

namespace candor::intake {
namespace {

constexpr std::size_t kMax = 1'000'000;

std::string gzip(std::string_view text) {
    z_stream z{};
    EXPECT_EQ(deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
    std::string out(deflateBound(&z, text.size()) + 64, '\0');
    z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    z.avail_in = static_cast<uInt>(text.size());
    z.next_out = reinterpret_cast<Bytef*>(out.data());
    z.avail_out = static_cast<uInt>(out.size());
    EXPECT_EQ(deflate(&z, Z_FINISH), Z_STREAM_END);
    out.resize(z.total_out);
    deflateEnd(&z);
    return out;
}

TEST(Gunzip, gives_back_what_was_packed) {
    for (const std::size_t size : {std::size_t{0}, std::size_t{1}, std::size_t{300'000}, kMax}) {
        EXPECT_EQ(gunzip(gzip(std::string(size, 'x')), kMax), std::string(size, 'x')) << size;
    }
}

TEST(Gunzip, several_members_are_one_body) {
    EXPECT_EQ(gunzip(gzip("one\n") + gzip("two\n"), kMax), "one\ntwo\n");
}

TEST(Gunzip, a_bomb_is_too_large_at_the_bound_and_no_later) {
    EXPECT_EQ(gunzip(gzip(std::string(kMax + 1, 'x')), kMax).error().code, ErrorCode::kTooLarge);
    EXPECT_EQ(gunzip(gzip(std::string(kMax * 50, 'x')), kMax).error().code, ErrorCode::kTooLarge);
    EXPECT_EQ(gunzip(gzip(std::string(kMax, 'x')) + gzip("x"), kMax).error().code,
              ErrorCode::kTooLarge);
}

TEST(Gunzip, no_cut_body_is_taken) {
    const std::string whole = gzip("a body of some length, which is cut at every byte of it");
    for (std::size_t cut = 0; cut < whole.size(); ++cut) {
        const auto got = gunzip(whole.substr(0, cut), kMax);
        ASSERT_FALSE(got) << cut;
        EXPECT_EQ(got.error().code, ErrorCode::kInvalid) << cut;
    }
}

TEST(Gunzip, what_is_not_gzip_is_refused) {
    EXPECT_EQ(gunzip("{\"stream\":\"a\"}", kMax).error().code, ErrorCode::kInvalid);
    EXPECT_EQ(gunzip(gzip("x") + "rubbish", kMax).error().code, ErrorCode::kInvalid);
    std::string damaged = gzip(std::string(1'000, 'x'));
    damaged[damaged.size() - 6] = static_cast<char>(damaged[damaged.size() - 6] ^ 1);
    EXPECT_EQ(gunzip(damaged, kMax).error().code, ErrorCode::kInvalid);
}

}  // namespace
}  // namespace candor::intake
