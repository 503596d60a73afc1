// The last Site as one file, so that a restarting server answers before its journal is open.
//
// A cache, never a source of truth: a missing, torn or foreign file is an error that the caller
// logs and forgets. Written to a temporary name, synced, then renamed: a crash leaves the old file
// or the new one. What is served from it shows its age by its own as-of (docs/page.md).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"
#include "page/site.h"

namespace candor::page {

// What a file starts with; the digest of the rest follows (site_file.cc).
inline constexpr std::string_view kSiteFileMagic = "candor-site-1\n";
// A larger file is neither written nor read.
inline constexpr std::size_t kSiteFileBytesMax = 64 * 1024 * 1024;

// Returns after the file and its folder are synced.
Result<void> save_site(const Site& site, const std::string& path);

// kNotFound when there is no file; kCorrupt when its checksum or shape is wrong.
Result<SitePtr> load_site(const std::string& path);

}  // namespace candor::page
