#include "app/doctor.h"

#include "app/system_clock.h"

namespace candor::app {

std::string_view name_of(Grade grade) {
    switch (grade) {
        case Grade::kOk: return "ok";
        case Grade::kWarn: return "warn";
        case Grade::kFail: return "fail";
    }
    return "fail";
}

Findings examine(const Config& config) {
    Findings all;
    const auto add = [&](Findings some) {
        for (Finding& one : some) all.push_back(std::move(one));
    };
    add(examine_listeners(config));
    add(examine_certificates(config, SystemClock().now().wall));
    add(examine_storage(config));
    add(examine_names(config));
    add(examine_anchors(config));
    add(examine_sight(config));
    add(examine_pings(config));
    add(examine_commands(config));
    add(examine_descriptors());
    add(examine_clock(config));
    return all;
}

}  // namespace candor::app
