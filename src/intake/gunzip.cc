#include "intake/gunzip.h"

#include <zlib.h>

#include <algorithm>

namespace candor::intake {
namespace {

constexpr int kGzipOnly = 15 + 16;  // the largest window; no zlib or raw streams
constexpr std::size_t kStepBytes = 256 * 1024;

// Ends the stream on every way out.
struct Inflater {
    z_stream stream{};
    bool good = inflateInit2(&stream, kGzipOnly) == Z_OK;

    Inflater() = default;
    Inflater(const Inflater&) = delete;
    Inflater& operator=(const Inflater&) = delete;
    ~Inflater() { inflateEnd(&stream); }
};

Result<std::string> refused(std::string_view why) {
    return fail(ErrorCode::kInvalid, "the body is not whole gzip: " + std::string(why));
}

Result<std::string> too_large(std::size_t bytes_max) {
    return fail(ErrorCode::kTooLarge, "the body inflates to more than " +
                                          std::to_string(bytes_max) + " bytes: send it in parts");
}

}  // namespace

Result<std::string> gunzip(std::string_view packed, std::size_t bytes_max) {
    Inflater inflater;
    if (!inflater.good) return fail(ErrorCode::kInternal, "zlib refused to start");
    z_stream& z = inflater.stream;
    // zlib reads through this pointer and never writes.
    z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
    z.avail_in = static_cast<uInt>(packed.size());
    std::string out;
    std::size_t size = 0;
    while (true) {
        if (size > bytes_max) return too_large(bytes_max);
        // One byte more than allowed tells a body that fits from one that does not.
        const std::size_t step = std::min(kStepBytes, bytes_max + 1 - size);
        out.resize(std::max(out.size(), size + step));
        z.next_out = reinterpret_cast<Bytef*>(out.data() + size);
        z.avail_out = static_cast<uInt>(step);
        const int state = inflate(&z, Z_NO_FLUSH);
        size += step - z.avail_out;
        if (state == Z_STREAM_END) {
            if (z.avail_in == 0) break;
            if (inflateReset(&z) != Z_OK) return refused("it is damaged");
        } else if (state == Z_BUF_ERROR || (state == Z_OK && z.avail_in == 0 && z.avail_out > 0)) {
            return refused("its end is missing");
        } else if (state != Z_OK) {
            return refused(z.msg != nullptr ? z.msg : "it is damaged");
        }
    }
    if (size > bytes_max) return too_large(bytes_max);
    out.resize(size);
    return out;
}

}  // namespace candor::intake
