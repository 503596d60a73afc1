#include "web/no_document.h"

namespace candor::web {
namespace {

// shields.io's endpoint format, which takes no key that it does not know.
constexpr std::string_view kUnknownBadge =
    "{\"schemaVersion\":1,\"label\":\"status\",\"message\":\"unknown\",\"color\":\"lightgrey\","
    "\"isError\":true}\n";

constexpr std::string_view kUnknownSvg =
    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"102\" height=\"20\" role=\"img\" "
    "aria-label=\"status: unknown\"><title>status: unknown</title>"
    "<rect width=\"102\" height=\"20\" rx=\"3\" fill=\"#555\"/>"
    "<g fill=\"#fff\" font-family=\"Verdana,Geneva,DejaVu Sans,sans-serif\" font-size=\"11\">"
    "<text x=\"6\" y=\"14\">status</text><text x=\"49\" y=\"14\">unknown</text></g></svg>\n";

Answer missing(std::string_view content_type, std::string_view body) {
    Answer answer;
    answer.status = 404;
    answer.content_type = content_type;
    answer.body = body;
    answer.extra = "Access-Control-Allow-Origin: *\r\n";
    return answer;
}

}  // namespace

std::optional<Answer> no_such_document(std::string_view path) {
    constexpr std::string_view kJson = "application/json; charset=utf-8";
    if (path.starts_with("/api/v2/")) return missing(kJson, "{\"error\":\"not found\"}\n");
    if (path.starts_with("/api/v1/")) {
        return problem(404, reason_phrase(404), "there is nothing at this address");
    }
    if (!path.starts_with("/badge/")) return std::nullopt;
    if (path.ends_with(".json")) return missing(kJson, kUnknownBadge);
    return missing("image/svg+xml", kUnknownSvg);
}

}  // namespace candor::web
