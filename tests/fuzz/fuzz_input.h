// Cuts a fuzzer's bytes into what a target needs. Never a parser: every input means something.
//
// Missing bytes read as zero, so that short inputs are as good as long ones. Plain value.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace candor::fuzz {

class Input final {
   public:
    Input(const std::uint8_t* data, std::size_t size)
        : rest_(reinterpret_cast<const char*>(data), size) {}

    // One number from the end, so that the front of a seed file stays what it is.
    std::size_t number() {
        if (rest_.empty()) return 0;
        const auto last = static_cast<unsigned char>(rest_.back());
        rest_.remove_suffix(1);
        return last;
    }
    // Everything up to the next line end, which is dropped.
    std::string_view line() {
        const std::size_t end = std::min(rest_.find('\n'), rest_.size());
        const std::string_view out = rest_.substr(0, end);
        rest_.remove_prefix(std::min(end + 1, rest_.size()));
        return out;
    }
    std::string_view rest() const { return rest_; }

   private:
    std::string_view rest_;
};

}  // namespace candor::fuzz
