#include "web/body_decoder.h"

#include <algorithm>

#include "web/http_text.h"

namespace candor::web {
namespace {

// Eight hexadecimal digits are 4 GiB, far above every body limit; more cannot overflow anything.
constexpr int kChunkSizeDigitsMax = 8;

}  // namespace

BodyDecoder::BodyDecoder(const RequestHead& head, BodyBounds bounds)
    : bounds_(bounds),
      chunked_(head.chunked),
      part_(head.chunked               ? Part::kSize
            : head.content_length == 0 ? Part::kDone
                                       : Part::kData),
      left_(head.chunked ? 0 : head.content_length) {}

ParseState BodyDecoder::fail(Reject why) {
    reject_ = why;
    return ParseState::kBad;
}

ParseState BodyDecoder::feed(std::string_view& bytes) {
    if (!chunked_ && left_ + received_ > bounds_.limit) return fail(Reject::kBodyTooLarge);
    while (part_ != Part::kDone) {
        if (bytes.empty()) return ParseState::kNeedMore;
        if (part_ == Part::kData) {
            if (!take_data(bytes)) return fail(Reject::kBodyTooLarge);
            continue;
        }
        const char c = bytes.front();
        bytes.remove_prefix(1);
        if (take_framing(c) == ParseState::kBad) return ParseState::kBad;
    }
    return ParseState::kDone;
}

bool BodyDecoder::take_data(std::string_view& bytes) {
    const auto n = static_cast<std::size_t>(std::min<std::uint64_t>(left_, bytes.size()));
    if (received_ + n > bounds_.limit) return false;
    if (body_.size() < bounds_.keep) {
        body_ += bytes.substr(0, std::min(n, bounds_.keep - body_.size()));
    }
    received_ += n;
    left_ -= n;
    bytes.remove_prefix(n);
    if (left_ == 0) part_ = chunked_ ? Part::kDataReturn : Part::kDone;
    return true;
}

ParseState BodyDecoder::take_size_char(char c) {
    if (const int digit = hex_value(c); digit >= 0) {
        if (++size_digits_ > kChunkSizeDigitsMax) return fail(Reject::kBadChunk);
        left_ = left_ * 16 + static_cast<std::uint64_t>(digit);
        return ParseState::kNeedMore;
    }
    if (size_digits_ == 0) return fail(Reject::kBadChunk);
    if (received_ + left_ > bounds_.limit) return fail(Reject::kBodyTooLarge);
    if (c == '\r') {
        part_ = Part::kSizeLineFeed;
    } else if (c == ';') {
        part_ = Part::kExtension;
        extension_bytes_ = 1;
    } else {
        return fail(Reject::kBadChunk);
    }
    return ParseState::kNeedMore;
}

ParseState BodyDecoder::take_framing(char c) {
    const auto expect = [&](char wanted, Part next) {
        if (c != wanted) return fail(Reject::kBadChunk);
        part_ = next;
        return ParseState::kNeedMore;
    };
    switch (part_) {
        case Part::kSize: return take_size_char(c);
        case Part::kExtension:
            if (c == '\r') {
                part_ = Part::kSizeLineFeed;
            } else if (!is_value_char(c)) {
                return fail(Reject::kBadChunk);
            } else if (++extension_bytes_ > kChunkExtensionBytesMax) {
                return fail(Reject::kChunkExtensionTooLong);
            }
            return ParseState::kNeedMore;
        case Part::kSizeLineFeed: return expect('\n', left_ == 0 ? Part::kEndReturn : Part::kData);
        case Part::kDataReturn: return expect('\r', Part::kDataLineFeed);
        case Part::kDataLineFeed: size_digits_ = 0; return expect('\n', Part::kSize);
        case Part::kEndReturn:
            if (is_token_char(c)) return fail(Reject::kTrailer);
            return expect('\r', Part::kEndLineFeed);
        case Part::kEndLineFeed: return expect('\n', Part::kDone);
        case Part::kData:
        case Part::kDone: break;
    }
    return ParseState::kNeedMore;
}

}  // namespace candor::web
