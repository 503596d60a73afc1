#include "base/codec.h"

namespace candor {

void codec::put_varint(std::string& out, std::uint64_t value) {
    while (value >= 0x80) {
        out += static_cast<char>((value & 0x7f) | 0x80);
        value >>= 7;
    }
    out += static_cast<char>(value);
}

std::uint64_t Decoder::varint() {
    std::uint64_t value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
        if (rest_.empty()) break;
        const auto byte = static_cast<std::uint8_t>(rest_.front());
        rest_.remove_prefix(1);
        if (shift == 63 && byte > 1) break;  // more than 64 bits
        value |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
        if ((byte & 0x80) == 0) return value;
    }
    bad_ = true;
    return 0;
}

std::string Decoder::text() {
    const std::uint64_t size = varint();
    if (bad_ || size > rest_.size()) {
        bad_ = true;
        return {};
    }
    std::string out(rest_.substr(0, size));
    rest_.remove_prefix(size);
    return out;
}

std::uint64_t Decoder::count() {
    const std::uint64_t n = varint();
    if (n > rest_.size()) bad_ = true;
    return bad_ ? 0 : n;
}

void Printer::put_text(std::string_view text) {
    out_ += '"';
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            out_ += '\\';
            out_ += c;
        } else if (c == '\n') {
            out_ += "\\n";
        } else {
            out_ += c;
        }
    }
    out_ += '"';
}

}  // namespace candor
