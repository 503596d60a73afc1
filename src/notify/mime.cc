#include "notify/mime.h"

#include <sodium.h>

#include <algorithm>

#include "base/sha256.h"
#include "notify/words.h"
#include "page/utf8.h"

namespace candor::notify {
namespace {

constexpr std::size_t kLineMax = 76;
// An encoded word has at most 75 characters (RFC 2047 §2): 12 of frame and 60 of base64.
constexpr std::size_t kEncodedWordBytes = 45;
constexpr std::size_t kHeaderTextMax = 400;

std::string base64(std::string_view bytes) {
    std::string out(sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
    sodium_bin2base64(out.data(), out.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                      bytes.size(), sodium_base64_VARIANT_ORIGINAL);
    out.resize(out.find('\0'));
    return out;
}

bool is_plain(std::string_view text) {
    // What looks like an encoded word would be decoded as one.
    return text.find("=?") == std::string_view::npos &&
           std::ranges::all_of(text, [](char c) { return c >= 0x20 && c < 0x7F; });
}

std::string encoded_words(std::string_view text, std::string_view separator) {
    std::string out;
    while (!text.empty()) {
        std::size_t size = 0;
        while (size < text.size()) {
            const std::size_t next = std::max<std::size_t>(page::utf8_length(text.substr(size)), 1);
            if (size + next > kEncodedWordBytes) break;
            size += next;
        }
        if (!out.empty()) out += separator;
        out += "=?UTF-8?B?" + base64(text.substr(0, size)) + "?=";
        text.remove_prefix(size);
    }
    return out;
}

// Breaks before words, so that lines stay short where the text lets them.
std::string folded(std::string line) {
    std::string out;
    while (line.size() > kLineMax) {
        const std::size_t at = line.rfind(' ', kLineMax);
        if (at == std::string::npos || at <= 1) break;
        out += line.substr(0, at) + "\r\n";
        line.erase(0, at);
    }
    return out + line;
}

void append_hex(std::string& out, char c) {
    constexpr std::string_view kHex = "0123456789ABCDEF";
    const auto byte = static_cast<unsigned char>(c);
    out += '=';
    out += kHex[byte >> 4];
    out += kHex[byte & 15];
}

std::string quoted_line(std::string_view line) {
    std::string out;
    std::size_t start = 0;  // of the line of output
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        const bool first = out.size() == start;
        const bool last = i + 1 == line.size();
        const bool awkward = first && (c == '.' || line.substr(i).starts_with("From "));
        const bool literal = c > 0x20 && c < 0x7F && c != '=' && !awkward;
        const bool space = c == ' ' && !last;
        if (out.size() - start + (literal || space ? 1 : 3) > kLineMax - 1) {
            out += "=\r\n";
            start = out.size();
            --i;
            continue;
        }
        if (literal || space) {
            out += c;
        } else {
            append_hex(out, c);
        }
    }
    return out + "\r\n";
}

}  // namespace

std::string unstructured_header(std::string_view name, std::string_view text) {
    const std::string clean = bounded_line(text, kHeaderTextMax);
    const std::string start = std::string(name) + ": ";
    // A word that no space breaks would make the line too long.
    const bool plain = is_plain(clean) && clean.size() + start.size() <= 900;
    if (plain) return folded(start + clean) + "\r\n";
    return std::string(name) + ":\r\n " + encoded_words(clean, "\r\n ") + "\r\n";
}

std::string mailbox(std::string_view display_name, std::string_view address) {
    std::string name = bounded_line(display_name, 120);
    if (name.empty()) return "<" + std::string(address) + ">";
    if (!is_plain(name))
        return encoded_words(name, "\r\n ") + "\r\n <" + std::string(address) + ">";
    std::string quoted = "\"";
    for (const char c : name) {
        if (c == '"' || c == '\\') quoted += '\\';
        quoted += c;
    }
    return quoted + "\" <" + std::string(address) + ">";
}

std::string quoted_printable(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        if (line.ends_with('\r')) line.remove_suffix(1);
        out += quoted_line(line);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

std::string multipart_alternative(const AlternativeParts& parts) {
    // Quoted-printable encodes "=", so that a line "--=_…" cannot stand in a part.
    const std::string boundary =
        "=_candor_" + to_hex(sha256(parts.text + '\n' + parts.html)).substr(0, 24);
    const auto part = [&](std::string_view type, std::string_view text) {
        return "--" + boundary + "\r\nContent-Type: " + std::string(type) +
               "; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" +
               quoted_printable(text);
    };
    return "MIME-Version: 1.0\r\nContent-Type: multipart/alternative;\r\n boundary=\"" + boundary +
           "\"\r\n\r\n" + part("text/plain", parts.text) + part("text/html", parts.html) + "--" +
           boundary + "--\r\n";
}

}  // namespace candor::notify
