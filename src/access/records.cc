#include "access/records.h"

#include <algorithm>

#include "base/codec.h"

namespace candor::access {
namespace {

template <class Record>
Result<Record> unpack(std::string_view bytes) {
    Decoder decoder(bytes);
    std::int64_t format = 0;
    decoder.get(format);
    if (decoder.good() && format > kRecordFormat) {
        return fail(ErrorCode::kUnsupported,
                    "an account was written by a later version of Candor; start that one");
    }
    return decode<Record>(bytes);
}

std::string_view without_blanks(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

bool is_control(char c) {
    const auto b = static_cast<unsigned char>(c);
    return b < 0x20 || b == 0x7f;
}

}  // namespace

std::string pack(const PersonRecord& record) {
    return encode(record);
}

std::string pack(const TokenRecord& record) {
    return encode(record);
}

Result<PersonRecord> unpack_person(std::string_view bytes) {
    return unpack<PersonRecord>(bytes);
}

Result<TokenRecord> unpack_token(std::string_view bytes) {
    return unpack<TokenRecord>(bytes);
}

Result<std::string> tidy_mail(std::string_view mail) {
    const std::string_view bare = without_blanks(mail);
    const std::size_t at = bare.find('@');
    const bool good = at != std::string_view::npos && at > 0 && at + 1 < bare.size() &&
                      bare.find('@', at + 1) == std::string_view::npos &&
                      bare.size() <= kMailBytesMax &&
                      std::ranges::none_of(bare, [](char c) { return c == ' ' || is_control(c); });
    if (!good) {
        return fail(ErrorCode::kInvalid,
                    "that is no mail address; write it as in name@example.com");
    }
    std::string out(bare);
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

Result<std::string> tidy_words(std::string_view words, std::string_view what,
                               std::size_t bytes_max) {
    const std::string_view bare = without_blanks(words);
    if (bare.empty()) return fail(ErrorCode::kInvalid, "the " + std::string(what) + " is empty");
    if (bare.size() > bytes_max || std::ranges::any_of(bare, is_control)) {
        return fail(ErrorCode::kInvalid, "the " + std::string(what) + " takes at most " +
                                             std::to_string(bytes_max) +
                                             " bytes on one line; shorten it");
    }
    return std::string(bare);
}

}  // namespace candor::access
