// One body, sized or in chunks: never more than the limit, never more kept than allowed, and the
// same outcome for every way to split it.

#include "base/check.h"
#include "tests/fuzz/fuzz_input.h"
#include "web/body_decoder.h"

namespace {

struct Outcome {
    candor::web::ParseState state = candor::web::ParseState::kNeedMore;
    std::string body;
    std::size_t used = 0;

    friend bool operator==(const Outcome&, const Outcome&) = default;
};

Outcome decode(const candor::web::RequestHead& head, std::string_view bytes, std::size_t step,
               candor::web::BodyBounds bounds) {
    candor::web::BodyDecoder decoder(head, bounds);
    Outcome out;
    for (std::size_t at = 0; out.state == candor::web::ParseState::kNeedMore; at += step) {
        if (at >= bytes.size() && at > 0) break;
        std::string_view piece = bytes.substr(std::min(at, bytes.size()), step);
        const std::size_t before = piece.size();
        out.state = decoder.feed(piece);
        out.used += before - piece.size();
    }
    CHECK(decoder.received() <= bounds.limit);
    CHECK(decoder.body().size() <= bounds.keep);
    out.body = decoder.body();
    return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    candor::fuzz::Input input(data, size);
    const std::size_t step = 1 + input.number();
    const std::size_t kind = input.number();
    candor::web::RequestHead head;
    head.chunked = kind % 2 == 0;
    head.has_length = !head.chunked;
    head.content_length = head.chunked ? 0 : kind;
    const candor::web::BodyBounds bounds{.limit = 200, .keep = kind % 3 == 0 ? 200U : 17U};
    const Outcome whole = decode(head, input.rest(), input.rest().size() + 1, bounds);
    const Outcome split = decode(head, input.rest(), step, bounds);
    CHECK(whole.state == split.state);
    if (whole.state == candor::web::ParseState::kDone) CHECK(whole == split);
    return 0;
}
