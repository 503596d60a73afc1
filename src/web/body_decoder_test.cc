#include "web/body_decoder.h"

#include <gtest/gtest.h>

namespace candor::web {
namespace {

struct Decoded {
    ParseState state = ParseState::kNeedMore;
    std::string body;
    std::string rest;
    Reject why{};
};

Decoded decode(const RequestHead& head, std::string_view bytes, BodyBounds bounds) {
    BodyDecoder decoder(head, bounds);
    Decoded out;
    out.state = decoder.feed(bytes);
    out.body = decoder.body();
    out.rest = bytes;
    out.why = decoder.reject();
    return out;
}
Decoded decode_chunked(std::string_view bytes, BodyBounds bounds = {.limit = 1000, .keep = 1000}) {
    RequestHead head;
    head.chunked = true;
    return decode(head, bytes, bounds);
}
Decoded decode_sized(std::uint64_t length, std::string_view bytes, BodyBounds bounds) {
    RequestHead head;
    head.has_length = true;
    head.content_length = length;
    return decode(head, bytes, bounds);
}

TEST(BodyDecoder, takes_exactly_the_body) {
    const Decoded sized = decode_sized(5, "helloGET /", {.limit = 10, .keep = 10});
    EXPECT_EQ(sized.state, ParseState::kDone);
    EXPECT_EQ(sized.body, "hello");
    EXPECT_EQ(sized.rest, "GET /");
    const Decoded chunked = decode_chunked("3;x=y\r\nabc\r\nA\r\n0123456789\r\n0\r\n\r\nGET /");
    EXPECT_EQ(chunked.state, ParseState::kDone);
    EXPECT_EQ(chunked.body, "abc0123456789");
    EXPECT_EQ(chunked.rest, "GET /");
}

TEST(BodyDecoder, no_body_is_done_at_once) {
    EXPECT_EQ(decode_sized(0, "GET /", {.limit = 0, .keep = 0}).rest, "GET /");
}

TEST(BodyDecoder, the_limit_holds_at_the_byte) {
    const BodyBounds bounds{.limit = 5, .keep = 5};
    EXPECT_EQ(decode_sized(5, "hello", bounds).state, ParseState::kDone);
    EXPECT_EQ(decode_sized(6, "", bounds).why, Reject::kBodyTooLarge) << "told by its length";
    EXPECT_EQ(decode_chunked("5\r\nhello\r\n0\r\n\r\n", bounds).state, ParseState::kDone);
    EXPECT_EQ(decode_chunked("3\r\nabc\r\n3\r\nabc", bounds).why, Reject::kBodyTooLarge);
    EXPECT_EQ(decode_chunked("6\r\nabcdef", bounds).why, Reject::kBodyTooLarge);
}

TEST(BodyDecoder, keeps_less_than_it_takes_without_a_word) {
    const BodyBounds bounds{.limit = 100, .keep = 4};
    const Decoded chunked = decode_chunked("3\r\nabc\r\n3\r\ndef\r\n0\r\n\r\n", bounds);
    EXPECT_EQ(chunked.state, ParseState::kDone);
    EXPECT_EQ(chunked.body, "abcd");
    EXPECT_EQ(decode_sized(6, "abcdef", bounds).body, "abcd");
}

TEST(BodyDecoder, refuses_malformed_chunks) {
    for (const char* bytes : {"\r\n", "g\r\n", " 1\r\na", "1 \r\na", "+1\r\na", "-1\r\n",
                              "0x1\r\na", "1\na", "1\r\na\n", "1\r\nab", "1\r\na\r\r\n",
                              "123456789\r\n", "1;\x01\r\na", "1\r\na\r\n0\r\n\n", ";x\r\n"}) {
        EXPECT_EQ(decode_chunked(bytes).state, ParseState::kBad) << bytes;
        EXPECT_EQ(decode_chunked(bytes).why, Reject::kBadChunk) << bytes;
    }
    EXPECT_EQ(decode_chunked("0\r\nX: y\r\n\r\n").why, Reject::kTrailer);
}

TEST(BodyDecoder, chunk_extension_bound) {
    const auto with = [](std::size_t n) {
        return decode_chunked("1;" + std::string(n - 1, 'x') + "\r\na\r\n0\r\n\r\n");
    };
    EXPECT_EQ(with(kChunkExtensionBytesMax).state, ParseState::kDone);
    EXPECT_EQ(with(kChunkExtensionBytesMax + 1).why, Reject::kChunkExtensionTooLong);
}

TEST(BodyDecoder, the_outcome_does_not_depend_on_the_pieces) {
    const std::string bytes = "3;x=y\r\nabc\r\nA\r\n0123456789\r\n0\r\n\r\n";
    RequestHead head;
    head.chunked = true;
    BodyDecoder decoder(head, {.limit = 100, .keep = 100});
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        std::string_view one = std::string_view(bytes).substr(i, 1);
        const ParseState state = decoder.feed(one);
        ASSERT_EQ(state, i + 1 == bytes.size() ? ParseState::kDone : ParseState::kNeedMore) << i;
        ASSERT_TRUE(one.empty());
    }
    EXPECT_EQ(decoder.take_body(), "abc0123456789");
    EXPECT_EQ(decoder.received(), 13U);
}

}  // namespace
}  // namespace candor::web
