#include "page/compress.h"

#include <brotli/encode.h>
#include <zlib.h>

#include <algorithm>
#include <atomic>
#include <bit>
#include <functional>
#include <thread>
#include <utility>

#include "base/check.h"
#include "base/sha256.h"

namespace candor::page {
namespace {

// Less than this is done before another thread has started.
constexpr std::size_t kOneThreadBytesMax = 64 * 1024;
constexpr unsigned kThreadsMax = 4;
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

// Just large enough for all of `bytes`: the encoder's tables grow with it (32 MiB at 22).
int brotli_window(std::size_t bytes) {
    return std::clamp(static_cast<int>(std::bit_width(bytes)), BROTLI_MIN_WINDOW_BITS,
                      BROTLI_DEFAULT_WINDOW);
}

std::string brotli(std::string_view bytes, int quality) {
    std::size_t size = BrotliEncoderMaxCompressedSize(bytes.size());
    std::string out(size, '\0');
    const bool done =
        BrotliEncoderCompress(quality, brotli_window(bytes.size()), BROTLI_MODE_TEXT, bytes.size(),
                              reinterpret_cast<const std::uint8_t*>(bytes.data()), &size,
                              reinterpret_cast<std::uint8_t*>(out.data())) == BROTLI_TRUE;
    CHECK(done);
    out.resize(size);
    return out;
}

struct Levels {
    int gzip;
    int brotli;  // 0: none
};

int fast_brotli(const Resource& resource) {
    const std::size_t size = resource.identity.size();
    if (resource.cache == CacheClass::kApi && size > kFastBrotliApiMax) return 0;
    return size > kFastBrotliPageMax ? 3 : 5;
}

Levels fast_levels(const Resource& resource) {
    return {resource.identity.size() > kFastBrotliApiMax ? 1 : 6, fast_brotli(resource)};
}

Levels smallest_levels(const Resource& resource) {
    return {9, resource.identity.size() > kBestBrotliMax ? 7 : 11};
}

std::string etag_of(const Resource& resource) {
    return '"' + to_hex(sha256(resource.identity)).substr(0, 24) + '"';
}

// "" when it would save nothing.
void keep_if_smaller(std::string& kept, std::string encoded, const Resource& resource) {
    kept = encoded.size() < resource.identity.size() ? std::move(encoded) : std::string();
}

void encode_gzip(Resource& resource, Levels levels) {
    if (resource.identity.size() < kCompressMin) return;
    keep_if_smaller(resource.gzip, gzip(resource.identity, levels.gzip), resource);
}

void encode_brotli(Resource& resource, Levels levels) {
    if (resource.identity.size() < kCompressMin || levels.brotli == 0) return;
    keep_if_smaller(resource.brotli, brotli(resource.identity, levels.brotli), resource);
}

ResourcePtr smallest_of(const ResourcePtr& resource) {
    if (resource == nullptr || resource->is_smallest) return resource;
    if (resource->identity.size() < kSmallestMin) return resource;
    auto copy = std::make_shared<Resource>(*resource);
    encode_gzip(*copy, smallest_levels(*copy));
    encode_brotli(*copy, smallest_levels(*copy));
    copy->is_smallest = true;
    return copy;
}

}  // namespace

ResourcePtr make_resource(std::string content_type, CacheClass cache, std::string identity,
                          int status) {
    auto resource = std::make_shared<Resource>();
    resource->content_type = std::move(content_type);
    resource->cache = cache;
    resource->identity = std::move(identity);
    resource->status = status;
    resource->etag = etag_of(*resource);
    encode_gzip(*resource, fast_levels(*resource));
    encode_brotli(*resource, fast_levels(*resource));
    return resource;
}

bool encode_all(std::vector<std::shared_ptr<Resource>> resources, Cores cores,
                const Interrupted& interrupted) {
    std::size_t bytes = 0;
    for (const auto& resource : resources) bytes += resource->identity.size();
    std::ranges::sort(resources, std::greater(), [](const auto& r) { return r->identity.size(); });
    // Twice as many pieces of work as resources: a page that is alone still keeps two cores busy.
    std::atomic<std::size_t> next = 0;
    std::atomic<bool> given_up = false;
    const auto encode_some = [&] {
        for (std::size_t i = next++; i < 2 * resources.size(); i = next++) {
            if (interrupted && interrupted()) given_up = true;
            if (given_up) return;
            Resource& resource = *resources[i / 2];
            if (i % 2 == 0) {
                encode_brotli(resource, fast_levels(resource));
            } else {
                resource.etag = etag_of(resource);
                encode_gzip(resource, fast_levels(resource));
            }
        }
    };
    std::vector<std::jthread> others;
    if (cores == Cores::kAll && bytes > kOneThreadBytesMax) {
        const unsigned all = std::clamp(std::thread::hardware_concurrency(), 1U, kThreadsMax);
        for (unsigned i = 1; i < all; ++i) others.emplace_back(encode_some);
    }
    encode_some();
    others.clear();  // joins them
    return !given_up;
}

SitePtr smallest(const Site& site, const std::atomic<bool>& cancelled) {
    auto out = std::make_shared<Site>(site);
    site.resources.for_each([&](const std::string& path, const ResourcePtr& resource) {
        if (!cancelled) out->resources.set(path, smallest_of(resource));
    });
    if (cancelled) return nullptr;
    out->resources.settle();
    out->not_found = smallest_of(out->not_found);
    out->unavailable = smallest_of(out->unavailable);
    return out;
}

}  // namespace candor::page
