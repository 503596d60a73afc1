// Bytes → one immutable Resource with its encodings and ETag.
//
// At the flip time counts: brotli 5 and a quick gzip, and gzip alone for big API documents. A
// second pass makes the small ones as small as they get. An encoding that saves nothing is left
// empty.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "page/site.h"

namespace candor::page {

inline constexpr std::size_t kCompressMin = 256;  // smaller bodies are not worth it
// Above this, API documents get no brotli at the flip (their readers are programs with gzip).
inline constexpr std::size_t kFastBrotliApiMax = 32 * 1024;
// Above this, a page gets a lighter brotli at the flip: at 460 KB it takes 5 ms instead of 8, all
// of which a reader waits for, and the second pass makes it small (decision 072).
inline constexpr std::size_t kFastBrotliPageMax = 128 * 1024;
// Below this the second pass leaves a body alone: it travels in one packet anyway, and a thousand
// badges would cost brotli 11 three seconds.
inline constexpr std::size_t kSmallestMin = 1024;
// Above this, the smallest form is brotli 7: 11 takes seconds per megabyte and wins a few percent;
// 9 wins nothing and needs 32 MiB of tables, which would be half of what the whole process uses.
inline constexpr std::size_t kBestBrotliMax = 128 * 1024;

// Encoded fast, on the calling thread.
ResourcePtr make_resource(std::string content_type, CacheClass cache, std::string identity,
                          int status = 200);

// How many of the machine's cores may work at once.
enum class Cores : std::uint8_t {
    kOne,
    kAll,  // readers wait for it
};

// Asked between two pieces of work that take long together: true means to give up.
using Interrupted = std::function<bool()>;

// Gives each its ETag and its fast encodings, the largest first. False when it was interrupted.
bool encode_all(std::vector<std::shared_ptr<Resource>> resources, Cores cores,
                const Interrupted& interrupted = {});

// The same site with every encoding as small as it gets; takes seconds for a big one. Null when
// `cancelled` became true, which is looked at between two resources.
SitePtr smallest(const Site& site, const std::atomic<bool>& cancelled);

}  // namespace candor::page
