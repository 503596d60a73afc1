// Values of the headers that Candor reads, the JSON of its API, and gzip of what it sends.

#include <zlib.h>

#include "base/check.h"
#include "tests/fuzz/fuzz_input.h"
#include "web/accept.h"
#include "web/api.h"
#include "web/gate.h"
#include "web/gzip.h"
#include "web/page_of.h"

namespace {

std::string inflated(std::string packed, std::size_t size) {
    z_stream stream{};
    CHECK(inflateInit2(&stream, 15 + 16) == Z_OK);
    std::string out(size + 1, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_in = static_cast<uInt>(packed.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    CHECK(inflate(&stream, Z_FINISH) == Z_STREAM_END);
    out.resize(stream.total_out);
    inflateEnd(&stream);
    return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using candor::web::Handler;
    candor::fuzz::Input input(data, size);
    constexpr Handler kHandlers[] = {Handler::kDeclare, Handler::kPostUpdate, Handler::kRetract,
                                     Handler::kAcceptMonitoring};
    const Handler handler = kHandlers[input.number() % 4];
    const std::string_view value = input.line();
    (void)candor::web::accepted_encodings(value);
    (void)candor::web::prefers_openmetrics(value);
    const int quality = candor::web::quality_of(value);
    CHECK(quality >= 0 && quality <= 1000);
    CHECK(!candor::web::matches_etag(value, "\"never sent\"") || value == "*" ||
          value.find("never sent") != std::string_view::npos);
    CHECK(candor::web::session_id(value, false).size() <= value.size());
    const auto page = candor::web::parse_page(value);
    CHECK(!page || (page->limit >= 1 && page->limit <= candor::web::kPageLimitMax));
    const auto key = candor::web::parse_idempotency_key(value);
    CHECK(!key || key->size() <= candor::web::kIdempotencyKeyBytesMax);
    const auto command = candor::web::parse_command(handler, "abc", input.rest());
    CHECK(command || !command.error().message.empty());
    CHECK(inflated(candor::web::gzip_bytes(input.rest()), input.rest().size()) == input.rest());
    return 0;
}
