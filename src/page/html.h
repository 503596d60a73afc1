// Html: bytes of markup that can only be made from literals, other Html and escaped text.
//
// There is no way to append an unescaped std::string, so a forgotten escape does not compile. The
// same type serves XML (feeds, SVG): what it escapes is valid in both, and characters that XML 1.0
// forbids or bytes that are not UTF-8 become U+FFFD. Plain value; no locale, no allocation tricks.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace candor::page {

// Markup as written in the source: only the literal operator can make one.
class Markup {
   public:
    std::string_view bytes() const { return bytes_; }

   private:
    consteval Markup(const char* data, std::size_t size) : bytes_(data, size) {}
    friend consteval Markup operator""_html(const char* data, std::size_t size);

    std::string_view bytes_;
};

consteval Markup operator""_html(const char* data, std::size_t size) {
    return {data, size};
}

// Appends `text` with & < > " ' escaped and what cannot stand in XML replaced.
void append_escaped(std::string& out, std::string_view text);

class Html {
   public:
    Html() = default;
    explicit Html(Markup markup) : bytes_(markup.bytes()) {}

    template <class... Parts>
    Html& add(const Parts&... parts) {
        (put(parts), ...);
        return *this;
    }
    void reserve(std::size_t bytes) { bytes_.reserve(bytes); }

    bool empty() const { return bytes_.empty(); }
    const std::string& bytes() const { return bytes_; }
    std::string take() && { return std::move(bytes_); }

    friend bool operator==(const Html&, const Html&) = default;

   private:
    void put(Markup markup) { bytes_ += markup.bytes(); }
    void put(const Html& html) { bytes_ += html.bytes_; }
    void put(const std::string& text) { append_escaped(bytes_, text); }
    void put(std::string_view text) { append_escaped(bytes_, text); }
    template <std::integral Integer>
    void put(Integer number) {
        bytes_ += std::to_string(number);
    }
    void put(const char*) = delete;  // write "…"_html for markup, or a std::string_view for text
    void put(bool) = delete;

    std::string bytes_;
};

template <class... Parts>
Html html(const Parts&... parts) {
    Html out;
    out.add(parts...);
    return out;
}

}  // namespace candor::page
