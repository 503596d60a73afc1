#include "page/utf8.h"

#include <cstdint>

namespace candor::page {
namespace {

struct Shape {
    std::size_t length = 0;
    std::uint32_t first = 0;     // the lead byte's payload
    std::uint32_t smallest = 0;  // below this the form is overlong
};

Shape shape_of(unsigned char lead) {
    if (lead < 0x80) return {1, lead, 0};
    if (lead >= 0xC2 && lead < 0xE0) return {2, lead & 0x1FU, 0x80};
    if (lead >= 0xE0 && lead < 0xF0) return {3, lead & 0x0FU, 0x800};
    if (lead >= 0xF0 && lead < 0xF5) return {4, lead & 0x07U, 0x10000};
    return {};
}

}  // namespace

std::size_t utf8_length(std::string_view text) {
    const Shape shape = shape_of(static_cast<unsigned char>(text[0]));
    if (shape.length == 0 || text.size() < shape.length) return 0;
    std::uint32_t code = shape.first;
    for (std::size_t i = 1; i < shape.length; ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if ((c & 0xC0U) != 0x80) return 0;
        code = code << 6U | (c & 0x3FU);
    }
    const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
    if (code < shape.smallest || code > 0x10FFFF || surrogate) return 0;
    return code == 0xFFFE || code == 0xFFFF ? 0 : shape.length;
}

}  // namespace candor::page
