// The pure core under random verdicts, people and configurations: after every decision the rules
// that always hold are checked (always.h), and requests that are refused change nothing.
//
// The engine with crashes and faults is the simulator's business; this finds what no scenario says.
#include <gtest/gtest.h>

#include <random>
#include <string>

#include "tests/scenarios/always.h"
#include "tests/world/decisions.h"
#include "view/build_public_view.h"

namespace candor::scenarios {
namespace {

constexpr int kSeeds = 300;
constexpr int kStepsEach = 250;

class Acts {
   public:
    explicit Acts(unsigned seed) : random_(seed), core_({"a", "b", "c", "e"}) {
        core_.topology.groups = {{GroupId{"g"}, "G", {}}};
        core_.find("a").group = core_.find("b").group = GroupId{"g"};
        core_.find("c").depends_on = {ComponentId{"a"}};
        core_.add_check("a/2", "a", ComponentStatus::kDegradedPerformance);
        core_.add_check("b/2", "b", ComponentStatus::kPartialOutage);
        core_.load();
    }

    // Does one random thing and says which.
    std::string act() {
        core_.pass(milliseconds(pick(4) == 0 ? pick(1'000'000) : pick(20'000)));
        const auto deadline = core::next_deadline(core_.state);
        if (deadline && *deadline <= core_.now) {
            core_.now = std::max(core_.now, *deadline);
            core_.timer();
            return "timer";
        }
        switch (pick(11)) {
            case 0: return declare();
            case 1: return post();
            case 2: return retract();
            case 3: return accept();
            case 4: return configure();
            case 5: return act_on_record();
            default: return verdict();
        }
    }

    const world::Decisions& core() const { return core_; }

   private:
    std::int64_t pick(std::int64_t n) {
        return static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(n));
    }
    ComponentId component() { return ComponentId{std::string(1, "abce"[pick(4)])}; }
    CheckId check() { return CheckId{component().value + (pick(2) == 0 ? "/1" : "/2")}; }
    ComponentStatus status() { return static_cast<ComponentStatus>(pick(6)); }

    std::string verdict() {
        VerdictChange v;
        v.check = check();
        v.verdict = static_cast<Verdict>(pick(6));
        if (v.verdict == Verdict::kSuspect) v.verdict = Verdict::kPass;
        v.since = core_.now - milliseconds(pick(30'000));
        if (v.verdict == Verdict::kFail && pick(4) == 0) {
            v.scope.customer = CustomerId{pick(2) == 0 ? "acme" : "umbrella"};
        }
        core_.must(input::VerdictsChanged{{v}});
        return "verdict " + v.check.value + " " + std::string(name_of(v.verdict)) +
               (v.scope.is_all() ? "" : " of " + v.scope.customer.value);
    }

    // A refused request leaves the state as it was.
    std::string ask(const std::string& what, InputKind input) {
        const std::string before = core::state_hash(core_.state);
        if (core_.decide(std::move(input))) return what;
        EXPECT_EQ(core::state_hash(core_.state), before) << what;
        return what + " (refused)";
    }

    std::string declare() {
        const ComponentChange change{component(), status()};
        return ask("declare " + change.component.value + " " + std::string(name_of(change.status)),
                   input::IncidentDeclared{
                       SealedText{"t"}, SealedText{"x"}, {change}, person_, pick(4) == 0});
    }

    IncidentId incident() {
        if (core_.incidents() == 0) return IncidentId{"none"};
        const auto newest = static_cast<std::int64_t>(core_.incidents()) - 1;
        return core_
            .incident(
                static_cast<std::size_t>(newest - pick(std::min<std::int64_t>(3, newest + 1))))
            .id;
    }

    std::string post() {
        input::UpdatePosted in{incident(), {}, SealedText{"x"}, {}, person_};
        std::string what = "post " + in.incident.value;
        if (pick(2) == 0) {
            in.phase = static_cast<IncidentPhase>(pick(5));
            what += " " + std::string(name_of(*in.phase));
        }
        if (pick(3) == 0) {
            in.components.push_back({component(), status()});
            what += " with " + in.components[0].component.value + " " +
                    std::string(name_of(in.components[0].status));
        }
        return ask(what, std::move(in));
    }

    std::string retract() {
        const IncidentId id = incident();
        return ask("retract " + id.value,
                   input::IncidentRetractRequested{id, SealedText{"x"}, person_});
    }

    std::string act_on_record() {
        const IncidentId id = incident();
        switch (pick(4)) {
            case 0: return ask("drill " + id.value, input::DrillMarked{id, person_});
            case 1: {
                const IncidentId into = incident();
                return ask("merge " + id.value + " into " + into.value,
                           input::IncidentsMerged{id, into, person_});
            }
            case 2: {
                const ComponentId part = component();
                return ask(
                    "split " + part.value + " off " + id.value,
                    input::ComponentSplitOff{id, part, SealedText{"t"}, SealedText{"x"}, person_});
            }
            default:
                return ask("start of " + id.value,
                           input::StartMoved{id, core_.now - minutes(pick(90)), person_});
        }
    }

    std::string accept() {
        const ComponentId id = component();
        return ask("accept " + id.value, input::MonitoringAccepted{id, person_});
    }

    // Changes a check, or lets a component go for one load and come back with the next.
    std::string configure() {
        Topology& topology = core_.topology;
        if (gone_) {
            topology.components.push_back(*gone_);
            gone_.reset();
        } else if (pick(3) == 0) {
            gone_ = topology.components.back();
            topology.components.pop_back();
        } else {
            CheckRule& rule = topology.components[static_cast<std::size_t>(pick(3))].checks[0];
            rule.every = rule.every + milliseconds(1);
        }
        core_.load();
        return gone_ ? "configure without " + gone_->id.value : "configure";
    }

    std::mt19937_64 random_;
    world::Decisions core_;
    std::optional<Component> gone_;
    ActorId person_{"token-1"};
};

TEST(RandomActs, no_rule_is_ever_broken) {
    for (unsigned seed = 1; seed <= kSeeds; ++seed) {
        Acts acts(seed);
        std::string story;
        for (int step = 0; step < kStepsEach; ++step) {
            story += format_clock(acts.core().now) + " " + acts.act() + "\n";
            std::string broken = broken_in(acts.core().state);
            if (broken.empty() && step % 8 == 0) {
                view::ViewOptions options;
                options.as_of = acts.core().now;
                broken = broken_on(view::build_public_view(acts.core().state, options));
            }
            ASSERT_EQ(broken, "") << "seed " << seed << "\n"
                                  << story.substr(story.size() -
                                                  std::min<std::size_t>(story.size(), 3'000));
        }
    }
}

}  // namespace
}  // namespace candor::scenarios
