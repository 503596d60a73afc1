// Recurrence rules in zones: what parses happens, later and later, and never overlaps.

#include "base/check.h"
#include "engine/recurrence.h"
#include "tests/fuzz/fuzz_input.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace candor;
    constexpr std::string_view kZones[] = {"Etc/UTC", "America/Toronto", "Europe/Berlin",
                                           "Australia/Lord_Howe", "Asia/Kathmandu"};
    fuzz::Input input(data, size);
    engine::RecurrenceSpec spec;
    spec.time_zone = kZones[input.number() % std::size(kZones)];
    spec.duration = minutes(1 + static_cast<std::int64_t>(input.number()) * 10);
    spec.start = input.line();
    spec.repeat = input.rest();
    const auto recurrence = engine::Recurrence::parse(spec);
    if (!recurrence) {
        CHECK(!recurrence.error().message.empty());
        return 0;
    }
    const auto first = recurrence->next(Timestamp{});
    CHECK(first.has_value());
    const auto some = recurrence->between(Timestamp{}, first->start + days(400));
    CHECK(!some.empty() && some.front() == *first);
    for (std::size_t i = 0; i < some.size(); ++i) {
        CHECK(some[i].end - some[i].start == spec.duration);
        CHECK(i == 0 || some[i].start >= some[i - 1].end);
    }
    return 0;
}
