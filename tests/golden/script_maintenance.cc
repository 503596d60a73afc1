#include "tests/golden/play.h"

namespace candor::golden {
namespace {

const ActorId kAnn{"ann"};

Topology topology() {
    Topology out;
    out.page.name = "Acme Cloud";
    out.page.url = "https://status.acme.example";
    out.groups = {{GroupId{"identity"}, "Identity", {}}};
    const auto severe = ComponentStatus::kMajorOutage;
    out.components = {
        component("directory", "Directory", "identity", {rule("directory-http", severe)}),
        component("calls", "Calls", "", {rule("calls-http", severe)}),
        component("mail", "Mail", "", {rule("mail-http", severe)}),
    };
    return out;
}

PlannedWindow window(const std::string& id, std::vector<ComponentId> components, Timestamp start) {
    return {
        MaintenanceId{id},     "Database upgrade", "We move to new machines; sign-in may be slow.",
        std::move(components), {"http"},           start,
        start + hours(2)};
}

// Windows that end well, run over, are called off, moved, lengthened and still to come.
class Script : Play {
   public:
    Journal play() {
        begin();
        plan();
        works_and_ends();
        runs_over();
        people();
        return std::move(journal_);
    }

   private:
    void set(const std::string& check, Verdict v) {
        verdicts({verdict(check, v, now_ - seconds(15), v == Verdict::kFail ? kBusy : Evidence{})});
    }

    MaintenanceId newest_scheduled() const {
        for (const auto& [id, w] : state_.maintenances) {
            if (w->origin == Origin::kHuman && w->is_open()) return id;
        }
        return {};
    }

    void begin() {
        decide(input::Started{"0.2.0", {}});
        decide(input::ConfigurationLoaded{topology(), std::string(64, 'a')});
        at(seconds(10));
        for (const Component& c : topology().components) {
            set(c.checks[0].id.value, Verdict::kPass);
        }
    }

    void plan() {
        const ComponentId directory{"directory"};
        const std::vector<PlannedWindow> planned = {
            window("first-20260405", {directory}, kBegin + hours(25)),
            window("second-20260406", {directory, ComponentId{"calls"}}, kBegin + hours(30)),
            window("third-20260408", {ComponentId{"mail"}}, kBegin + hours(90)),
        };
        at(seconds(20));
        decide(input::MaintenancePlanned{planned});
        at(minutes(1));
        decide(input::MaintenancePlanned{{planned[0], planned[1]}});
    }

    // Announced a day ahead, with a failure that it expects.
    void works_and_ends() {
        at(hours(25));
        decide(input::TimerDue{});
        at(hours(25) + minutes(10));
        set("directory-http", Verdict::kFail);
        at(hours(26));
        set("directory-http", Verdict::kPass);
        at(hours(27));
        decide(input::TimerDue{});
    }

    // One component was in trouble before; the other still is when the longer time is over.
    void runs_over() {
        at(hours(29) + minutes(50));
        set("calls-http", Verdict::kFail);
        at(hours(30));
        decide(input::TimerDue{});
        at(hours(30) + minutes(20));
        set("calls-http", Verdict::kPass);
        at(hours(30) + minutes(30));
        decide(input::TimerDue{});
        set("directory-http", Verdict::kFail);
        at(hours(31) + minutes(50));
        decide(input::MaintenanceUpdated{MaintenanceId{"second-20260406"},
                                         seal("One disk is **slow**; we need longer."),
                                         {},
                                         kBegin + hours(33),
                                         kAnn});
        at(hours(32));
        decide(input::TimerDue{});
        at(hours(33));
        decide(input::TimerDue{});
    }

    void people() {
        const auto plan = [&](Timestamp start, const std::string& name) {
            decide(input::MaintenanceScheduled{seal(name),
                                               seal("We replace the certificates."),
                                               {ComponentId{"mail"}},
                                               {"http"},
                                               start,
                                               start + hours(1),
                                               kAnn});
        };
        at(hours(34));
        plan(kBegin + hours(40), "New certificates");
        decide(input::MaintenanceCancelRequested{newest_scheduled(), seal("Not today."), kAnn});
        plan(now_, "New keys");
        at(hours(34) + minutes(20));
        decide(input::MaintenanceFinished{newest_scheduled(), {}, kAnn});
        plan(kBegin + hours(70), "New disks");
        plan(kBegin + hours(35), "Quick restart");
        at(hours(35) + minutes(1));
        decide(input::TimerDue{});
    }
};

}  // namespace

Journal play_maintenance_script() {
    return Script().play();
}

}  // namespace candor::golden
