// Cron schedules in zones: what parses comes due, always later, and on its minute.

#include "base/check.h"
#include "engine/cron.h"
#include "tests/fuzz/fuzz_input.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace candor;
    constexpr std::string_view kZones[] = {"Etc/UTC", "America/Toronto", "Europe/Berlin",
                                           "Australia/Lord_Howe", "Asia/Kathmandu"};
    fuzz::Input input(data, size);
    const std::size_t zone = input.number() % std::size(kZones);
    // A start somewhere within 1970 .. 2105.
    const std::size_t high = input.number();
    const auto day = static_cast<std::int64_t>(high * 256 + input.number()) * 3 / 4;
    const auto schedule = engine::CronSchedule::parse(input.rest(), kZones[zone]);
    if (!schedule) {
        CHECK(!schedule.error().message.empty());
        return 0;
    }
    Timestamp at{day * days(1).ms};
    for (int i = 0; i < 5; ++i) {
        const auto next = schedule->next_after(at);
        if (!next) return 0;
        CHECK(*next > at);
        CHECK(next->ms % minutes(1).ms == 0);
        at = *next;
    }
    return 0;
}
