#include "web/console_assets.h"

#include <array>

#include "base/sha256.h"
#include "web/accept.h"
#include "web/embedded_console.h"
#include "web/gzip.h"

namespace candor::web {
namespace {

struct Asset {
    std::string path;
    std::string content_type;
    std::string bytes;
    std::string gzip;
    page::CacheClass cache;
};

std::string hashed_path(std::string_view bytes, std::string_view extension) {
    return "/console/console-" + to_hex(sha256(bytes)).substr(0, 12) + std::string(extension);
}

Asset asset(std::string path, std::string content_type, std::string bytes, page::CacheClass cache) {
    std::string packed = gzip_bytes(bytes);
    return {std::move(path), std::move(content_type), std::move(bytes), std::move(packed), cache};
}

std::string replaced(std::string text, std::string_view what, std::string_view by) {
    const std::size_t at = text.find(what);
    if (at != std::string::npos) text.replace(at, what.size(), by);
    return text;
}

std::array<Asset, 4> make_assets() {
    const std::string style = hashed_path(kEmbeddedStyle, ".css");
    const std::string script = hashed_path(kEmbeddedScript, ".js");
    const std::string index =
        replaced(replaced(std::string(kEmbeddedIndex), "@STYLE@", style), "@SCRIPT@", script);
    using page::CacheClass;
    return {asset("/console/", "text/html; charset=utf-8", index, CacheClass::kNoStore),
            asset(style, "text/css; charset=utf-8", std::string(kEmbeddedStyle),
                  CacheClass::kImmutable),
            asset("/console/icon.svg", "image/svg+xml", std::string(kEmbeddedIcon),
                  CacheClass::kNoStore),
            asset(script, "text/javascript; charset=utf-8", std::string(kEmbeddedScript),
                  CacheClass::kImmutable)};
}

}  // namespace

Answer answer_console(std::string_view path, std::string_view accept_encoding) {
    static const std::array<Asset, 4> kAssets = make_assets();
    Answer answer;
    if (path == "/" || path == "/console") {
        answer.status = 302;
        answer.extra = "Location: /console/\r\n";
        return answer;
    }
    for (const Asset& one : kAssets) {
        if (one.path != path) continue;
        answer.content_type = one.content_type;
        answer.cache = one.cache;
        answer.extra = "Vary: Accept-Encoding\r\n";
        const bool packed = !one.gzip.empty() && accepted_encodings(accept_encoding).gzip;
        if (packed) answer.extra += "Content-Encoding: gzip\r\n";
        answer.body = packed ? one.gzip : one.bytes;
        return answer;
    }
    answer.status = 404;
    answer.body = "There is nothing at this address. The console is at /console/\n";
    return answer;
}

}  // namespace candor::web
