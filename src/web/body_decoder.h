// Decodes one request body, by Content-Length or in chunks (RFC 9112 §6, §7). Pure.
//
// Keeps at most `keep` bytes and refuses more than `limit`; bytes between the two are dropped
// silently (heartbeat bodies). Consumes exactly the body: what follows is the next request.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "web/http_parser.h"

namespace candor::web {

struct BodyBounds {
    std::size_t limit = 0;  // more than this is refused with kBodyTooLarge
    std::size_t keep = 0;   // what body() holds at most
};

class BodyDecoder final {
   public:
    // Of a head that was parsed with kDone.
    BodyDecoder(const RequestHead& head, BodyBounds bounds);

    // Takes bytes off the front of `bytes` until the body ends or they do.
    // After kBad the connection must be closed; reject() says why.
    ParseState feed(std::string_view& bytes);

    Reject reject() const { return reject_; }
    std::uint64_t received() const { return received_; }  // body bytes, framing not counted
    const std::string& body() const { return body_; }
    std::string take_body() { return std::move(body_); }

   private:
    enum class Part : std::uint8_t {
        kSize,
        kExtension,
        kSizeLineFeed,
        kData,
        kDataReturn,
        kDataLineFeed,
        kEndReturn,
        kEndLineFeed,
        kDone,
    };

    ParseState fail(Reject why);
    bool take_data(std::string_view& bytes);  // false: over the limit
    ParseState take_framing(char c);
    ParseState take_size_char(char c);

    BodyBounds bounds_;
    bool chunked_;
    Part part_;
    std::uint64_t left_;  // bytes of data still to come in this chunk or body
    int size_digits_ = 0;
    std::size_t extension_bytes_ = 0;
    std::uint64_t received_ = 0;
    Reject reject_ = Reject::kBadChunk;
    std::string body_;
};

}  // namespace candor::web
