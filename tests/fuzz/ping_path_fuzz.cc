// Heartbeat URLs: only an address of the directory is ever accepted, and what is accepted is whole.

#include "base/check.h"
#include "intake/ping_path.h"
#include "tests/fuzz/fuzz_input.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace candor;
    static const intake::PingDirectory kDirectory{
        .addresses = {{.uuid = "5bf66975-d4c7-4bf5-bcc8-b8d8a82ea278",
                       .key = "k-e-y",
                       .slug = "nightly",
                       .check = CheckId{"nightly"}},
                      {.uuid = "5bf66975-d4c7-4bf5-bcc8-b8d8a82ea279",
                       .key = "k-e-y",
                       .slug = "weekly",
                       .check = CheckId{"weekly"}}}};
    fuzz::Input input(data, size);
    const bool bare = input.number() % 2 == 0;
    const std::string_view path = input.line();
    const intake::PingRequest request = intake::parse_ping(kDirectory, path, input.rest(), bare);
    const int status = intake::ping_status(request.outcome);
    CHECK((status == 200) == (request.outcome == intake::PingOutcome::kAccepted));
    CHECK(!intake::ping_body(request.outcome).empty());
    if (status != 200) return 0;
    CHECK(request.ping.check == CheckId{"nightly"} || request.ping.check == CheckId{"weekly"});
    CHECK(request.ping.exit_code >= 0 && request.ping.exit_code <= 255);
    CHECK(request.ping.run_id.empty() || request.ping.run_id.size() == 36);
    CHECK(path.find("nightly") != path.npos || path.find("weekly") != path.npos ||
          path.find("5bf66975-d4c7-4bf5-bcc8-b8d8a82ea27") != path.npos);
    return 0;
}
