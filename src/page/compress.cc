#include "page/compress.h"

#include <brotli/encode.h>
#include <zlib.h>

#include <utility>

#include "base/check.h"
#include "base/sha256.h"

namespace candor::page {
namespace {

constexpr int kGzipWindowBits = 15 + 16;  // zlib: +16 writes a gzip header

std::string gzip(std::string_view bytes, int level) {
    z_stream stream{};
    CHECK(deflateInit2(&stream, level, Z_DEFLATED, kGzipWindowBits, 8, Z_DEFAULT_STRATEGY) == Z_OK);
    std::string out(deflateBound(&stream, bytes.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    CHECK(deflate(&stream, Z_FINISH) == Z_STREAM_END);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

std::string brotli(std::string_view bytes, int quality) {
    std::size_t size = BrotliEncoderMaxCompressedSize(bytes.size());
    std::string out(size, '\0');
    const bool done =
        BrotliEncoderCompress(quality, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_TEXT, bytes.size(),
                              reinterpret_cast<const std::uint8_t*>(bytes.data()), &size,
                              reinterpret_cast<std::uint8_t*>(out.data())) == BROTLI_TRUE;
    CHECK(done);
    out.resize(size);
    return out;
}

// 0: none.
int brotli_quality(const Resource& resource, Compression level) {
    const std::size_t size = resource.identity.size();
    if (level == Compression::kBest) return size > kBestBrotliMax ? 9 : 11;
    const bool api = resource.cache == CacheClass::kApi;
    return api && size > kFastBrotliApiMax ? 0 : 5;
}

int gzip_level(const Resource& resource, Compression level) {
    if (level == Compression::kBest) return 9;
    return resource.identity.size() > kFastBrotliApiMax ? 1 : 6;
}

void encode(Resource& resource, Compression level) {
    resource.gzip.clear();
    resource.brotli.clear();
    const std::string_view bytes = resource.identity;
    if (bytes.size() < kCompressMin) return;
    resource.gzip = gzip(bytes, gzip_level(resource, level));
    if (const int quality = brotli_quality(resource, level); quality > 0) {
        resource.brotli = brotli(bytes, quality);
    }
    if (resource.gzip.size() >= bytes.size()) resource.gzip.clear();
    if (resource.brotli.size() >= bytes.size()) resource.brotli.clear();
}

}  // namespace

ResourcePtr make_resource(std::string content_type, CacheClass cache, std::string identity,
                          Compression level, int status) {
    auto resource = std::make_shared<Resource>();
    resource->content_type = std::move(content_type);
    resource->cache = cache;
    resource->identity = std::move(identity);
    resource->status = status;
    resource->etag = '"' + to_hex(sha256(resource->identity)).substr(0, 24) + '"';
    encode(*resource, level);
    return resource;
}

ResourcePtr recompress(const Resource& resource, Compression level) {
    auto copy = std::make_shared<Resource>(resource);
    encode(*copy, level);
    return copy;
}

}  // namespace candor::page
