#include "tests/golden/script.h"

#include "base/check.h"
#include "core/apply.h"
#include "core/decide.h"
#include "ports/journal.h"

namespace candor::golden {
namespace {

// 2026-04-04T21:00:00Z.
constexpr Timestamp kBegin{1'775'336'400'000};

CheckRule rule(const std::string& id, ComponentStatus severity) {
    CheckRule out;
    out.id = CheckId{id};
    out.severity = severity;
    out.definition = "0123456789abcdef0123456789abcdef";
    return out;
}

Component component(const std::string& id, const std::string& name, const std::string& group,
                    std::vector<CheckRule> checks) {
    Component out;
    out.id = ComponentId{id};
    out.name = name;
    out.group = GroupId{group};
    out.checks = std::move(checks);
    return out;
}

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

VerdictChange verdict(const std::string& check, Verdict v, Timestamp since, Evidence evidence = {},
                      const std::string& customer = "") {
    VerdictChange out;
    out.check = CheckId{check};
    out.verdict = v;
    out.since = since;
    out.evidence = evidence;
    out.scope.customer = CustomerId{customer};
    return out;
}

constexpr Evidence kBusy{FailureKind::kHttpStatus, 503, 200};

class Script {
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
    void at(Duration since_begin) { now_ = kBegin + since_begin; }

    void decide(InputKind what) {
        Batch batch;
        batch.at = now_;
        batch.written_by = "0.1.0";
        batch.cause = {
            std::string(input_name(what)), {}, core::kDecideVersion, state_.configuration, ""};
        const Input input{now_, ++entropy_, "", std::move(what)};
        auto entries = core::decide(state_, input);
        CHECK(entries.has_value());
        if (entries->empty()) return;
        batch.entries = std::move(*entries);
        core::apply(state_, state_.position + 1, batch);
        journal_.batches.push_back(std::move(batch));
    }

    void verdicts(std::vector<VerdictChange> changes) {
        for (VerdictChange& change : changes) change.observation = ++observation_;
        decide(input::VerdictsChanged{std::move(changes)});
    }

    SealedText seal(const std::string& text) {
        const SealedText sealed{seal_commitment(std::string(32, 's'), text)};
        journal_.texts[sealed] = text;
        return sealed;
    }

    IncidentId newest() const { return state_.incident_order.back(); }

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

    Journal journal_;
    core::State state_;
    Timestamp now_ = kBegin;
    std::uint64_t entropy_ = 0;
    std::uint64_t observation_ = 0;
};

}  // namespace

Journal play_script() {
    return Script().play();
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
