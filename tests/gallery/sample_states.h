// Invented states of a status page for tests, benchmarks and pictures: each is what core::apply
// would have built, written down by hand. Deterministic; every time is relative to kNow.
// 
// Not a scenario: nothing here goes through core::decide.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "base/time.h"
#include "core/state.h"
#include "view/build_public_view.h"

namespace candor::gallery {

// 2026-04-04T21:02:14Z.
inline constexpr Timestamp kNow{1'775'336'534'000};

struct Sample {
    std::string name;
    core::State state;
    std::map<SealedText, std::string> texts;

    view::ViewOptions options() const;
    view::PublicView view() const;
};

// Builds a State step by step.
class Builder {
   public:
    explicit Builder(std::string name);

    Builder& page(std::string name, std::string url);
    Builder& group(std::string id, std::string name, std::string parent = "");
    // Operational since 100 days ago.
    Builder& component(std::string id, std::string name, std::string group = "");
    Builder& status(const std::string& id, ComponentStatus status, StatusCause cause,
                    Timestamp since, Evidence evidence = {});
    // A past trouble in the component's timeline.
    Builder& past(const std::string& id, ComponentStatus status, Duration before_now,
                  Duration length);
    Builder& incident(std::string id, std::string title, Timestamp opened,
                      const std::vector<std::string>& components, ComponentStatus worst);
    // Of the newest incident.
    Builder& machine_post(Timestamp at, IncidentPhase phase, std::string text);
    Builder& human_post(Timestamp at, IncidentPhase phase, std::string text);
    Builder& recovered(Timestamp at, Timestamp resolve_due);
    Builder& resolved(Timestamp at);
    Builder& edit_incident(void (*change)(core::IncidentState&));

    core::State& state() { return sample_.state; }
    Sample take() { return std::move(sample_); }

   private:
    core::Shared<core::IncidentState>& newest();

    Sample sample_;
    int updates_ = 0;
};

Sample empty_page();
Sample green();
Sample red();         // one open machine incident
Sample several();     // several open, one explained and overdue
Sample recovering();  // everything operational, incident still open
Sample blind();
Sample unmeasured();  // silent, changed, never measured, held: every wording at once
Sample long_names();
Sample resolved();  // a closed incident with human posts; everything green
Sample many(std::size_t components);

// All of the above, many(1000) included.
std::vector<Sample> all_samples();

std::vector<view::LatencyPoint> sample_latency(Timestamp from, Duration step, std::size_t n);

}  // namespace candor::gallery
