#include "tests/golden/play.h"

namespace candor::golden {
namespace {

const ActorId kAnn{"ann"};

Topology topology() {
    Topology out;
    out.page.name = "Acme Cloud";
    out.page.url = "https://status.acme.example";
    out.groups = {{GroupId{"identity"}, "Identity", {}}, {GroupId{"files"}, "Files", {}}};
    const auto severe = ComponentStatus::kMajorOutage;
    out.components = {
        component("directory", "Directory", "identity", {rule("directory-http", severe)}),
        component("sign-in", "Sign-in", "identity",
                  {rule("sign-in-http", ComponentStatus::kPartialOutage)}),
        component("storage", "Storage", "files", {rule("storage-http", severe)}),
        component("backup", "Backup", "files", {rule("backup-http", severe)}),
        component("calls", "Calls", "", {rule("calls-http", severe)}),
        component("chat", "Chat", "", {rule("chat-http", severe)}),
        component("mail", "Mail", "", {rule("mail-http", severe)}),
        component("search", "Search", "", {rule("search-http", severe)}),
    };
    return out;
}

class Script : Play {
   public:
    Journal play() {
        begin();
        heals_by_itself();
        goes_unexplained();
        people_declare();
        two_become_one();
        one_becomes_two();
        return std::move(journal_);
    }

   private:
    void fails(const std::string& check) {
        verdicts({verdict(check, Verdict::kFail, now_ - seconds(15), kBusy)});
    }

    void begin() {
        decide(input::Started{"0.2.0", {}});
        const ClockRules clocks{{minutes(10), minutes(20), minutes(60)},
                                {minutes(30), minutes(40), minutes(60)}};
        decide(input::ConfigurationLoaded{topology(), std::string(64, 'a'), clocks});
        at(seconds(10));
        std::vector<VerdictChange> good;
        for (const Component& c : topology().components) {
            good.push_back(verdict(c.checks[0].id.value, Verdict::kPass, now_));
        }
        verdicts(std::move(good));
    }

    // Incident 1: closed, and a person still owes words.
    void heals_by_itself() {
        at(minutes(5));
        fails("sign-in-http");
        at(minutes(8));
        verdicts({verdict("sign-in-http", Verdict::kPass, now_ - seconds(5))});
        at(minutes(13));
        decide(input::TimerDue{});
        at(minutes(25));
        decide(input::TimerDue{});
    }

    // Incident 2: taken on, not explained, overdue, held once.
    void goes_unexplained() {
        at(minutes(30));
        fails("directory-http");
        at(minutes(31));
        decide(input::IncidentAcknowledged{newest(), kAnn});
        at(minutes(40));
        decide(input::TimerDue{});
    }

    // Incidents 3 and 4: a drill, and one whose start was set by hand.
    void people_declare() {
        at(minutes(41));
        decide(input::IncidentDeclared{seal("Fire in the cellar"),
                                       seal("We rehearse what we would do."),
                                       {{ComponentId{"search"}, ComponentStatus::kMajorOutage}},
                                       kAnn,
                                       true});
        decide(
            input::IncidentDeclared{seal("Mail arrives late"),
                                    seal("A queue was stuck since before nine; it drains now."),
                                    {{ComponentId{"mail"}, ComponentStatus::kDegradedPerformance}},
                                    kAnn});
        decide(input::StartMoved{newest(), kBegin - minutes(20), kAnn});
    }

    // Incident 5 goes on in incident 6.
    void two_become_one() {
        at(minutes(45));
        fails("calls-http");
        at(minutes(50));
        fails("chat-http");
        at(minutes(51));
        decide(input::IncidentsMerged{nth(5), nth(6), kAnn});
        decide(input::UpdatePosted{nth(6),
                                   IncidentPhase::kIdentified,
                                   seal("One broken switch behind both. We replace it."),
                                   {},
                                   kAnn});
    }

    // Incident 8 was part of incident 7.
    void one_becomes_two() {
        at(minutes(55));
        verdicts({verdict("storage-http", Verdict::kFail, now_ - seconds(15), kBusy),
                  verdict("backup-http", Verdict::kFail, now_ - seconds(15), kBusy)});
        at(minutes(56));
        decide(input::ComponentSplitOff{nth(7), ComponentId{"backup"}, seal("Backups do not run"),
                                        seal("This one is ours: an expired key."), kAnn});
    }
};

}  // namespace

Journal play_clocks_script() {
    return Script().play();
}

}  // namespace candor::golden
