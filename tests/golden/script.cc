#include "tests/golden/script.h"

#include "tests/golden/play.h"

namespace candor::golden {
namespace {

Topology topology() {
    Topology out;
    out.page.name = "Acme Cloud";
    out.page.url = "https://status.acme.example";
    out.groups = {{GroupId{"identity"}, "Identity", {}},
                  {GroupId{"europe"}, "Europe", GroupId{"identity"}}};
    out.components = {
        component("directory", "Directory", "identity",
                  {rule("directory-http", ComponentStatus::kMajorOutage)}),
        component("sign-in", "Sign-in", "europe",
                  {rule("sign-in-http", ComponentStatus::kPartialOutage)}),
        component("calls", "Calls", "",
                  {rule("calls-acme", ComponentStatus::kMajorOutage),
                   rule("calls-zenith", ComponentStatus::kMajorOutage)}),
    };
    out.components[1].depends_on = {ComponentId{"directory"}};
    return out;
}

class Script : Play {
   public:
    Journal play() {
        begin();
        outage();
        comes_back();
        people();
        one_customer_then_two();
        monitoring_changes();
        return std::move(journal_);
    }

   private:
    void begin() {
        decide(input::Started{"0.1.0", {}});
        decide(input::ConfigurationLoaded{topology(), std::string(64, 'a')});
        at(seconds(10));
        std::vector<VerdictChange> good;
        for (const char* id : {"directory-http", "sign-in-http", "calls-acme", "calls-zenith"}) {
            good.push_back(verdict(id, Verdict::kPass, now_));
        }
        verdicts(std::move(good));
    }

    void outage() {
        at(minutes(5));
        verdicts({verdict("directory-http", Verdict::kFail, now_ - seconds(15), kBusy)});
        at(minutes(5) + seconds(20));
        verdicts({verdict("sign-in-http", Verdict::kFail, now_ - seconds(15), kBusy)});
        at(minutes(5) + seconds(40));  // within min_red
        verdicts({verdict("directory-http", Verdict::kPass, now_ - seconds(5))});
        at(minutes(6));
        decide(input::TimerDue{});
        at(minutes(7));
        verdicts({verdict("sign-in-http", Verdict::kPass, now_ - seconds(5))});
        at(minutes(12));
        decide(input::TimerDue{});
    }

    void comes_back() {
        at(minutes(20));
        verdicts({verdict("directory-http", Verdict::kFail, now_ - seconds(15),
                          {FailureKind::kTimeout, 5000, 5000})});
        decide(input::UpdatePosted{newest(),
                                   IncidentPhase::kIdentified,
                                   seal("A full disk on the primary. We are moving it."),
                                   {},
                                   ActorId{"operator"}});
        at(minutes(30));
        verdicts({verdict("directory-http", Verdict::kPass, now_ - seconds(5))});
        at(minutes(36));
        decide(input::TimerDue{});
    }

    void people() {
        at(hours(2));
        decide(
            input::IncidentDeclared{seal("Calls drop after a minute"),
                                    seal("Customers tell us; our checks see nothing."),
                                    {{ComponentId{"calls"}, ComponentStatus::kDegradedPerformance}},
                                    ActorId{"operator"}});
        at(hours(2) + minutes(10));
        decide(input::IncidentRetractRequested{newest(), seal("It was one office's own network."),
                                               ActorId{"operator"}});
        decide(input::WallClockStepped{seconds(5)});
        decide(input::ObserverGap{now_ - minutes(2), now_});
    }

    void one_customer_then_two() {
        at(hours(3));
        verdicts({verdict("calls-acme", Verdict::kFail, now_ - seconds(15), kBusy, "acme")});
        at(hours(3) + minutes(1));
        verdicts({verdict("calls-zenith", Verdict::kFail, now_ - seconds(15), kBusy, "zenith")});
    }

    void monitoring_changes() {
        at(hours(4));
        verdicts({verdict("directory-http", Verdict::kFail, now_ - seconds(15), kBusy)});
        at(hours(4) + minutes(5));
        Topology next = topology();
        next.components[0].checks[0].fail_after = {9, 9};
        decide(input::ConfigurationLoaded{next, std::string(64, 'b')});
        at(hours(4) + minutes(6));
        decide(input::MonitoringAccepted{ComponentId{"directory"}, ActorId{"operator"}});
        verdicts({verdict("sign-in-http", Verdict::kBlind, now_ - seconds(30))});
    }
};

}  // namespace

Journal play_script() {
    return Script().play();
}

std::vector<Recording> recordings() {
    return {{"", play_script},
            {"clocks", play_clocks_script, true},
            {"maintenance", play_maintenance_script}};
}

std::string to_file(const std::vector<Batch>& batches) {
    std::string out;
    for (const Batch& batch : batches) {
        const std::string bytes = encode_batch(batch);
        for (int shift = 24; shift >= 0; shift -= 8) {
            out += static_cast<char>(bytes.size() >> shift);
        }
        out += bytes;
    }
    return out;
}

Result<std::vector<Batch>> from_file(std::string_view bytes) {
    std::vector<Batch> out;
    while (!bytes.empty()) {
        std::size_t length = 0;
        for (std::size_t i = 0; i < 4 && i < bytes.size(); ++i) {
            length = length << 8 | static_cast<unsigned char>(bytes[i]);
        }
        const std::string where = "batch " + std::to_string(out.size() + 1);
        if (bytes.size() < 4 || bytes.size() - 4 < length) {
            return fail(ErrorCode::kCorrupt, where + " is cut off");
        }
        auto batch = decode_batch(bytes.substr(4, length));
        if (!batch) return fail_in(where, batch.error());
        out.push_back(std::move(*batch));
        bytes.remove_prefix(4 + length);
    }
    return out;
}

std::string texts_to_file(const std::map<SealedText, std::string>& texts) {
    std::string out;
    for (const auto& [sealed, text] : texts) out += sealed.value + " " + text + "\n";
    return out;
}

std::map<SealedText, std::string> texts_from_file(std::string_view bytes) {
    std::map<SealedText, std::string> out;
    while (!bytes.empty()) {
        const std::string_view line = bytes.substr(0, bytes.find('\n'));
        const std::size_t blank = line.find(' ');
        if (blank == std::string_view::npos) break;
        out[SealedText{std::string(line.substr(0, blank))}] = line.substr(blank + 1);
        bytes.remove_prefix(std::min(bytes.size(), line.size() + 1));
    }
    return out;
}

}  // namespace candor::golden
