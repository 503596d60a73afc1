// Bytes → one immutable Resource with its encodings and ETag.
//
// At the flip time counts: brotli 5 and a quick gzip, and gzip alone for big API documents. A
// second pass makes the small ones as small as they get. An encoding that saves nothing is left
// empty.
#pragma once

#include <cstdint>
#include <string>

#include "page/site.h"

namespace candor::page {

enum class Compression : std::uint8_t {
    kFast,  // at the flip: within the 50 ms budget at 1,000 components
    kBest,  // later: brotli 11
};

inline constexpr std::size_t kCompressMin = 256;  // smaller bodies are not worth it
// Above this, API documents get no brotli at the flip (their readers are programs with gzip).
inline constexpr std::size_t kFastBrotliApiMax = 32 * 1024;
// Above this, kBest uses quality 9: 11 takes seconds per megabyte and wins a few percent.
inline constexpr std::size_t kBestBrotliMax = 128 * 1024;

ResourcePtr make_resource(std::string content_type, CacheClass cache, std::string identity,
                          Compression level, int status = 200);

// The same bytes at another level; shares nothing, keeps the ETag.
ResourcePtr recompress(const Resource& resource, Compression level);

}  // namespace candor::page
